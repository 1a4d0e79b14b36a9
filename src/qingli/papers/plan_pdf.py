"""A plan as PDF, set by typst with the shipped font, so that it looks the same on every machine."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from qingli.papers.pdf_fonts import shipped_fonts
from qingli.papers.text import printable
from qingli.papers.values import PlanPaper
from qingli.papers.words import word

_TEMPLATE = Path(__file__).parent / "plan.typ"
_KEYS = (
    "tasks", "number", "action", "when", "who", "how_much", "evidence", "corrected", "fill_ins", "where", "what",
    "quote", "legend_fixed", "legend_open", "dues", "opens", "due",
)  # fmt: skip


def plan_pdf(paper: PlanPaper, *, made: datetime | None = None) -> bytes:
    """The PDF's bytes. `made` (aware) is the moment that the file names as its creation; None leaves a fixed one, so
    that the same paper gives the same bytes."""
    language = paper.language
    data = clean(asdict(paper)) | {
        "words": {key: word(key, language) for key in _KEYS},
        "page": word("page", language, page="{page}", pages="{pages}"),
        "marks": sorted(paper.marks),
        "headings": [line.is_heading for line in paper.lines],
    }
    pdf = typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=shipped_fonts(),
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False, default=str)},
        timestamp=(made or datetime(2000, 1, 1, tzinfo=UTC)).replace(microsecond=0),
    )
    assert isinstance(pdf, bytes)
    return pdf


def clean(value: Any) -> Any:
    """The same nested value with printable strings."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: clean(inner) for key, inner in value.items()}
    return [clean(inner) for inner in value] if isinstance(value, tuple | list) else value
