"""Lunar days, solar terms, rest days: what is known, and what is asked for."""

from datetime import date

import pytest

from qingli.catalogue import load_catalogue
from qingli.ground.rules.workdays import UnknownYear, add_working_days, due_on_working_day, window_end, working_days
from qingli.plan.rules.calendar import ChineseCalendar, told_by
from qingli.plan.rules.periods import Period, PeriodUnknown, period_key, plan_period

CN = ChineseCalendar()
_TERMS = "小寒大寒立春雨水驚蟄春分清明穀雨立夏小滿芒種夏至小暑大暑立秋處暑白露秋分寒露霜降立冬小雪大雪冬至"
TERMS = [_TERMS[at : at + 2] for at in range(0, 48, 2)]


def test_shifted_working_days_are_worked_and_holidays_are_not() -> None:
    assert CN.is_working_day(date(2026, 10, 10)) is True  # a Saturday worked for the national holiday
    assert CN.is_working_day(date(2026, 10, 1)) is False
    assert CN.is_working_day(date(2026, 11, 23)) is True


@pytest.mark.parametrize("year", [2003, 2027])
def test_a_year_whose_rest_days_are_not_announced_is_asked_for(year: int) -> None:
    assert CN.is_working_day(date(year, 3, 3)) == UnknownYear(year)


@pytest.mark.parametrize("region", ["TW", "HK"])
def test_other_regions_rest_days_are_asked_for(region: str) -> None:
    assert ChineseCalendar(region=region).is_working_day(date(2026, 3, 3)) == UnknownYear(2026)


def test_rest_days_that_were_told_are_used() -> None:
    told = ChineseCalendar(working_days={2027: (frozenset({date(2027, 1, 1)}), frozenset({date(2027, 1, 3)}))})
    assert told.is_working_day(date(2027, 1, 1)) is False
    assert told.is_working_day(date(2027, 1, 3)) is True  # a Sunday that is worked
    assert told.is_working_day(date(2027, 1, 2)) is False


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2026, 8, 15, date(2026, 9, 25)),
        (2025, 8, 15, date(2025, 10, 6)),  # after a leap sixth month
        (2026, 1, 1, date(2026, 2, 17)),
        (2026, 12, 30, date(2027, 2, 5)),  # a month of 29 days: its last day
    ],
)
def test_lunar_dates(year: int, month: int, day: int, expected: date) -> None:
    assert CN.lunar(year, month, day) == expected


def test_new_years_eve_is_the_eve_of_the_same_years_spring_festival() -> None:
    assert CN.named("festival", "除夕", 2026) == Period(date(2026, 2, 16), date(2026, 2, 16))


@pytest.mark.parametrize("name", ["清明", "清明節", "清明节"])
def test_a_solar_term_by_any_of_its_names(name: str) -> None:
    assert CN.named("festival", name, 2026) == Period(date(2026, 4, 5), date(2026, 4, 5))


def test_every_year_has_its_twenty_four_solar_terms() -> None:
    for year in (2004, 2026, 2041):
        days = [CN.solar_term(year, name) for name in TERMS]
        known = [day for day in days if day]
        assert len(known) == 24
        assert known == sorted(known)
        assert {day.year for day in known} == {year}
    assert CN.solar_term(2026, "小年") is None


def test_the_catalogues_days_are_told_under_all_their_names_and_announced_ones_stay_open() -> None:
    calendar = ChineseCalendar(told=told_by(load_catalogue(), [2025, 2040]))
    wetlands = Period(date(2040, 2, 2), date(2040, 2, 2))
    assert calendar.named("festival", "世界濕地日", 2040) == wetlands
    assert calendar.named("announced", "湿地日", 2040) == wetlands
    week = calendar.named("festival", "全国节能宣传周", 2025)
    assert week == Period(date(2025, 6, 23), date(2025, 6, 29))
    assert calendar.named("festival", "全国节能宣传周", 2040) is None


# Deadlines


def test_a_deadline_stays_where_it_is_written_unless_it_is_told_to_move() -> None:
    sunday = date(2026, 5, 31)
    assert due_on_working_day(sunday, CN) == sunday
    assert due_on_working_day(sunday, CN, roll="next") == date(2026, 6, 1)
    assert due_on_working_day(sunday, CN, roll="before") == date(2026, 5, 29)


def test_a_deadline_over_the_national_holiday_moves_behind_it() -> None:
    assert due_on_working_day(date(2026, 10, 1), CN, roll="next") == date(2026, 10, 8)


def test_a_deadline_that_would_move_into_an_unknown_year_is_asked() -> None:
    assert due_on_working_day(date(2026, 12, 31), CN, roll="next") == date(2026, 12, 31)
    assert due_on_working_day(date(2027, 1, 2), CN, roll="next") == UnknownYear(2027)


def test_a_posting_of_seven_days_over_the_holiday_hangs_until_five_days_were_worked() -> None:
    posted = date(2026, 9, 30)
    assert window_end(posted, CN, days=7) == date(2026, 10, 7)
    assert window_end(posted, CN, days=7, at_least_working=5) == date(2026, 10, 13)  # 8, 9, 10 (shifted), 12, 13
    assert working_days(date(2026, 10, 1), date(2026, 10, 13), CN) == 5
    assert add_working_days(posted, 0, CN) == posted
    assert window_end(date(2026, 12, 28), CN, days=7, at_least_working=5) == UnknownYear(2027)


# Periods


@pytest.mark.parametrize(
    ("title", "year", "start", "end"),
    [
        ("青禾社區2026年下半年環保工作計劃", None, date(2026, 7, 1), date(2026, 12, 31)),
        ("上半年工作計劃", 2026, date(2026, 1, 1), date(2026, 6, 30)),
        ("二〇二六年度工作計劃", None, date(2026, 1, 1), date(2026, 12, 31)),
        ("民國115年環保工作計畫", None, date(2026, 1, 1), date(2026, 12, 31)),
        ("第三季度工作安排", 2026, date(2026, 7, 1), date(2026, 9, 30)),
        ("2026年9月份工作計劃", None, date(2026, 9, 1), date(2026, 9, 30)),
    ],
)
def test_the_days_of_a_plan(title: str, year: int | None, start: date, end: date) -> None:
    assert plan_period(title, year) == Period(start, end)


def test_a_school_year_is_the_customary_one_and_says_so() -> None:
    assert plan_period("2026學年環境教育計畫", None) == Period(date(2026, 9, 1), date(2027, 8, 31), approx=True)
    assert plan_period("下學期工作計劃", 2026) == Period(date(2027, 2, 1), date(2027, 7, 31), approx=True)


def test_a_masked_year_is_asked_for() -> None:
    assert plan_period("20xx年下半年工作計劃", None) == PeriodUnknown("no-year")
    assert plan_period(("Y-07-01", "Y-12-31"), None) == PeriodUnknown("no-year")
    assert plan_period(("Y-07-01", "Y-12-31"), 2026) == Period(date(2026, 7, 1), date(2026, 12, 31))
    assert plan_period({"type": "window", "from": "Y-07-01", "to": None}, 2026) == PeriodUnknown("no-period")


@pytest.mark.parametrize(
    ("start", "end", "key"),
    [
        (date(2026, 9, 1), date(2026, 9, 30), "2026-09"),
        (date(2026, 7, 1), date(2026, 9, 30), "2026Q3"),
        (date(2026, 7, 1), date(2026, 12, 31), "2026H2"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 7, 27), date(2026, 8, 2), "2026-W31"),
        (date(2026, 8, 1), date(2026, 10, 31), "2026-08-01..2026-10-31"),
    ],
)
def test_periods_have_names(start: date, end: date, key: str) -> None:
    assert period_key(start, end) == key
