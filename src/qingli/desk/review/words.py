"""Codes on the reading page as sentences, and answers as words on buttons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qingli.desk.review.times import every, stored_words
from qingli.ground.rules import Role
from qingli.plan.queries.findings import FindingCard, FixCard
from qingli.plan.queries.shapes import QuestionCard
from qingli.web.findings import SENTENCES, filled, fix_words
from qingli.web.words import ROLES, word

Words = Mapping[str, str | Promise]

QUESTIONS: Words = {
    "no-owner": _("Who is responsible?"),
    "no-schedule": _("When, or how often?"),
    "choose-frequency": _("“%(surface)s”: how often is that?"),
    "choose-reading": _("“%(surface)s” can be read in more than one way. Which one is meant?"),
    "blank-date": _("A day was left blank here: “%(surface)s”. Which days are meant?"),
    "unread-schedule": _("“%(surface)s” was not understood. Which days are meant?"),
    "condition-dates": _("From when to when is “%(surface)s”?"),
    "festival-date": _("From when to when is “%(surface)s” in %(year)s?"),
    "season-dates": _("From when to when is “%(surface)s” in %(year)s?"),
    "semester-start": _("From when to when is “%(surface)s” in %(year)s?"),
    "announced-dates": _("On which days is “%(surface)s” in %(year)s?"),
    "no-period": _("From when to when does this plan run?"),
}
IN_DAYS = frozenset(
    {"blank-date", "unread-schedule", "condition-dates", "festival-date", "season-dates"}
    | {"semester-start", "announced-dates"}
)
"""Questions that are answered by a first and a last day."""

STATES: Words = {
    "no-owner": pgettext_lazy("on a card", "nobody is named"),
    "no-schedule": pgettext_lazy("on a card", "no time is given"),
    "choose-frequency": pgettext_lazy("on a card", "how often is open"),
    "choose-reading": pgettext_lazy("on a card", "more than one reading"),
}
GROUPS: Words = {
    "choose-reading": _("The time can be read in more than one way"),
    "choose-frequency": _("It is not said how often"),
    "no-schedule": _("No time is given"),
    "no-owner": _("Nobody is named"),
    "other": _("A day is missing"),
}
FILLABLE = frozenset({"placeholder", "foreign-name", "foreign-signature", "no-such-day", "mixed-names"})
"""Findings in whose place a person may write other words."""


@dataclass(frozen=True, slots=True)
class Button:
    """An answer to tap: what the form sends, and the words on it."""

    value: str
    label: str


def sentence(question: QuestionCard) -> str:
    """What is asked."""
    words = QUESTIONS.get(question.code, QUESTIONS["unread-schedule"])
    return str(words) % {"surface": question.surface, "year": question.year or ""}


def answers(question: QuestionCard) -> tuple[Button, ...]:
    """The answers to offer, each with the code that `deeds.answer_of` understands."""
    if question.code == "no-owner":
        offered = (Role.CLERK, Role.HEAD, Role.GRID_WORKER)
        return tuple(Button(f"{question.id}:role.{role.value}", word(ROLES, role.value)) for role in offered)
    return tuple(Button(f"{question.id}:{_code(option)}", _label(option)) for option in question.options)


def _code(option: Mapping[str, Any]) -> str:
    if "reading" in option:
        return f"reading.{option['reading']}"
    if "repeat" in option:
        return f"repeat.{option['repeat']['frequency']}.{option['repeat']['interval']}"
    return "needed"


def _label(option: Mapping[str, Any]) -> str:
    if "reading" in option:
        return stored_words(option["means"])
    if "repeat" in option:
        return every(option["repeat"]["frequency"], option["repeat"]["interval"])
    return gettext("when there is need")


def half_years(today: date) -> tuple[tuple[date, date, str], ...]:
    """The periods that a plan most often covers: this half-year, the next one, and the whole year."""
    year = today.year
    first = date(year, 1, 1), date(year, 6, 30), gettext("First half of %(year)s") % {"year": year}
    second = date(year, 7, 1), date(year, 12, 31), gettext("Second half of %(year)s") % {"year": year}
    following = (
        date(year + 1, 1, 1),
        date(year + 1, 6, 30),
        gettext("First half of %(year)s") % {"year": year + 1},
    )
    whole = date(year, 1, 1), date(year, 12, 31), gettext("The whole of %(year)s") % {"year": year}
    return (first, second, whole) if today.month <= 6 else (second, following, whole)


def say(finding: FindingCard) -> str:
    """What the doctor found."""
    sentence = SENTENCES.get(finding.code)
    return filled(sentence, {"surface": finding.surface, **finding.facts}) if sentence else finding.code


def fix_label(fix: FixCard) -> str:
    """The words on the button of a fix."""
    return fix_words(fix.code, fix.edits[0][2] if fix.edits else None)
