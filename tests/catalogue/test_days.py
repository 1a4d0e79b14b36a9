"""Environment days: each kind of rule, years that are not announced, and wrong questions."""

from datetime import date, timedelta

import pytest

from qingli.catalogue import NeedsAnnouncement, load_catalogue, resolve_day


@pytest.mark.parametrize(
    ("day", "year", "first", "last"),
    [
        ("earth-day", 2026, date(2026, 4, 22), date(2026, 4, 22)),
        ("environment-day", 2027, date(2027, 6, 5), date(2027, 6, 5)),
        ("ozone-day", 2026, date(2026, 9, 16), date(2026, 9, 16)),
        ("water-week", 2026, date(2026, 3, 22), date(2026, 3, 28)),
        ("patriotic-health-month", 2026, date(2026, 4, 1), date(2026, 4, 30)),
        ("clean-up-the-world-weekend", 2026, date(2026, 9, 19), date(2026, 9, 20)),
        ("earth-day-cleanup-tw", 2025, date(2025, 4, 19), date(2025, 4, 19)),
        ("earth-day-cleanup-tw", 2023, date(2023, 4, 15), date(2023, 4, 15)),  # 22 April is itself a Saturday
        ("national-cleaning-week-tw", 2011, date(2011, 1, 26), date(2011, 2, 1)),
        ("national-cleaning-week-tw", 2026, date(2026, 2, 9), date(2026, 2, 15)),
        ("cleaning-before-new-year-hk", 2026, date(2026, 2, 15), date(2026, 2, 15)),
        ("energy-saving-week", 2021, date(2021, 8, 23), date(2021, 8, 29)),
        ("low-carbon-day", 2020, date(2020, 7, 2), date(2020, 7, 2)),
    ],
)
def test_dates_of_a_day(day: str, year: int, first: date, last: date) -> None:
    dates = resolve_day(day, year)
    assert isinstance(dates, list)
    assert dates == [first + timedelta(days=step) for step in range((last - first).days + 1)]


@pytest.mark.parametrize("day", ["energy-saving-week", "low-carbon-day", "earth-hour"])
def test_a_year_that_was_not_announced_is_asked_for(day: str) -> None:
    assert resolve_day(day, 2026) == NeedsAnnouncement(day, 2026)


def test_the_low_carbon_day_of_a_known_week_is_still_not_guessed() -> None:
    assert isinstance(resolve_day("energy-saving-week", 2021), list)
    assert resolve_day("low-carbon-day", 2021) == NeedsAnnouncement("low-carbon-day", 2021)


def test_announced_weeks_run_from_monday_to_sunday() -> None:
    for start, end in load_catalogue().days["energy-saving-week"].rule.years.values():
        assert (start.weekday(), end.weekday(), (end - start).days) == (0, 6, 6)


def test_a_day_does_not_exist_before_it_was_founded() -> None:
    assert resolve_day("ecology-day", 2022) == []
    assert resolve_day("ecology-day", 2023) == [date(2023, 8, 15)]


def test_every_day_resolves_in_every_year_and_within_it() -> None:
    for identity in load_catalogue().days:
        for year in range(1901, 2100):
            dates = resolve_day(identity, year)
            if isinstance(dates, list):
                assert all(abs(day.year - year) <= 1 for day in dates)
                assert dates == sorted(set(dates))


def test_wrong_questions_are_refused() -> None:
    with pytest.raises(KeyError):
        resolve_day("no-such-day", 2026)
    for year in (0, 1899, 2101, 10**9):
        with pytest.raises(ValueError, match="year"):
            resolve_day("earth-day", year)
