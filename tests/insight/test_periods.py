"""Half-years are half-open: every day lies in exactly one."""

from datetime import date, timedelta

import pytest

from qingli.insight.periods import HalfYear, half_year_of, reported_on


def test_every_day_lies_in_one_half_year() -> None:
    day = date(2025, 1, 1)
    while day < date(2027, 1, 1):
        period = half_year_of(day)
        assert period.since <= day < period.until
        assert not period.before.since <= day < period.before.until
        assert not period.after.since <= day < period.after.until
        day += timedelta(days=1)


def test_the_last_day_of_one_is_followed_by_the_first_of_the_next() -> None:
    first = HalfYear(2026, 1)
    assert (first.since, first.last_day, first.until) == (date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert first.after == HalfYear(2026, 2)
    assert first.after.until == date(2027, 1, 1)
    assert first.before == HalfYear(2025, 2)
    assert [month.month for month in first.after.months] == [7, 8, 9, 10, 11, 12]


@pytest.mark.parametrize(
    ("day", "about"),
    [("2026-06-20", (2026, 1)), ("2026-07-31", (2026, 1)), ("2026-08-01", (2026, 2)), ("2027-01-31", (2026, 2))],
)
def test_for_a_month_after_its_end_people_report_on_the_half_year_before(day: str, about: tuple[int, int]) -> None:
    assert reported_on(date.fromisoformat(day)) == HalfYear(*about)


@pytest.mark.parametrize(("year", "half"), [(2026, 0), (2026, 3), (1, 1), (9999, 2), (0, 1)])
def test_what_is_no_half_year_is_refused(year: int, half: int) -> None:
    with pytest.raises(ValueError, match="no-such-half-year"):
        HalfYear(year, half)
