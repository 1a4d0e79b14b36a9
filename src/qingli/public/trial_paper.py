"""A visitor's plan as Word and as a calendar: what was put right and what is still open are marked, nothing is filled in."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import cast

from django.utils.translation import get_language, gettext

from qingli import papers
from qingli.plan.rules.diff import compare_texts
from qingli.public.sentences import say
from qingli.public.trial import Trial, number_of
from qingli.web.templatetags.web import bcp47


FREQUENCIES = ("每月一次", "每季度一次", "每半年一次")
"""What is written in behind an action that says nothing about time; the same words in both scripts."""


def frequency_words(choice: int) -> str:
    return FREQUENCIES[choice] if 0 <= choice < len(FREQUENCIES) else ""


def word(trial: Trial, at: datetime) -> bytes:
    return papers.plan_docx(paper_of(trial), made=at)


def paper_of(trial: Trial) -> papers.PlanPaper:
    script = "zh-Hans" if trial.plan.script == "Hans" else "zh-Hant"
    return papers.PlanPaper(
        title=trial.plan.title,
        language=cast(papers.Language, bcp47(get_language() or "zh-hant")),
        script=cast(papers.Script, script),
        lines=tuple(_lines(trial)),
        actions=tuple(_rows(trial)),
        dues=tuple(papers.DueDate(due.opens, due.due, due.number, due.title, when=due.surface) for due in trial.dues),
        fill_ins=tuple(_open(trial)),
        corrected=True,
    )


def _lines(trial: Trial) -> Iterator[papers.Line]:
    """The corrected text line by line; what differs from the original is marked as put right."""
    levels = {item.offset: item.level for item in trial.plan.outline}
    pieces: list[papers.Piece] = []
    offset = line_start = 0
    for passage in compare_texts(trial.original, trial.text):
        if passage.kind == "removed":
            continue
        for part in passage.text.splitlines(keepends=True):
            words = part.rstrip("\n")
            if words.strip():
                pieces.append(papers.Piece(words, "fixed" if passage.kind == "added" else ""))
            offset += len(part)
            if part.endswith("\n"):
                yield from _line(pieces, levels, trial.text, line_start)
                pieces, line_start = [], offset
    yield from _line(pieces, levels, trial.text, line_start)


def _line(pieces: list[papers.Piece], levels: dict[int, int], text: str, start: int) -> Iterator[papers.Line]:
    begin = start
    while begin < len(text) and text[begin] in " \t　":
        begin += 1
    if pieces:
        yield papers.Line(tuple(pieces), levels.get(begin, 0))


def _rows(trial: Trial) -> Iterator[papers.ActionRow]:
    plan = trial.plan
    for action in plan.actions:
        who = [plan.actors[index].surface for index in action.actors if plan.actors[index].role in _DOERS]
        amounts = [plan.quantities[index] for index in action.quantities if plan.quantities[index].kind != "rhetorical"]
        yield papers.ActionRow(
            number=number_of(plan, action.item),
            action=action.title,
            when="、".join(dict.fromkeys(plan.schedule[index].surface for index in action.schedule)),
            who="、".join(dict.fromkeys(who)),
            how_much="、".join(dict.fromkeys(amount.surface for amount in amounts)),
        )


_DOERS = {"performer", "lead", "leader", "body", "office", "liaison", "deputy"}


def _open(trial: Trial) -> Iterator[papers.FillIn]:
    for shown in trial.shown:
        for place in shown.places:
            yield papers.FillIn(where=place.number, what=say(shown), quote=place.words)


def calendar(trial: Trial, at: datetime) -> bytes:
    digest = hashlib.sha256(trial.plan.title.encode()).hexdigest()[:16]
    events = [
        papers.CalendarEvent(
            uid=f"{digest}-{due.key}@qingli",
            summary=f"{due.number} {due.title}".strip(),
            start=due.opens if (due.due - due.opens).days <= 7 else due.due,
            end=due.due,
            description=gettext("From the plan: %(words)s") % {"words": due.surface},
        )
        for due in trial.dues
    ]
    return papers.calendar_ics(events, trial.plan.title or gettext("Work plan"), stamped=at)
