"""The values a schedule is made of. Everything is frozen and survives a round trip through JSON (`store`)."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from ..calendar import Kind
from ..periods import DAY, Period

Frequency = Literal["day", "week", "month", "year"]
Shape = Literal["on", "before", "by", "after", "week"]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Once (or `count` times) in every `interval` days, weeks, months or years, or on named days of them.

    weekdays: (0 = Monday, nth or 0), nth counted within the month and -1 the last. month_days: 1..31 or -1..-31.
    `deadline`: not on that day but by it (每月5日前). Without a named day the whole period is the window.
    """

    frequency: Frequency
    interval: int = 1
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    deadline: bool = False
    kind: Literal["repeat"] = "repeat"

    @property
    def by_day(self) -> bool:
        return bool(self.month_days or self.weekdays) and not self.deadline


@dataclass(frozen=True, slots=True)
class Window:
    """Once between two written days. `since` None means "by"; `until` None means "from then on".

    Days keep their written form: Y-09-30 in the plan's year, *-03-01 in every year, Y+1-02-28, 2026-05-01, ISSUE.
    """

    since: str | None
    until: str | None
    approx: bool = False
    kind: Literal["window"] = "window"


@dataclass(frozen=True, slots=True)
class Moment:
    """Days that the calendar must tell: `value` is a lunar date, a solar term, a festival, a season, a term.

    A lunar value is a day 08-15, the same day of every month *-15, a month 08, or a stretch 12-23..12-30.
    shape: on (its days), before (by the day before), by (by its last day), after (from the day after it until the plan
    ends), week (the ISO week around its first day). A semester's `weeks` are counted from its first Monday.
    """

    of: Literal["lunar", "solarterm", "day"] | Kind
    value: str
    shape: Shape = "on"
    weeks: tuple[int, int] | None = None
    approx: bool = False
    kind: Literal["moment"] = "moment"


Rule = Repeat | Window | Moment


@dataclass(frozen=True, slots=True)
class Ask:
    """Something the plan leaves open. code as in `Needs`; `readings` are what may be chosen, for choose-reading."""

    code: str
    what: str
    readings: tuple[tuple[Rule, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """When one promise falls due.

    `rules` are added up; `within` limits the repeating ones; `count` is how many times within each period; `asks` must
    be answered (`decide`) before anything falls due. `on_event`: due when something happens, so never by the calendar.
    """

    surface: str
    rules: tuple[Rule, ...] = ()
    within: tuple[Window, ...] = ()
    count: int = 1
    asks: tuple[Ask, ...] = ()
    on_event: bool = False
    anchor: date | None = field(default=None)
    """Where counting begins for every 2nd week, 15th day, 5th month; the period's start when None."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing to do: the key that stays the same across runs, and its window. Days are local, both included."""

    key: str
    opens: date
    due: date
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One period in which a promise falls due `count` times. `clipped`: the plan's own end cut the window short."""

    key: str
    opens: date
    due: date
    count: int = 1
    approx: bool = False
    clipped: bool = False

    def turns(self) -> tuple[Turn, ...]:
        """One turn, or `count` turns "key#1", "key#2"… that share the window evenly, each at least a day long."""
        if self.count == 1:
            return (Turn(self.key, self.opens, self.due, self.approx),)
        days = Period(self.opens, self.due).days
        edges = [days * part // self.count for part in range(self.count + 1)]
        return tuple(
            Turn(
                f"{self.key}#{part + 1}",
                self.opens + timedelta(min(edges[part], days - 1)),
                max(self.opens + timedelta(edges[part + 1]) - DAY, self.opens + timedelta(min(edges[part], days - 1))),
                self.approx,
            )
            for part in range(self.count)
        )
