"""Schedules against dateutil, and what holds for every schedule."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from qingli.plan.rules.calendar import ChineseCalendar
from qingli.plan.rules.schedule import Occurrence, Schedule, from_norm, occurrences

CALENDAR = ChineseCalendar()
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

starts = st.dates(date(2024, 1, 1), date(2027, 12, 31))
lengths = st.integers(0, 500)
some_months = st.lists(st.integers(1, 12), min_size=1, max_size=6, unique=True)


def ranges(months: list[int]) -> str:
    return ";BYMONTH=" + ",".join(map(str, sorted(months)))


# Rules with named days: dateutil knows the same days. The 29th to 31st are left out: there a short month's last day is
# meant here, and dateutil skips the month.
month_days = st.lists(st.one_of(st.integers(1, 28), st.integers(-28, -1)), min_size=1, max_size=3, unique=True)
nth_weekdays = st.tuples(st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.sampled_from(WEEKDAYS)).map(
    lambda p: f"{p[0]}{p[1]}"
)
with_days = st.one_of(
    st.just("FREQ=DAILY"),
    st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True).map(
        lambda days: "FREQ=WEEKLY;BYDAY=" + ",".join(days)
    ),
    month_days.map(lambda days: "FREQ=MONTHLY;BYMONTHDAY=" + ",".join(map(str, days))),
    nth_weekdays.map(lambda day: f"FREQ=MONTHLY;BYDAY={day}"),
    st.tuples(some_months, month_days).map(
        lambda both: "FREQ=YEARLY" + ranges(both[0]) + ";BYMONTHDAY=" + ",".join(map(str, both[1]))
    ),
)
limited = st.tuples(with_days, st.one_of(st.just([]), some_months)).map(
    lambda both: both[0] + (ranges(both[1]) if both[1] and "BYMONTH=" not in both[0] else "")
)
# Rules without: the period itself is the window.
of_periods = st.one_of(
    st.tuples(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]), st.integers(1, 40)).map(
        lambda pair: f"FREQ={pair[0]};INTERVAL={pair[1]}"
    ),
    some_months.map(lambda months: "FREQ=YEARLY" + ranges(months)),
    some_months.map(lambda months: "FREQ=WEEKLY" + ranges(months)),
)
any_rule = st.one_of(limited, of_periods)


def laid_out(schedule: Schedule, start: date, end: date) -> tuple[Occurrence, ...]:
    return occurrences(schedule, start=start, end=end, calendar=CALENDAR)


@given(limited, starts, lengths)
@settings(max_examples=1000, deadline=None)
def test_named_days_are_those_of_dateutil(rule: str, start: date, length: int) -> None:
    end = start + timedelta(length)
    first, last = (datetime(day.year, day.month, day.day) for day in (start, end))
    expected = [day.date() for day in rrulestr(rule, dtstart=first).between(first, last, inc=True)]
    found = laid_out(from_norm({"type": "rrule", "value": rule}, surface="每"), start, end)
    assert [one.due for one in found] == expected
    assert all(one.opens == one.due for one in found)


@given(any_rule, starts, lengths, st.integers(0, 200), st.integers(1, 4))
@settings(max_examples=1000, deadline=None)
def test_what_holds_for_every_schedule(rule: str, start: date, length: int, longer: int, count: int) -> None:
    end = start + timedelta(length)
    schedule = from_norm({"type": "rrule", "value": rule}, surface="每", count=count)
    found = laid_out(schedule, start, end)
    assert found == laid_out(schedule, start, end)
    turns = [turn for one in found for turn in one.turns()]
    assert len({turn.key for turn in turns}) == len(turns)
    assert all(start <= turn.opens <= turn.due <= end for turn in turns)
    # A later end adds to the plan; what was promised before keeps its key.
    amended = {one.key: one for one in laid_out(schedule, start, end + timedelta(longer))}
    assert {one.key for one in found} <= set(amended)
    assert all(amended[one.key].opens == one.opens for one in found)


@given(st.integers(1, 12), starts, lengths)
@settings(deadline=None)
def test_periods_leave_no_day_out_and_no_day_twice(interval: int, start: date, length: int) -> None:
    end = start + timedelta(length)
    for frequency in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        rule = {"type": "rrule", "value": f"FREQ={frequency};INTERVAL={interval}"}
        found = laid_out(from_norm(rule, surface="每"), start, end)
        assert found[0].opens == start
        assert found[-1].due == end
        assert all(one.due + timedelta(1) == after.opens for one, after in pairwise(found))


def test_an_interval_of_months_starting_on_a_late_day_never_loses_a_period() -> None:
    """RFC 5545 from 31 August every six months fires once a year; the promise is twice."""
    schedule = from_norm({"type": "rrule", "value": "FREQ=MONTHLY;INTERVAL=6"}, surface="每半年")
    for day in range(28, 32):
        start = date(2026, 8, 1) + timedelta(day - 1)
        assert len(laid_out(schedule, start, date(2027, 7, 31))) == 3
