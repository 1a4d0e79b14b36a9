"""How it was computed, down to each bill."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from .batch import Periods, kept_days, mean_degrees
from .bills import Period
from .model import Line
from .prepare import Prepared, station_of
from .settings import Settings
from .weather import BALANCE_POINTS, Weather, day_of

_Two = tuple[float | None, float | None]


def lines(
    each: Prepared, row: Mapping[str, object] | None, weather: Weather | None, choose: Settings
) -> tuple[tuple[Line, ...], tuple[Period, ...], tuple[Period, ...]]:
    """One line for every period of both years, and the periods with what weather took away."""
    found: list[Line] = []
    judged: list[tuple[Period, ...]] = []
    for part, own in (("before", each.before), ("after", each.after)):
        here = replace(choose, clip_days=choose.clip_days if part == "before" else 0)
        made, after = _part(part, own, each, row, weather=weather, choose=here)
        found += made
        judged.append(after)
    return tuple(found), judged[0], judged[1]


def _part(
    part: str,
    own: Sequence[Period],
    each: Prepared,
    row: Mapping[str, object] | None,
    *,
    weather: Weather | None,
    choose: Settings,
) -> tuple[list[Line], tuple[Period, ...]]:
    station = station_of(each.meter, weather)
    if weather is None or station is None or not own:
        return [_line(part, period, 0, (None, None), None) for period in own], tuple(own)
    flat = _flat(own, weather.index[station])
    kept = kept_days(flat, weather, choose)
    points = [_point(row, name) for name in ("heating", "cooling")]
    degrees = [
        mean_degrees(flat, np.full(len(own), point), name, weather, choose)
        for point, name in zip(points, ("heating", "cooling"), strict=True)
    ]
    made, judged = [], []
    for index, period in enumerate(own):
        here = period
        if kept[index] == 0 and not period.reason:
            here = replace(period, reason="weather-missing", rule="2.2.3.2")
        judged.append(here)
        warm = float(degrees[0][index]) if points[0] >= 0 and kept[index] else None
        cool = float(degrees[1][index]) if points[1] >= 0 and kept[index] else None
        expected = _expected(row, here.days, warm, cool) if kept[index] else None
        made.append(_line(part, here, int(kept[index]), (warm, cool), expected))
    return made, tuple(judged)


def _flat(own: Sequence[Period], station: int) -> Periods:
    count = len(own)
    return Periods(
        1,
        np.zeros(count, dtype=np.int64),
        np.full(count, station, dtype=np.int64),
        np.array([period.start for period in own], dtype=np.int64),
        np.array([period.end for period in own], dtype=np.int64),
        np.zeros(count),
    )


def _point(row: Mapping[str, object] | None, name: str) -> int:
    value = row[f"{name}_point"] if row else None
    return int(np.searchsorted(BALANCE_POINTS, value)) if isinstance(value, float) else -1


def _expected(row: Mapping[str, object] | None, days: int, warm: float | None, cool: float | None) -> float | None:
    if row is None or not isinstance(base := row["intercept"], float):
        return None
    slopes = [value if isinstance(value := row[f"beta_{name}"], float) else 0.0 for name in ("heating", "cooling")]
    return days * (base + slopes[0] * (warm or 0.0) + slopes[1] * (cool or 0.0))


def _line(part: str, period: Period, kept: int, degrees: _Two, expected: float | None) -> Line:
    return Line(
        part=part,
        start=day_of(period.start),
        end=day_of(period.end),
        use=period.use,
        days=period.days,
        days_kept=kept,
        heating_days=None if degrees[0] is None else degrees[0] / 1.8,
        cooling_days=None if degrees[1] is None else degrees[1] / 1.8,
        expected=expected,
        reason=period.reason,
        rule=period.rule,
        sources=tuple(bill.source for bill in period.bills if bill.source),
    )
