"""The only place that reads the clock. Faces, commands and the worker ask it; rooms are told the time."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, aware, in UTC.

    `QINGLI_CLOCK_FILE` names a file with an ISO 8601 moment that stands in for the present: half a year can be
    walked through in minutes. Only rehearsals and tests set it; `qingli doctor` warns where it is set.
    """
    path = os.environ.get("QINGLI_CLOCK_FILE")
    if path and (text := _read(Path(path))):
        return datetime.fromisoformat(text).astimezone(UTC)
    return machine()


def machine() -> datetime:
    """The machine's own time, whatever stands in for the present: for leases, heartbeats and the age of files."""
    return datetime.now(UTC)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def today(zone: str) -> date:
    """What day it is now in a time zone, such as "Asia/Shanghai"."""
    return now().astimezone(ZoneInfo(zone)).date()
