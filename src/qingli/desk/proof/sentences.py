"""Figures as sentences. A share never comes without the number it is of, and what is not known is not called 0."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from qingli.catalogue import Criterion
from qingli.desk.proof.choosing import name_of
from qingli.proof.queries import BehindRow, CriterionResult

STATES = {"met": "done", "partly": "part", "not-met": "open", "not-enough-data": "wait", "to-judge": "wait"}
"""A state of ours as a cell of the page."""


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion as the page says it."""

    result: CriterionResult
    name: str
    shows: str
    cell: str
    word: str
    value: str
    wanted: str
    missing: str
    points: str


def line_of(result: CriterionResult) -> Line:
    """Everything that is said of one criterion."""
    criterion = result.criterion
    return Line(
        result,
        name_of(criterion.names),
        name_of(criterion.shows),
        STATES[result.state],
        state_word(result.state),
        value(result),
        wanted(criterion),
        "" if result.state == "met" else missing(result),
        "—" if result.state in ("not-enough-data", "to-judge") else points(result.points),
    )


def state_word(state: str) -> str:
    """Has, lacks, or why it cannot be said."""
    return {
        "met": gettext("Has it"),
        "partly": gettext("Has part of it"),
        "not-met": gettext("Lacks it"),
        "not-enough-data": gettext("Not enough data"),
        "to-judge": gettext("To be judged"),
    }[state]


def percent(numerator: int, n: int) -> str:
    """Rounded down, so that 100 % is all of them."""
    return gettext("%(n)s %%") % {"n": 100 * numerator // n}


def value(result: CriterionResult) -> str:
    """The figure with its whole."""
    criterion = result.criterion
    if criterion.kind == "judged":
        if result.mark is None:
            return gettext("Nobody has judged it yet.")
        return ngettext("One point given.", "%(n)s points given.", result.mark.points) % {"n": result.mark.points}
    return figure_words(criterion, result.numerator, result.n)


def figure_words(criterion: Criterion, numerator: int, n: int) -> str:
    """What was counted, of how many."""
    if n == 0:
        return _nothing(criterion)
    said = _SAID["sample" if criterion.kind == "sample" else criterion.indicator](n) % {"a": numerator, "n": n}
    if criterion.is_share:
        return gettext("%(sentence)s (%(share)s)") % {"sentence": said, "share": percent(numerator, n)}
    return said


def _nothing(criterion: Criterion) -> str:
    return {
        "tasks-on-time": gettext("No data: no task was due or answered in this period."),
        "plan-complete": gettext("No data: no plan was in force in this period."),
        "goals-posted": gettext("No goals were posted in this period."),
        "sites-covered": gettext("No data: there is no site of this kind."),
        "activities": gettext("No data: nothing was recorded in this period."),
    }.get(criterion.indicator, gettext("No data: no site was looked at."))


_SAID: dict[str, Callable[[int], str]] = {
    "tasks-on-time": lambda n: ngettext("%(a)s of one task done on time", "%(a)s of %(n)s tasks done on time", n),
    "leading-group": lambda n: gettext("%(a)s of %(n)s seats filled"),
    "plan-complete": lambda n: ngettext(
        "%(a)s of one action says all of it", "%(a)s of %(n)s actions say all of it", n
    ),
    "goals-posted": lambda n: ngettext(
        "%(a)s of one notice hung its whole window in a place that is told",
        "%(a)s of %(n)s notices hung their whole window in a place that is told",
        n,
    ),
    "sites-covered": lambda n: ngettext("%(a)s of one site done", "%(a)s of %(n)s sites done", n),
    "activities": lambda n: ngettext("One record", "%(n)s records", n),
    "sample": lambda n: ngettext(
        "%(a)s of one site looked at is in order", "%(a)s of %(n)s sites looked at are in order", n
    ),
}


def wanted(criterion: Criterion) -> str:
    """The threshold."""
    if criterion.kind == "judged":
        return gettext("Judged, from 0 to %(n)s points") % {"n": criterion.points}
    facts = {"least": criterion.at_least, "n": criterion.min_n}
    if not criterion.is_share:
        return gettext("Wanted: %(least)s") % facts
    if criterion.min_n > 1:
        return gettext("Wanted: %(least)s %%, of at least %(n)s") % facts
    return gettext("Wanted: %(least)s %%") % facts


def missing(result: CriterionResult) -> str:
    """What is not there."""
    number, criterion = result.missing, result.criterion
    if not number:
        return ""
    said = _MISSING.get("sample" if criterion.kind == "sample" else criterion.indicator)
    return said(number) % {"n": number} if said else ""


_MISSING: dict[str, Callable[[int], str]] = {
    "tasks-on-time": lambda n: ngettext(
        "One task is late and has no record.", "%(n)s tasks are late and have no record.", n
    ),
    "leading-group": lambda n: ngettext("One seat is empty.", "%(n)s seats are empty.", n),
    "plan-complete": lambda n: ngettext("One action says too little.", "%(n)s actions say too little.", n),
    "goals-posted": lambda n: gettext("Post the goals, say where they hang, and wait until the window is over."),
    "sites-covered": lambda n: ngettext("One site is still to be done.", "%(n)s sites are still to be done.", n),
    "activities": lambda n: ngettext("One more is wanted.", "%(n)s more are wanted.", n),
    "sample": lambda n: ngettext("One site is still to be looked at.", "%(n)s sites are still to be looked at.", n),
}


def behind_state(row: BehindRow) -> tuple[str, str]:
    """Cell and word of one thing behind a figure."""
    return {
        "done": ("done", gettext("done")),
        "done-late": ("part", gettext("done, but late")),
        "not_done": ("skip", gettext("not done, with a reason")),
        "late": ("late", gettext("late, no record")),
        "complete": ("done", gettext("says all of it") if row.kind == "action" else gettext("hung its whole window")),
        "no-owner": ("open", gettext("says nobody who does it")),
        "no-time": ("open", gettext("says no time")),
        "no-number": ("open", gettext("says no number and no proof")),
        "held": ("done", gettext("filled")),
        "empty": ("open", gettext("empty")),
        "hanging": ("part", gettext("still hanging")),
        "not-proved": ("open", gettext("where it hung is not told")),
        "covered": ("done", gettext("done")),
        "not-covered": ("open", gettext("not done in this period")),
    }[row.state]


def points(value: Decimal) -> str:
    """12.4, and 8 without a zero behind it."""
    return f"{value.normalize():f}"
