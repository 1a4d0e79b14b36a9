"""When promises fall due, as people read them."""

from datetime import date

import pytest

from qingli.plan.rules.calendar import ChineseCalendar, Needs
from qingli.plan.rules.periods import Period
from qingli.plan.rules.schedule import (
    TakeReading,
    decide,
    from_norm,
    needs,
    occurrences,
)
from tests.plan.rules.laid_out import CALENDAR, HALF, YEAR, Due, Norm, due, rrule, window

# Repeating


def test_each_half_year_falls_due_once_in_the_plans_half_and_twice_in_a_year() -> None:
    assert due(rrule("FREQ=MONTHLY;INTERVAL=6"), period=HALF) == [("2026H2", "07-01", "12-31")]
    assert [key for key, *_ in due(rrule("FREQ=MONTHLY;INTERVAL=6"))] == ["2026H1", "2026H2"]


def test_half_years_are_not_lost_in_a_plan_that_begins_on_the_31st_of_august() -> None:
    found = due(rrule("FREQ=MONTHLY;INTERVAL=6"), period=(date(2026, 8, 31), date(2027, 8, 30)))
    assert found == [("2026H2", "08-31", "12-31"), ("2027H1", "01-01", "06-30"), ("2027H2", "07-01", "08-30")]


def test_april_and_october_come_although_the_plan_begins_on_the_31st_of_january() -> None:
    found = due(rrule("FREQ=YEARLY;BYMONTH=4,10"), period=(date(2026, 1, 31), date(2026, 12, 31)))
    assert found == [("2026-04", "04-01", "04-30"), ("2026-10", "10-01", "10-31")]


def test_quarters_are_the_calendars() -> None:
    assert due(rrule("FREQ=MONTHLY;INTERVAL=3"), period=HALF) == [
        ("2026Q3", "07-01", "09-30"),
        ("2026Q4", "10-01", "12-31"),
    ]


def test_the_first_of_each_month() -> None:
    found = due(rrule("FREQ=MONTHLY;BYMONTHDAY=1"), period=HALF)
    assert found[0] == ("2026-07-01", "07-01", "07-01")
    assert len(found) == 6


def test_by_the_fifth_of_each_month_is_a_window_of_the_month() -> None:
    found = due(rrule("FREQ=MONTHLY;BYMONTHDAY=5", deadline_each=True), period=HALF)
    assert found[:2] == [("2026-07", "07-01", "07-05"), ("2026-08", "08-01", "08-05")]


def test_the_31st_of_a_short_month_is_its_last_day() -> None:
    found = due(rrule("FREQ=MONTHLY;BYMONTHDAY=31"))
    assert [day for *_, day in found][:4] == ["01-31", "02-28", "03-31", "04-30"]


def test_odd_days_are_not_stretched_to_a_months_end() -> None:
    odd = rrule("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(map(str, range(1, 32, 2))))
    february = [day for *_, day in due(odd) if day.startswith("02")]
    assert (february[0], february[-1], len(february)) == ("02-01", "02-27", 14)


def test_the_last_friday_of_each_month() -> None:
    found = due(rrule("FREQ=MONTHLY;BYDAY=-1FR"), period=HALF)
    assert [day for *_, day in found] == ["07-31", "08-28", "09-25", "10-30", "11-27", "12-25"]


def test_the_end_of_each_quarter_lies_in_its_last_month() -> None:
    found = due(rrule("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"))
    assert [day for *_, day in found] == ["03-31", "06-30", "09-30", "12-31"]


def test_weeks_are_iso_weeks_cut_to_the_plan() -> None:
    found = due(rrule("FREQ=WEEKLY"), period=HALF)
    assert found[0] == ("2026-W27", "07-01", "07-05")
    assert found[-1] == ("2026-W53", "12-28", "12-31")
    assert len(found) == 27


def test_wednesdays_and_saturdays() -> None:
    found = due(rrule("FREQ=WEEKLY;BYDAY=WE,SA"), period=(date(2026, 7, 1), date(2026, 7, 12)))
    assert [day for *_, day in found] == ["07-01", "07-04", "07-08", "07-11"]


def test_weekly_in_summer_every_other_week_else() -> None:
    summer = due(rrule("FREQ=WEEKLY;BYMONTH=5,6,7,8,9,10"))
    assert (summer[0][1], summer[-1][2]) == ("05-01", "10-31")
    rest = due(rrule("FREQ=WEEKLY;INTERVAL=2;BYMONTH=1,2,3,4,11,12"))
    assert all(day[:2] in {"01", "02", "03", "04", "11", "12"} for _, *days in rest for day in days)


def test_every_fifteen_days_is_once_in_each_fifteen_days() -> None:
    found = due(rrule("FREQ=DAILY;INTERVAL=15"), period=(date(2026, 7, 1), date(2026, 7, 31)))
    assert found == [
        ("2026-07-01x15d", "07-01", "07-15"),
        ("2026-07-16x15d", "07-16", "07-30"),
        ("2026-07-31x15d", "07-31", "07-31"),
    ]


def test_once_a_year_in_a_half_year_plan_is_due_by_its_end() -> None:
    assert due(rrule("FREQ=YEARLY"), period=HALF) == [("2026", "07-01", "12-31")]


def test_twice_a_month_makes_two_turns_that_share_the_month() -> None:
    schedule = from_norm(rrule("FREQ=MONTHLY"), surface="每月", count=2)
    september = occurrences(schedule, start=HALF[0], end=HALF[1], calendar=CALENDAR)[2]
    assert [(turn.key, turn.opens.day, turn.due.day) for turn in september.turns()] == [
        ("2026-09#1", 1, 15),
        ("2026-09#2", 16, 30),
    ]


def test_more_turns_than_days_still_have_a_day_each_inside_the_window() -> None:
    schedule = from_norm(rrule("FREQ=WEEKLY"), surface="每週", count=3)
    first = occurrences(schedule, start=date(2026, 7, 4), end=date(2026, 7, 31), calendar=CALENDAR)[0]
    assert (first.opens, first.due, first.clipped) == (date(2026, 7, 4), date(2026, 7, 5), True)
    assert len({turn.key for turn in first.turns()}) == 3
    assert all(first.opens <= turn.opens <= turn.due <= first.due for turn in first.turns())


def test_several_rules_are_added_up() -> None:
    found = due(rrule(["FREQ=YEARLY;BYMONTH=4", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1"]))
    assert [key for key, *_ in found] == ["2026-04", "2026-10-01"]


# Windows and days


@pytest.mark.parametrize(
    ("norm", "surface", "expected"),
    [
        (window(None, "Y-05-31"), "5月底前", [("2026-05-31", "01-01", "05-31")]),
        (window("Y-03-01", "Y-04-30"), "3-4月", [("2026-03-01..2026-04-30", "03-01", "04-30")]),
        (window("*-10-01", "*-10-31"), "每年10月", [("2026-10", "10-01", "10-31")]),
        (window("Y-07-01", "Y-12-31"), "下半年", [("2026H2", "07-01", "12-31")]),
        (
            {"type": "date", "value": ["Y-04-29", "Y-04-30"]},
            "4月29、30日",
            [("2026-04-29", "04-29", "04-29"), ("2026-04-30", "04-30", "04-30")],
        ),
        (window(None, "Y-02-28"), "2月28日前", [("2026-02-28", "01-01", "02-28")]),
        (
            {"type": "window", "parts": ["Y-03-01..Y-05-31", "Y-09-01..Y-11-30"]},
            "春、秋兩季",
            [("2026-03-01..2026-05-31", "03-01", "05-31"), ("2026-09-01..2026-11-30", "09-01", "11-30")],
        ),
        (window("ISSUE", None), "從即日起", [("whole", "01-01", "12-31")]),
        (window("Y-12-01", "Y+1-02-28"), "冬季", [("2026-12-01..2027-02-28", "12-01", "12-31")]),
    ],
)
def test_written_windows(norm: Norm, surface: str, expected: list[Due]) -> None:
    assert due(norm, surface) == expected


def test_the_end_of_february_is_the_29th_in_a_leap_year_unless_the_28th_is_written() -> None:
    leap = (date(2028, 1, 1), date(2028, 12, 31))
    assert due(window(None, "Y-02-28"), "2月底前", period=leap) == [("2028-02-29", "01-01", "02-29")]
    assert due(window(None, "Y-02-28"), "2月28日前", period=leap) == [("2028-02-28", "01-01", "02-28")]


def test_march_in_a_school_year_that_began_in_september_is_next_years() -> None:
    school = (date(2026, 9, 1), date(2027, 7, 31))
    assert due(window("Y-03-01", "Y-03-31"), "3月", period=school) == [("2027-03", "03-01", "03-31")]


def test_a_deadline_before_the_plan_begins_never_falls_due() -> None:
    assert due(window(None, "Y-05-31"), "5月底前", period=HALF) == []


def test_every_year_of_a_plan_of_three_years() -> None:
    found = due(window(None, "*-09-30"), "每年9月底前", period=(date(2026, 1, 1), date(2028, 12, 31)))
    assert [key for key, *_ in found] == ["2026-09-30", "2027-09-30", "2028-09-30"]


def test_about_a_day_is_marked() -> None:
    schedule = from_norm({"type": "date", "approx": True, "value": ["Y-11-09"]}, surface="11月9日前後")
    (one,) = occurrences(schedule, start=YEAR[0], end=YEAR[1], calendar=CALENDAR)
    assert one.approx
    assert one.due == date(2026, 11, 9)


# What the calendar tells


@pytest.mark.parametrize(
    ("norm", "expected"),
    [
        ({"type": "lunar", "value": "08-15"}, ["09-25"]),  # mid-autumn 2026
        ({"type": "lunar", "value": "01-01"}, ["02-17"]),  # spring festival 2026
        ({"type": "lunar", "value": "12-30"}, ["02-16"]),  # its eve, of a lunar month with 29 days
        ({"type": "lunar", "value": "before(01-01)"}, ["02-16"]),
        ({"type": "solarterm", "value": "清明"}, ["04-05"]),
        ({"type": "solarterm", "value": "驚蟄"}, ["03-05"]),
        ({"type": "solarterm", "value": "冬至"}, ["12-22"]),
        ({"type": "holiday", "value": "國慶節"}, ["10-01"]),
        ({"type": "holidays", "value": ["端午節", "中秋節"]}, ["06-19", "09-25"]),
    ],
)
def test_lunar_days_solar_terms_and_festivals(norm: Norm, expected: list[str]) -> None:
    assert [day for *_, day in due(norm)] == expected


def test_other_lunar_forms() -> None:
    mid_month = due({"type": "lunar", "value": "*-15"}, period=(date(2026, 8, 1), date(2026, 10, 31)))
    assert [day for *_, day in mid_month] == ["08-27", "09-25", "10-24"]
    stretch = due({"type": "lunar", "value": "12-23..12-30"}, period=(date(2026, 2, 1), date(2026, 3, 31)))
    assert stretch == [("2026-02-10..2026-02-16", "02-10", "02-16")]
    whole = due({"type": "lunar", "value": "08"})
    assert whole == [("2026-09-11..2026-10-09", "09-11", "10-09")]


def test_after_a_day_lasts_until_the_plan_ends() -> None:
    assert due({"type": "lunar", "value": "after(08-15)"}, period=HALF) == [("2026-09-26..", "09-26", "12-31")]


def test_either_of_two_rhythms_waits_for_a_choice() -> None:
    schedule = from_norm(rrule(["FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3"], any_of=True), surface="每月或每季")
    assert due(schedule) == []
    assert len(due(decide(schedule, TakeReading(1)))) == 4


def test_by_the_end_of_each_of_several_months() -> None:
    norm = {"type": "date", "value": ["Y-03-31", "Y-06-30"], "deadline_each": True}
    assert due(norm) == [("2026-03-31", "01-01", "03-31"), ("2026-06-30", "01-01", "06-30")]


def test_the_week_around_a_day() -> None:
    assert due({"type": "weekof", "value": "Y-06-05"}) == [("2026-W23", "06-01", "06-07")]


def test_what_is_announced_each_year_is_asked_for_and_then_used() -> None:
    schedule = from_norm({"type": "announced", "value": "energy-week"}, surface="節能宣傳週")
    assert due(schedule) == []
    assert needs(schedule, start=YEAR[0], end=YEAR[1], calendar=CALENDAR) == (
        Needs("announced-dates", "energy-week", 2026),
    )
    told = ChineseCalendar(told={("announced", "energy-week", 2026): Period(date(2026, 6, 22), date(2026, 6, 28))})
    assert due(schedule, calendar=told) == [("2026-W26", "06-22", "06-28")]
    assert needs(schedule, start=YEAR[0], end=YEAR[1], calendar=told) == ()


def test_a_typhoon_season_is_asked_for_and_then_met_the_day_before() -> None:
    schedule = from_norm({"type": "season", "value": "before(颱風季)"}, surface="颱風季前")
    assert [ask.code for ask in needs(schedule, start=YEAR[0], end=YEAR[1], calendar=CALENDAR)] == ["season-dates"]
    told = ChineseCalendar(told={("season", "颱風季", 2026): Period(date(2026, 6, 1), date(2026, 9, 30))})
    assert due(schedule, calendar=told) == [("2026-05-31", "01-01", "05-31")]


def test_the_third_week_of_a_term_needs_the_terms_first_day() -> None:
    schedule = from_norm({"type": "semesterweek", "value": "3"}, surface="第三週")
    term = (date(2026, 9, 1), date(2027, 1, 31))
    assert needs(schedule, start=term[0], end=term[1], calendar=CALENDAR) == (Needs("semester-start", "", 2026),)
    told = ChineseCalendar(told={("semester", "", 2026): Period(date(2026, 9, 1), date(2027, 1, 15))})
    assert due(schedule, period=term, calendar=told) == [("2026-W38", "09-14", "09-20")]
