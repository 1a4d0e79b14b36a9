"""The figures of a city are counted anew at most every ten minutes: they are sums over months, and a page says of when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock

from qingli.catalogue import Catalogue
from qingli.ground.queries import UnitView
from qingli.insight.city import CityFigures, city_figures
from qingli.insight.periods import HalfYear

AGE = timedelta(minutes=10)
MOST = 200  # units and half-years that are kept at once


@dataclass(frozen=True, slots=True)
class Kept:
    """Figures, and when they were counted."""

    figures: CityFigures
    counted_at: datetime


_kept: dict[tuple[str, HalfYear, date], Kept] = {}
_lock = Lock()


def kept_figures(unit: UnitView, period: HalfYear, *, today: date, catalogue: Catalogue, at: datetime) -> Kept:
    """`city_figures`, as they were counted in the last ten minutes before `at`, else counted now."""
    key = (unit.path, period, today)
    found = _kept.get(key)
    if found is not None and timedelta(0) <= at - found.counted_at < AGE:
        return found
    fresh = Kept(city_figures(unit, period, today=today, catalogue=catalogue), at)
    with _lock:
        for old in [one for one, kept in _kept.items() if abs(at - kept.counted_at) >= AGE]:
            _kept.pop(old, None)
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = fresh
    return fresh


def forget() -> None:
    """Count everything anew from now on."""
    with _lock:
        _kept.clear()
