"""The figures of an office are counted ahead by the worker: they are sums over a year, and the page says of when.

They are derived: what is lost is counted again, by the worker or by whoever asks first.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import caches

from qingli.catalogue import Catalogue
from qingli.ground.queries import UnitView, offices_above
from qingli.insight.city import CityFigures, city_figures
from qingli.insight.periods import HalfYear, half_year_of

AGE = timedelta(hours=2)
"""Older figures are shown no more. The worker counts every hour."""
_SHAPE = "1"  # of what is kept; another one when `CityFigures` changes


@dataclass(frozen=True, slots=True)
class Kept:
    """Figures, and when they were counted."""

    figures: CityFigures
    counted_at: datetime


def kept_figures(unit: UnitView, period: HalfYear, *, today: date, catalogue: Catalogue, at: datetime) -> Kept:
    """`city_figures`, as they were counted in the last two hours before `at`, else counted now."""
    found = caches["figures"].get(_key(unit, period, today))
    if isinstance(found, Kept) and timedelta(0) <= at - found.counted_at < AGE:
        return found
    return _count(unit, period, today=today, catalogue=catalogue, at=at)


def count_ahead(*, at: datetime, local_day: Callable[[UnitView], date], catalogue: Catalogue) -> int:
    """Count the running half-year of every unit that lies above communities; how many units there are."""
    offices = offices_above()
    for unit in offices:
        today = local_day(unit)
        _count(unit, half_year_of(today), today=today, catalogue=catalogue, at=at)
    return len(offices)


def _count(unit: UnitView, period: HalfYear, *, today: date, catalogue: Catalogue, at: datetime) -> Kept:
    fresh = Kept(city_figures(unit, period, today=today, catalogue=catalogue), at)
    caches["figures"].set(_key(unit, period, today), fresh, AGE.total_seconds())
    return fresh


def _key(unit: UnitView, period: HalfYear, today: date) -> str:
    said = f"{_SHAPE} {unit.id} {period.year}-{period.half} {today}"
    return hashlib.sha256(said.encode()).hexdigest()
