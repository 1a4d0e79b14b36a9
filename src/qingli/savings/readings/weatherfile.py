"""Temperatures from a file: hourly or daily, of one station or of many."""

from pathlib import Path

import numpy as np

from ..weather import Station, Weather, station_from_days, station_from_hours
from .cells import CellError, day_of_cell, number_of, text_of
from .hours import is_repeated, moment_of, offset_hours
from .tables import Cell, FileError, load, tables

_TIME = frozenset(
    ["date", "day", "time", "timestamp", "datetime", "日期", "時間", "时间", "觀測時間", "观测时间", "ts"]
)
_TEMPERATURE = (
    "temperature",
    "temp",
    "air_temperature",
    "tavg",
    "tmean",
    "氣溫",
    "气温",
    "溫度",
    "温度",
    "平均氣溫",
    "平均气温",
    "均溫",
    "日均温",
)
_STATION = frozenset(["station", "station id", "測站", "测站", "氣象站", "气象站", "站名"])
_FAHRENHEIT = ("°f", "(f)", "_f", "華氏", "华氏", "fahrenheit")


def read_weather(
    source: Path | str | bytes, *, zone: str = "Asia/Taipei", encoding: str | None = None, least_days: int = 1
) -> Weather:
    """Stations from a CSV or Excel file with a time, a temperature and perhaps a station.

    Times with an offset are moments, times without are local in `zone`. A temperature outside −90…60 °C is refused,
    since it is another unit or a broken sensor; an empty one is missing.
    """
    data = load(Path(source) if isinstance(source, str) else source)
    for table in tables(data, encoding=encoding):
        rows = iter(table.rows)
        for _, head in zip(range(30), rows, strict=False):
            columns = _columns(head[1])
            if columns:
                found = _Rows(columns, zone)
                for number, row in rows:
                    found.take(number, row)
                return Weather(found.stations(least_days))
    raise FileError("no-head")


def _columns(head: list[Cell]) -> dict[str, int] | None:
    names = [text_of(cell).lower() for cell in head]
    found: dict[str, int] = {}
    for index, name in enumerate(names):
        if name in _TIME and "time" not in found:
            found["time"] = index
        elif name.startswith(_TEMPERATURE) and "temperature" not in found:
            found["temperature"] = index
            found["fahrenheit"] = int(any(mark in name for mark in _FAHRENHEIT))
        elif name in _STATION:
            found["station"] = index
    return found if "time" in found and "temperature" in found else None


class _Rows:
    """Temperatures as they are read."""

    def __init__(self, columns: dict[str, int], zone: str) -> None:
        self.columns, self.zone = columns, zone
        self.days: dict[str, dict[int, float]] = {}
        self.hours: dict[str, dict[int, float]] = {}

    def take(self, number: int, row: list[Cell]) -> None:
        """One row."""
        if all(cell is None or cell == "" for cell in row):
            return
        time, station = self._cell(row, "time"), text_of(self._cell(row, "station")) or "1"
        try:
            value = number_of(self._cell(row, "temperature"))
            if value is not None and self.columns["fahrenheit"]:
                value = (value - 32) / 1.8
            if value is not None and not -90 <= value <= 60:
                raise CellError("temperature-out-of-range")
            hour = moment_of(time, self.zone)
            if hour is None:
                day, _ = day_of_cell(time, self.zone, "")
                self._put(self.days.setdefault(station, {}), day, value)
            else:
                self._put(self.hours.setdefault(station, {}), hour, value, hourly=True)
        except CellError as error:
            raise FileError("weather-row", row=number, why=error.code) from error

    def _cell(self, row: list[Cell], role: str) -> Cell:
        index = self.columns.get(role)
        return row[index] if index is not None and index < len(row) else None

    def _put(self, into: dict[int, float], key: int, value: float | None, *, hourly: bool = False) -> None:
        if value is None:
            return
        if key in into and hourly and is_repeated(key, self.zone) and key + 1 not in into:
            key += 1  # the hour that a clock change repeats
        if key in into and into[key] != value:
            raise CellError("conflict")
        into[key] = value

    def stations(self, least_days: int) -> list[Station]:
        """What was gathered, as stations."""
        found = []
        for name in dict.fromkeys([*self.hours, *self.days]):
            hours, days = self.hours.get(name, {}), self.days.get(name, {})
            if len(hours) > len(days):  # midnights of an hourly file look like days
                both = {**{day * 24 - offset_hours(day, self.zone): value for day, value in days.items()}, **hours}
                moments = np.array(sorted(both), dtype=np.int64)
                values = np.array([both[int(moment)] for moment in moments])
                found.append(station_from_hours(name, moments * 3600, values, zone=self.zone))
            elif len(days) >= least_days:
                order = np.array(sorted(days), dtype=np.int64)
                found.append(station_from_days(name, order, np.array([days[int(day)] for day in order])))
        if not found:
            raise FileError("no-temperatures")
        return found
