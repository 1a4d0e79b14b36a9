"""What a person decides where a plan leaves its dates open."""

import json
from datetime import date

import pytest

from qingli.plan.rules.calendar import Needs
from qingli.plan.rules.schedule import (
    AsNeeded,
    Between,
    ChoiceError,
    OnDays,
    Repeated,
    TakeReading,
    as_json,
    decide,
    from_json,
    from_norm,
    needs,
    together,
)
from tests.plan.rules.laid_out import CALENDAR, HALF, YEAR, Norm, due, rrule, window


def test_an_ambiguous_deadline_waits_for_the_reading_that_is_chosen() -> None:
    norm = window(None, "*-10-31", alternative="..*-11-30")
    schedule = from_norm(norm, surface="每年11月份前")
    assert due(schedule) == []
    assert [key for key, *_ in due(decide(schedule, TakeReading(0)))] == ["2026-10-31"]
    assert [key for key, *_ in due(decide(schedule, TakeReading(1)))] == ["2026-11-30"]
    with pytest.raises(ChoiceError, match="no-such-reading"):
        decide(schedule, TakeReading(2))


def test_regularly_is_asked_and_becomes_the_chosen_frequency() -> None:
    schedule = from_norm({"type": "unscheduled-periodic", "word": "定期"}, surface="定期")
    assert needs(schedule, start=HALF[0], end=HALF[1], calendar=CALENDAR) == (Needs("choose-frequency", "定期"),)
    quarterly = decide(schedule, Repeated("month", interval=3))
    assert [key for key, *_ in due(quarterly, period=HALF)] == ["2026Q3", "2026Q4"]
    assert needs(quarterly, start=HALF[0], end=HALF[1], calendar=CALENDAR) == ()
    with pytest.raises(ChoiceError, match="bad-frequency"):
        decide(schedule, Repeated("month", interval=0))


def test_as_needed_is_answered_once_for_the_whole_plan() -> None:
    schedule = decide(from_norm({"type": "unscheduled-periodic", "word": "不定期"}, surface="不定期"), AsNeeded())
    assert due(schedule, period=HALF) == [("whole", "07-01", "12-31")]


def test_chosen_days_and_windows_replace_what_was_open() -> None:
    schedule = from_norm({"type": "blank"}, surface="__月__日")
    assert due(decide(schedule, OnDays((date(2026, 9, 9), date(2026, 9, 2))))) == [
        ("2026-09-02", "09-02", "09-02"),
        ("2026-09-09", "09-09", "09-09"),
    ]
    assert due(decide(schedule, Between(date(2026, 9, 1), date(2026, 9, 30)))) == [("2026-09", "09-01", "09-30")]
    with pytest.raises(ChoiceError, match="bad-days"):
        decide(schedule, Between(date(2026, 9, 2), date(2026, 9, 1)))


def test_a_condition_is_asked_and_then_limits_the_rule() -> None:
    schedule = from_norm(rrule("FREQ=MONTHLY", condition="生長季"), surface="生長季每月")
    assert due(schedule) == []
    found = due(decide(schedule, Between(date(2026, 4, 10), date(2026, 6, 20))))
    assert found == [("2026-04", "04-10", "04-30"), ("2026-05", "05-01", "05-31"), ("2026-06", "06-01", "06-20")]


def test_a_stage_limits_what_repeats_in_it() -> None:
    stage = from_norm(window("Y-05-01", "Y-06-30"), surface="5月至6月")
    monthly = from_norm(rrule("FREQ=MONTHLY"), surface="每月")
    assert [key for key, *_ in due(together([stage, monthly]))] == ["2026-05", "2026-06"]


def test_a_deadline_beside_something_that_repeats_is_added() -> None:
    by = from_norm(window(None, "Y-05-31"), surface="5月底前")
    quarterly = from_norm(rrule("FREQ=MONTHLY;INTERVAL=3"), surface="每季")
    assert [key for key, *_ in due(together([by, quarterly]), period=YEAR)] == [
        "2026Q1",
        "2026-05-31",
        "2026Q2",
        "2026Q3",
        "2026Q4",
    ]


def test_what_follows_an_event_is_not_on_the_calendar_and_not_asked() -> None:
    schedule = from_norm({"type": "rel", "value": "within(PT24H)"}, surface="24小時內")
    assert schedule.on_event
    assert due(schedule) == []
    assert needs(schedule, start=YEAR[0], end=YEAR[1], calendar=CALENDAR) == ()


@pytest.mark.parametrize(
    "norm",
    [
        rrule("FREQ=SOMETIMES"),
        rrule("FREQ=MONTHLY;BYMONTHDAY=40"),
        rrule("FREQ=YEARLY;BYWEEKNO=3"),
        rrule("FREQ=DAILY;COUNT=3"),
        {"type": "lunar", "value": "13-40"},
        {"type": "semesterweek", "value": "soon"},
        {"type": "window", "from": None, "to": None},
        {"type": "rest"},
    ],
)
def test_a_form_that_cannot_be_read_is_asked_never_guessed(norm: Norm) -> None:
    schedule = from_norm(norm, surface="?")
    assert due(schedule) == []
    assert [ask.code for ask in schedule.asks] == ["unread-schedule"]


def test_a_day_that_does_not_exist_is_asked() -> None:
    schedule = from_norm({"type": "date", "value": ["Y-09-31"]}, surface="9月31日")
    assert due(schedule) == []
    assert [ask.code for ask in needs(schedule, start=YEAR[0], end=YEAR[1], calendar=CALENDAR)] == ["unread-schedule"]


@pytest.mark.parametrize(
    "norm",
    [
        rrule(["FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;BYMONTH=4"], condition="生長季"),
        window(None, "*-10-31", alternative="..*-11-30"),
        {"type": "lunar", "value": "before(08-15)", "approx": True},
        {"type": "semesterweek", "value": "3-5"},
    ],
)
def test_a_schedule_survives_json(norm: Norm) -> None:
    schedule = from_norm(norm, surface="原文")
    assert from_json(json.loads(json.dumps(as_json(schedule)))) == schedule
