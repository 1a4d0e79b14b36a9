"""Half-years, half-open: from the first of January to before the first of July, and from there to before January."""

from dataclasses import dataclass
from datetime import date, timedelta

_GRACE = timedelta(days=31)  # so long after its end a half-year is still the one that people report on


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """One half of a calendar year; half is 1 or 2."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2) or not date.min.year < self.year < date.max.year:
            raise ValueError("no-such-half-year")

    @property
    def since(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def until(self) -> date:
        """The first day that is no longer in it."""
        return self.after.since

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)

    @property
    def before(self) -> "HalfYear":
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)

    @property
    def after(self) -> "HalfYear":
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of its six months."""
        return tuple(date(self.year, self.since.month + n, 1) for n in range(6))


def half_year_of(day: date) -> HalfYear:
    return HalfYear(day.year, 1 if day.month <= 6 else 2)


def reported_on(day: date) -> HalfYear:
    """The half-year that people report on: for a month after its end the one just over, else the running one."""
    return half_year_of(day - _GRACE)
