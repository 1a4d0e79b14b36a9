"""Calendar files (RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

from qingli.papers.values import CalendarEvent

_PRODUCT = "-//Qingli//Qingli//ZH"


def calendar_ics(
    events: Sequence[CalendarEvent],
    name: str,
    *,
    stamped: datetime,
    zone: str = "Asia/Shanghai",
    refresh_hours: int = 12,
) -> bytes:
    """A calendar file of `events`, called `name`, with local times in `zone`. `stamped` (aware) is when it was made."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", timedelta(hours=refresh_hours), parameters={"VALUE": "DURATION"})
    local = ZoneInfo(zone)
    if any(isinstance(event.start, datetime) for event in events):
        calendar.add_component(Timezone.from_tzinfo(local, zone, last_date=date(stamped.year + 5, 1, 1)))
    for event in events:
        calendar.add_component(_event(event, local, stamped.astimezone(UTC)))
    return bytes(calendar.to_ical())


def _event(event: CalendarEvent, local: ZoneInfo, stamped: datetime) -> Event:
    entry = Event()
    entry.add("uid", event.uid)
    entry.add("dtstamp", stamped)
    entry.add("summary", event.summary)
    if isinstance(event.start, datetime) and isinstance(event.end, datetime):
        entry.add("dtstart", event.start.astimezone(local))
        entry.add("dtend", event.end.astimezone(local))
    else:
        entry.add("dtstart", _day(event.start))
        entry.add("dtend", _day(event.end) + timedelta(days=1))  # the end of an all-day event is the day after
        entry.add("transp", "TRANSPARENT")
    for field, value in (("description", event.description), ("location", event.location), ("url", event.url)):
        if value:
            entry.add(field, value)
    if event.repeat is not None:
        interval, count = event.repeat
        entry.add("rrule", {"freq": "daily", "interval": interval, "count": count})
    if event.alarm_days is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event.summary)
        alarm.add("trigger", timedelta(days=-event.alarm_days))
        entry.add_component(alarm)
    return entry


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
