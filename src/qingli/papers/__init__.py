"""Papers: .docx .pdf .xlsx .ics made from plain values that a caller took from a reading or from a room's queries.

paper = PlanPaper("…計劃", lines=(Line.of("一、…", 1),), actions=(ActionRow("1", "…"),))
plan_docx(paper), plan_pdf(paper), plan_xlsx(paper), calendar_ics(events, "…", stamped=now)  # each gives bytes
"""

from pathlib import Path

from qingli.papers.calendar_ics import calendar_ics
from qingli.papers.certificate import Certificate, certificate_pdf
from qingli.papers.half_year_docx import half_year_docx
from qingli.papers.half_year_pdf import half_year_pdf
from qingli.papers.plan_docx import plan_docx
from qingli.papers.plan_pdf import plan_pdf
from qingli.papers.plan_xlsx import plan_xlsx
from qingli.papers.values import (
    ActionRow,
    CalendarEvent,
    DueDate,
    FillIn,
    Language,
    Line,
    Piece,
    PlanPaper,
    Script,
)

FONTS = Path(__file__).parent / "fonts"
"""The folder of the fonts that are shipped for PDF papers."""

__all__ = [
    "FONTS",
    "ActionRow",
    "CalendarEvent",
    "Certificate",
    "DueDate",
    "FillIn",
    "Language",
    "Line",
    "Piece",
    "PlanPaper",
    "Script",
    "calendar_ics",
    "certificate_pdf",
    "half_year_docx",
    "half_year_pdf",
    "plan_docx",
    "plan_pdf",
    "plan_xlsx",
]
