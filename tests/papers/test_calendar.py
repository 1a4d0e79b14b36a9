"""Calendar files, read back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from qingli.papers import CalendarEvent, DueDate, PlanPaper, calendar_ics
from qingli.papers.due_events import due_events

START = date(2027, 1, 4)
STAMPED = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = CalendarEvent(
    "a@qingli", "清洗水箱；第1次，共2次", date(2027, 4, 1), date(2027, 4, 30), "由物業公司負責\n第二行", alarm_days=3
)
TIMED = CalendarEvent(
    "b@qingli",
    "居民大會",
    datetime(2027, 3, 5, 11, 0, tzinfo=UTC),
    datetime(2027, 3, 5, 12, 30, tzinfo=UTC),
    location="活動室",
    url="https://example.org/t/1",
)


def events(data: bytes) -> list[Any]:
    """The events; Any, since a property may be of two dozen types."""
    calendar = icalendar.Calendar.from_ical(data)
    assert not calendar.errors
    return list(calendar.walk("VEVENT"))


def test_days_and_times_come_back() -> None:
    day, timed = events(calendar_ics([DAY, TIMED], "青竹社區", stamped=STAMPED))
    assert (day["uid"], day["summary"]) == ("a@qingli", DAY.summary)
    assert (day["dtstart"].dt, day["dtend"].dt) == (date(2027, 4, 1), date(2027, 5, 1))
    assert day["description"] == DAY.description
    assert day.walk("VALARM")[0]["trigger"].dt == timedelta(days=-3)
    assert timed["dtstart"].dt == TIMED.start
    assert timed["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert timed["dtstart"].dt.astimezone(ZoneInfo("Asia/Taipei")).hour == 19
    assert timed["location"] == "活動室"


def test_the_file_keeps_to_the_standard() -> None:
    data = calendar_ics([DAY, TIMED], "青竹社區", stamped=STAMPED)
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    calendar = icalendar.Calendar.from_ical(data)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    for event in events(data):
        assert event["dtstamp"].dt == STAMPED


def test_the_same_events_give_the_same_bytes_and_no_events_an_empty_calendar() -> None:
    assert calendar_ics([DAY], "x", stamped=STAMPED) == calendar_ics([DAY], "x", stamped=STAMPED)
    assert events(calendar_ics([], "x", stamped=STAMPED)) == []


def test_what_is_due_every_day_or_week_is_one_entry_that_repeats() -> None:
    daily = [
        DueDate(START + timedelta(day), START + timedelta(day), "1.", "清掃", key=f"10-{day}") for day in range(90)
    ]
    twice = [replace(due, key=f"{due.key}#2") for due in daily]
    weekly = [
        DueDate(START + timedelta(7 * week), START + timedelta(7 * week + 6), "2.", "巡查", key=f"20-{week}")
        for week in range(12)
    ]
    clipped = DueDate(START - timedelta(2), START - timedelta(1), "2.", "巡查", key="20-first")
    once = DueDate(START, START + timedelta(80), "3.", "培訓", "社工站", "3月底前", key="30-a")
    paper = PlanPaper("計劃", dues=(*daily, *twice, clipped, *weekly, once))
    found = {(event.summary, event.repeat): event for event in due_events(paper)}
    assert set(found) == {("1.清掃", (1, 90)), ("2.巡查", None), ("2.巡查", (7, 12)), ("3.培訓", None)}
    assert found["3.培訓", None].start == found["3.培訓", None].end == once.due
    assert found["3.培訓", None].description == "3月底前\n社工站"
    again = events(calendar_ics(due_events(paper), "x", stamped=STAMPED))
    assert {bytes(event["rrule"].to_ical()) for event in again if "rrule" in event} == {
        b"FREQ=DAILY;COUNT=90;INTERVAL=1",
        b"FREQ=DAILY;COUNT=12;INTERVAL=7",
    }


def test_two_weekdays_of_every_week_are_two_entries() -> None:
    days = [START + timedelta(7 * week + weekday) for week in range(10) for weekday in (2, 5)]
    dues = tuple(DueDate(day, day, "1.", "外運", key=f"1-{day}") for day in days)
    assert [event.repeat for event in due_events(PlanPaper("計劃", dues=dues))] == [(7, 10), (7, 10)]


def test_two_alike_are_not_yet_a_repetition() -> None:
    pair = tuple(
        DueDate(START + timedelta(day), START + timedelta(day), "1.", "清掃", key=f"1-{day}") for day in (0, 9)
    )
    assert [event.repeat for event in due_events(PlanPaper("計劃", dues=pair))] == [None, None]
    assert len({event.uid for event in due_events(PlanPaper("計劃", dues=pair))}) == 2


def test_another_zone() -> None:
    (event,) = events(calendar_ics([TIMED], "x", stamped=STAMPED, zone="Asia/Taipei"))
    assert event["dtstart"].dt == TIMED.start
    assert event["dtstart"].params["TZID"] == "Asia/Taipei"
