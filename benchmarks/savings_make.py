"""Invented meters for the trials of savings: every one with its own reading days, weather of eight places."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from qingli.savings.stream import ROWS
from qingli.savings.weather import Station, Weather, station_from_days

FIRST, DAYS, BILLS = 18_628, 830, 24  # from 1 January 2021
PLACES = 8
_AT_ONCE = 50_000


def weather() -> Weather:
    """Eight places from cold to warm."""
    rng = np.random.default_rng(5)
    days = np.arange(FIRST, FIRST + DAYS)
    season = np.cos(2 * np.pi * (days - FIRST - 20) / 365.25)
    stations: list[Station] = []
    for place in range(PLACES):
        celsius = 8 + 2.2 * place - (13 - place) * season + rng.normal(0, 3, DAYS)
        stations.append(station_from_days(f"place {place}", days, celsius))
    return Weather(stations)


def write(path: Path, meters: int, *, shuffled: bool = False) -> None:
    """`meters` × 24 bills of 28 to 33 days, three quarters electricity; half before the change and half after."""
    place = weather()
    rng = np.random.default_rng(7)
    with pq.ParquetWriter(path, ROWS, compression="zstd") as writer:
        for begin in range(0, meters, _AT_ONCE):
            table = _rows(np.arange(begin, min(begin + _AT_ONCE, meters)), place, rng)
            if shuffled:
                table = table.take(pa.array(rng.permutation(table.num_rows)))
            writer.write_table(table)


def _rows(numbers: "np.ndarray[tuple[int], np.dtype[np.int64]]", place: Weather, rng: np.random.Generator) -> pa.Table:
    count = len(numbers)
    edges = rng.integers(0, 31, count)[:, None] + np.concatenate(
        [np.zeros((count, 1), dtype=np.int64), np.cumsum(rng.integers(28, 34, (count, BILLS)), axis=1)], axis=1
    )
    start, end = edges[:, :-1], edges[:, 1:]
    station, cooling = rng.integers(0, PLACES, count), rng.random(count) < 0.75
    days = end - start
    below, above = rng.integers(18, 36, count), rng.integers(32, 46, count)  # indices of 48…65 and 62…75 °F
    where = station[:, None]
    warm = place.heating[where, end, below[:, None]] - place.heating[where, start, below[:, None]]
    cold = place.cooling[where, end, above[:, None]] - place.cooling[where, start, above[:, None]]
    heats = np.where(cooling, rng.random(count) < 0.5, True) * rng.uniform(0.05, 1.5, count)
    cools = cooling * (rng.random(count) < 0.85) * rng.uniform(0.05, 1.5, count)
    use = rng.uniform(3, 20, count)[:, None] * days + heats[:, None] * warm + cools[:, None] * cold
    use = use * np.exp(rng.normal(0, 0.08, use.shape))
    after = np.broadcast_to(np.arange(BILLS) >= BILLS // 2, use.shape)
    use = np.where(after, use * rng.uniform(0.8, 1.05, count)[:, None], use)
    return pa.table(
        {
            "meter": np.repeat(np.char.add("m", np.char.zfill(numbers.astype(str), 8)), BILLS),
            "station": np.repeat(np.char.add("place ", station.astype(str)), BILLS),
            "cooling": np.repeat(cooling, BILLS),
            "after": after.ravel(),
            "start": (start + FIRST).ravel().astype(np.int32),
            "end": (end + FIRST).ravel().astype(np.int32),
            "use": np.round(use, 2).ravel(),
        },
        schema=ROWS,
    )
