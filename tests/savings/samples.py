"""Invented weather and meters."""

from datetime import date, timedelta

import numpy as np

from qingli.savings import Bill, Meter, Weather
from qingli.savings.weather import day_number, station_from_days

FIRST = day_number(date(2021, 1, 1))


def weather(days: int = 1900, *, seed: int = 1, name: str = "here") -> Weather:
    """Five years of a subtropical place."""
    rng = np.random.default_rng(seed)
    numbers = np.arange(FIRST, FIRST + days)
    celsius = 21 - 8 * np.cos(2 * np.pi * (numbers - FIRST - 20) / 365.25) + rng.normal(0, 2.5, days)
    return Weather([station_from_days(name, numbers, celsius)])


def monthly(
    place: Weather,
    *,
    name: str = "hall",
    kind: str = "electricity",
    saved: float = 0.0,
    since: date = date(2024, 1, 1),
    until: date = date(2025, 1, 1),
    begin: date = date(2021, 1, 1),
    noise: float = 0.04,
    seed: int = 0,
) -> Meter:
    """Calendar months of a building that cools above 24 °C and heats below 15 °C."""
    rng = np.random.default_rng(seed)
    celsius = (place.stations[0].means - 32) / 1.8
    bills, day = [], begin
    while day < until:
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        span = slice(day_number(day) - place.first, day_number(after) - place.first)
        load = 20 + 2.0 * np.maximum(celsius[span] - 24, 0) + 1.2 * np.maximum(15 - celsius[span], 0)
        use = float(load.sum()) * float(rng.normal(1, noise)) * (1 - saved if day >= since else 1)
        bills.append(Bill(day_number(day), day_number(after), round(use, 1)))
        day = after
    return Meter(name, kind, tuple(bills))


def months(first: date, count: int) -> list[tuple[date, date]]:
    """Calendar months from `first` on."""
    found = []
    for _ in range(count):
        after = (first + timedelta(days=32)).replace(day=1)
        found.append((first, after))
        first = after
    return found
