"""A plan of the rooms as the values that papers are made from."""

from datetime import datetime
from typing import cast

from django.utils.translation import get_language, gettext

from qingli import papers
from qingli.plan.queries.outside import Feed, PaperRow, PlanPaper
from qingli.web.days import date_words
from qingli.web.measures import evidence_name
from qingli.web.templatetags.web import bcp47
from qingli.web.words import who_name

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}


def paper_of(plan: PlanPaper) -> papers.PlanPaper:
    """The plan's own text, what it promises as a table, and its days. Headings are in the reader's language."""
    script = "zh-Hans" if plan.script == "Hans" else "zh-Hant"
    levels = {section.begin: section.level for section in plan.sections}
    return papers.PlanPaper(
        title=plan.title,
        language=cast(papers.Language, bcp47(get_language() or "zh-hant")),
        script=cast(papers.Script, script),
        meta=tuple(part for part in (plan.unit_name, _period(plan)) if part),
        lines=_lines(plan.text, levels),
        actions=tuple(_row(row) for row in plan.rows),
        dues=tuple(papers.DueDate(day, day, "", title, when=place) for day, title, place, _state in plan.days),
    )


def _period(plan: PlanPaper) -> str:
    if plan.starts is None or plan.ends is None:
        return ""
    return gettext("%(a)s to %(b)s") % {"a": date_words(plan.starts), "b": date_words(plan.ends)}


def _lines(text: str, levels: dict[int, int]) -> tuple[papers.Line, ...]:
    """The text line by line; the first line is the paper's title and is left out."""
    lines, offset = [], 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        begin = offset + len(line) - len(line.lstrip())
        if words and offset:
            lines.append(papers.Line.of(words, levels.get(begin, 0)))
        offset += len(line)
    return tuple(lines)


def _row(row: PaperRow) -> papers.ActionRow:
    return papers.ActionRow(
        number=row.number,
        action=row.title,
        when=row.schedule_words,
        who=who_name(row.owner),
        how_much=row.quantity,
        evidence="、".join(evidence_name(code) for code in row.evidence),
    )


def make(kind: str, paper: papers.PlanPaper, at: datetime) -> bytes:
    """The file's bytes; kind is docx, pdf or xlsx."""
    if kind == "docx":
        return papers.plan_docx(paper, made=at)
    return papers.plan_pdf(paper) if kind == "pdf" else papers.plan_xlsx(paper)


def feed(feed: Feed, at: datetime) -> bytes:
    """A calendar file that a phone fetches again and again; an entry keeps its uid when its day moves."""
    events = [
        papers.CalendarEvent(f"{event.uid}@qingli", event.title, event.day, event.day, location=event.place)
        for event in feed.events
        if event.state != "cancelled"
    ]
    return papers.calendar_ics(events, feed.name, stamped=at)
