"""Weather as the kernel wants it: daily means, and running sums of degree-days for every balance point."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

BALANCE_POINTS = np.arange(30, 91, dtype=np.float64)  # °F, CalTRACK 3.2.1: 30 to 90 in steps of 1
EPOCH = date(1970, 1, 1).toordinal()
_HOURS = 24


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """The day with that number."""
    return date.fromordinal(int(number) + EPOCH)


def fahrenheit(celsius: Floats) -> Floats:
    """The same temperatures in °F, in which the method has its balance points."""
    return celsius * 1.8 + 32.0


@dataclass(frozen=True)
class Station:
    """Daily mean temperatures of one place in °F, from day `first` on; NaN where too few hours were read."""

    name: str
    first: int
    means: Floats
    hours: Whole  # hours with a reading, by day
    wanted: Whole  # hours that the day has: 23 or 25 when clocks change

    @property
    def last(self) -> int:
        """The day after the last."""
        return self.first + len(self.means)

    @property
    def digest(self) -> str:
        """A hash of everything in it."""
        parts = (self.first.to_bytes(8, "big", signed=True), self.means.tobytes(), self.hours.tobytes())
        return sha256(b"".join(parts)).hexdigest()


class Weather:
    """Stations with the running sums that make any bill's degree-days a subtraction."""

    def __init__(self, stations: Iterable[Station]) -> None:
        self.stations = tuple(stations)
        self.index: Mapping[str, int] = {station.name: index for index, station in enumerate(self.stations)}
        self.first = min((station.first for station in self.stations), default=0)
        self.days = max((station.last for station in self.stations), default=0) - self.first
        shape = (len(self.stations), self.days + 1)
        self.heating = np.zeros((*shape, len(BALANCE_POINTS)))
        self.cooling = np.zeros((*shape, len(BALANCE_POINTS)))
        self.kept = np.zeros(shape, dtype=np.int64)
        self.hours = np.zeros(shape, dtype=np.int64)
        self.wanted = np.zeros(shape, dtype=np.int64)
        for index, station in enumerate(self.stations):
            self._add(index, station)

    def _add(self, index: int, station: Station) -> None:
        offset = station.first - self.first
        means, hours, wanted = np.full(self.days, np.nan), np.zeros(self.days), np.full(self.days, _HOURS)
        inside = slice(offset, offset + len(station.means))
        means[inside], hours[inside], wanted[inside] = station.means, station.hours, station.wanted
        known = np.isfinite(means)
        away = np.where(known, means, 0.0)[:, None] - BALANCE_POINTS
        away[~known] = 0.0
        np.cumsum(np.maximum(-away, 0.0), axis=0, out=self.heating[index, 1:])
        np.cumsum(np.maximum(away, 0.0), axis=0, out=self.cooling[index, 1:])
        np.cumsum(known, out=self.kept[index, 1:])
        np.cumsum(hours, out=self.hours[index, 1:], dtype=np.int64)
        np.cumsum(wanted, out=self.wanted[index, 1:], dtype=np.int64)

    @property
    def digest(self) -> str:
        """A hash of all stations."""
        return sha256("".join(f"{s.name}\0{s.digest}" for s in self.stations).encode()).hexdigest()


def station_from_hours(
    name: str,
    moments: Whole,
    celsius: Floats,
    *,
    zone: str = "UTC",
    most_hours_missing: int = 6,
    least_share: float = 0.5,
) -> Station:
    """Daily means at local midnight (CalTRACK 3.3.3.5) from hourly readings; `moments` are seconds since 1970, UTC.

    Gaps of up to six hours are filled by a straight line (2.2.4.1); a day needs more than half of its hours (2.2.3.3).
    """
    hours = moments // 3600
    first, last = int(hours.min()), int(hours.max()) + 1
    series, count = np.zeros(last - first), np.zeros(last - first)
    known = np.isfinite(celsius)
    np.add.at(series, hours[known] - first, celsius[known])
    np.add.at(count, hours[known] - first, 1)
    series = np.divide(series, count, out=np.full(len(series), np.nan), where=count > 0)
    if most_hours_missing:
        series = _bridged(series, most_hours_missing)
    days = _local_days(first, last, zone)
    return _station(name, days, fahrenheit(series), least_share, zone)


def station_from_days(name: str, days: Whole, celsius: Floats) -> Station:
    """The same from daily means, such as a weather bureau's yearly file; days that are not in it are missing."""
    first, last = int(days.min()), int(days.max()) + 1
    means, hours = np.full(last - first, np.nan), np.zeros(last - first, dtype=np.int64)
    means[days - first] = fahrenheit(celsius)
    hours[days - first] = np.where(np.isfinite(celsius), _HOURS, 0)
    return Station(name, first, means, hours, np.full(last - first, _HOURS, dtype=np.int64))


def station_from_blocks(name: str, first_hour: int, values: Floats, *, least_share: float = 0.5) -> Station:
    """Blocks of 24 hours from `first_hour` on (hours since 1970) as the reference takes them; °F, nothing is filled."""
    hours = np.arange(first_hour, first_hour + len(values))
    return _station(name, (hours - first_hour) // _HOURS + first_hour // _HOURS, values, least_share, "UTC")


def _bridged(series: Floats, longest: int) -> Floats:
    known = np.flatnonzero(np.isfinite(series))
    if len(known) < 2:
        return series
    filled = series.copy()
    for left in np.flatnonzero((np.diff(known) > 1) & (np.diff(known) <= longest + 1)):
        begin, end = known[left], known[left + 1]
        filled[begin : end + 1] = np.linspace(series[begin], series[end], end - begin + 1)
    return filled


def _local_days(first: int, last: int, zone: str) -> Whole:
    """The local day of every hour. Zones change their offset on few days, so one look per day finds them all."""
    hours = np.arange(first, last)
    place = ZoneInfo(zone)
    found = np.empty(len(hours), dtype=np.int64)
    for begin in range(0, len(hours), _HOURS):
        part = hours[begin : begin + _HOURS]
        ends = [_offset(int(hour), place) for hour in (part[0], part[-1])]
        if ends[0] == ends[1]:
            found[begin : begin + _HOURS] = (part * 3600 + ends[0]) // 86400
        else:
            found[begin : begin + _HOURS] = [(int(h) * 3600 + _offset(int(h), place)) // 86400 for h in part]
    return found


def _offset(hour: int, place: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(hour * 3600, UTC).astimezone(place).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _station(name: str, days: Whole, values: Floats, least_share: float, zone: str) -> Station:
    first, size = int(days[0]), int(days[-1] - days[0]) + 1
    known = np.isfinite(values)
    sums = np.bincount(days - first, np.where(known, values, 0.0), minlength=size)
    hours = np.bincount(days - first, known, minlength=size).astype(np.int64)
    wanted = np.bincount(days - first, minlength=size)
    if zone != "UTC" or size > 1:  # the first and the last day of a file may be cut: they want their whole length
        wanted[[0, -1]] = np.maximum(wanted[[0, -1]], _HOURS)
    enough = hours > least_share * wanted
    means = np.divide(sums, hours, out=np.full(size, np.nan), where=enough & (hours > 0))
    return Station(name, first, means, hours, wanted.astype(np.int64))
