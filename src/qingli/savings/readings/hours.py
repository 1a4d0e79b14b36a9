"""Times of day as hours since 1970, UTC. An hour that a clock change repeats is told apart where the file does."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ..weather import day_of
from .cells import CellError, text_of
from .tables import Cell

_CLOCK = re.compile(r"[T ](\d{1,2})(:\d{2})?(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$")


def moment_of(cell: Cell, zone: str) -> int | None:
    """The hour of a time; none where the cell is a plain day."""
    if isinstance(cell, datetime):
        return None if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else _hour(cell, zone)
    if isinstance(cell, date) or cell is None:
        return None
    text = text_of(cell)
    return _of_text(text, zone) if _CLOCK.search(text) else None


@lru_cache(maxsize=1024)
def _of_text(text: str, zone: str) -> int:
    plain = text.replace("/", "-").replace("T24:", "T00:+").replace(" 24:", " 00:+")
    later = "+:" in plain or "00:+" in plain
    try:
        moment = datetime.fromisoformat(plain.replace("00:+", "00:"))
    except ValueError:
        raise CellError("not-a-date") from None
    return _hour(moment + timedelta(days=1 if later else 0), zone)


def _hour(moment: datetime, zone: str) -> int:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    return int(aware.astimezone(UTC).timestamp()) // 3600


@lru_cache(maxsize=4096)
def offset_hours(day: int, zone: str) -> int:
    """By how many hours the zone is ahead of UTC at the start of a day."""
    moment = datetime.combine(day_of(day), datetime.min.time(), ZoneInfo(zone))
    offset = moment.utcoffset()
    return int(offset.total_seconds()) // 3600 if offset else 0


@lru_cache(maxsize=65536)
def is_repeated(hour: int, zone: str) -> bool:
    """Whether the local time of this hour comes again in the next, since clocks are set back."""
    place = ZoneInfo(zone)
    now, then = (datetime.fromtimestamp(each * 3600, UTC).astimezone(place) for each in (hour, hour + 1))
    return now.replace(tzinfo=None) == then.replace(tzinfo=None)
