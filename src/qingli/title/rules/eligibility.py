"""Who may apply: reasons against it, each with the day from which it no longer stands where there is one."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from qingli.ground.rules import UnitKind
from qingli.title.rules.errors import TitleError
from qingli.title.rules.windows import Windows, check_applying

MAY_APPLY = frozenset({UnitKind.COMMUNITY, UnitKind.LI})
BAR_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Held:
    """A title that a unit has or had. `valid_until` is its last day, None for no end."""

    goal: str
    level: str
    named_on: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known about a unit that may want to apply; `inside`: it lies in the territory of the programme."""

    kind: UnitKind
    inside: bool
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not, as a code, with what a sentence about it needs: `from` is the day from which it no longer stands."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def months_after(day: date, months: int) -> date:
    """The same day of the month so many calendar months later; the month's last day where it has no such day."""
    ordinal = day.year * 12 + day.month - 1 + months
    year, month = ordinal // 12, ordinal % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def barred_until(goal: str, held: Iterable[Held], *, months: int = BAR_MONTHS) -> date | None:
    """The day from which the same goal may be applied for again at the city; None where it never was reached."""
    named = [title.named_on for title in held if title.goal == goal and title.level == "city"]
    return months_after(max(named), months) if named else None


def reasons(
    candidate: Candidate, windows: Windows, day: date, *, goal: str, mend_until: date | None = None
) -> tuple[Reason, ...]:
    """All reasons against handing in on `day`; none when it may be done.

    unit-kind, no-district-title (it must be dated no later than this day), named-within-three-years (from),
    not-yet-open (from), window-closed (until).
    """
    found: list[TitleError] = []
    if candidate.kind not in MAY_APPLY or not candidate.inside:
        found.append(TitleError("unit-kind"))
    if not any(_district_title(title, goal, day) for title in candidate.held):
        found.append(TitleError("no-district-title"))
    again = barred_until(goal, candidate.held)
    if again is not None and day < again:
        found.append(TitleError("named-within-three-years", {"from": again}))
    try:
        check_applying(windows, day, mend_until=mend_until)
    except TitleError as error:
        found.append(error)
    return tuple(Reason(error.code, error.facts) for error in found)


def _district_title(title: Held, goal: str, day: date) -> bool:
    stands = title.valid_until is None or day <= title.valid_until
    return title.level == "district" and title.goal == goal and title.named_on <= day and stands


def require_eligible(found: Iterable[Reason]) -> None:
    """Raises TitleError with the first reason, if there is one."""
    for reason in found:
        raise TitleError(reason.code, reason.facts)
