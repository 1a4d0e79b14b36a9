"""A visitor's plan as Word and as a calendar: what was put right and what is still open are marked."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import cast

from django.utils.translation import get_language, gettext

from qingli import papers
from qingli.papers.from_reading import plan_paper
from qingli.plan.rules.diff import compare_texts
from qingli.public.sentences import say
from qingli.public.trial import Trial
from qingli.web.templatetags.web import bcp47

FREQUENCIES = ("每月一次", "每季度一次", "每半年一次")
"""What is written in behind an action that says nothing about time; the same words in both scripts."""


def frequency_words(choice: int) -> str:
    return FREQUENCIES[choice] if 0 <= choice < len(FREQUENCIES) else ""


def word(trial: Trial, at: datetime) -> bytes:
    return papers.plan_docx(paper_of(trial), made=at)


def paper_of(trial: Trial) -> papers.PlanPaper:
    """The corrected text: what was put right is marked, and so is what is still open; that is listed first."""
    language = cast(papers.Language, bcp47(get_language() or "zh-hant"))
    paper = plan_paper(trial.text, trial.plan, language=language, dues=trial.dues, marked=True, fixed=_fixed(trial))
    return replace(paper, corrected=True, fill_ins=tuple(_open(trial)))


def _fixed(trial: Trial) -> list[tuple[int, int]]:
    """The spans of the present text that are not in the original."""
    spans, offset = [], 0
    for passage in compare_texts(trial.original, trial.text):
        if passage.kind == "removed":
            continue
        if passage.kind == "added":
            spans.append((offset, offset + len(passage.text)))
        offset += len(passage.text)
    return spans


def _open(trial: Trial) -> Iterator[papers.FillIn]:
    for shown in trial.shown:
        for place in shown.places:
            yield papers.FillIn(where=place.number, what=say(shown, one=True), quote=place.words)


def calendar(trial: Trial, at: datetime) -> bytes:
    digest = hashlib.sha256(trial.plan.title.encode()).hexdigest()[:16]
    events = [
        papers.CalendarEvent(
            uid=f"{digest}-{due.key}@qingli",
            summary=f"{due.number} {due.action}".strip(),
            start=due.opens if (due.due - due.opens).days <= 7 else due.due,
            end=due.due,
            description=gettext("From the plan: %(words)s") % {"words": due.when},
        )
        for due in trial.dues
    ]
    return papers.calendar_ics(events, trial.plan.title or gettext("Work plan"), stamped=at)
