"""The windows of one year's programme. A window is a gate, not a step of a sequence: they may overlap.

Days are days of the applying unit's own time zone; the last day belongs to the window to its end.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from qingli.title.rules.errors import TitleError

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Another year is a slip of the pen."""
Window = Literal["apply", "endorse", "recommend", "decide"]


@dataclass(frozen=True, slots=True)
class Windows:
    """When communities apply, and until when each office is to have done its part."""

    apply_from: date
    apply_until: date
    endorse_until: date
    recommend_until: date
    decide_until: date

    def until(self, window: Window) -> date:
        """The last day of a window."""
        last: date = getattr(self, f"{window}_until")
        return last


@dataclass(frozen=True, slots=True)
class Against:
    """A day against a window: `days` are left of it, fewer than none when it is over. The last day itself leaves 0."""

    window: Window
    until: date
    days: int


def check_year(year: int) -> None:
    """The year by which a cycle is called. Raises `year-out-of-range`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise TitleError("year-out-of-range", field="year")


def check_windows(windows: Windows) -> None:
    """No window ends before the one that feeds it, and none in another century. Raises `windows-disordered`."""
    days = (
        windows.apply_from,
        windows.apply_until,
        windows.endorse_until,
        windows.recommend_until,
        windows.decide_until,
    )
    if windows.decide_until.year > LAST_YEAR:
        raise TitleError("year-out-of-range", field="decide_until")
    names = ("apply_from", "apply_until", "endorse_until", "recommend_until", "decide_until")
    for before, after, name in zip(days, days[1:], names[1:], strict=False):
        if after < before:
            raise TitleError("windows-disordered", {"day": after, "before": before}, name)


def check_evidence(since: date, until: date, windows: Windows) -> None:
    """Evidence is of a stretch that ends no later than applying does. Raises `evidence-disordered`."""
    if not since < until <= windows.apply_until + timedelta(days=1):
        raise TitleError("evidence-disordered", field="evidence_until")


def against(windows: Windows, window: Window, day: date) -> Against:
    """How a day stands to a window."""
    until = windows.until(window)
    return Against(window, until, (until - day).days)


def check_applying(windows: Windows, day: date, *, mend_until: date | None = None) -> None:
    """Whether a community may hand in on this day. What was sent back has its own last day, `mend_until`, if later.

    Raises `not-yet-open` (from), `window-closed` (until).
    """
    if day < windows.apply_from:
        raise TitleError("not-yet-open", {"from": windows.apply_from})
    until = max(windows.apply_until, mend_until) if mend_until else windows.apply_until
    if day > until:
        raise TitleError("window-closed", {"until": until})
