"""The same kernel compiled by Numba (the extra `fast`): the same candidates, masks and tie rule, meter by meter."""

import numpy as np
from numba import njit

from .batch import Periods, kept_days
from .kernel import (
    CANDIDATES,
    FIRST_COOLING,
    FIRST_HEATING,
    FIRST_PAIR,
    PAIR_COOLING,
    PAIR_HEATING,
    POINTS,
    SINGULAR,
    Fits,
)
from .settings import TIE, Settings
from .weather import Floats, Truths, Weather, Whole


def by_numba(base: Periods, cooling: Truths, weather: Weather, settings: Settings) -> Fits:
    """The compiled engine, for `compute(…, engine=by_numba)`."""
    first, last = weather.first, weather.first + weather.days
    end = np.minimum(base.end, base.start + settings.clip_days) if settings.clip_days else base.end
    kept = kept_days(base, weather, settings)
    offsets = np.concatenate([[0], np.cumsum(base.count())])
    found = Fits(
        np.full(base.meters, -1, dtype=np.int64),
        np.zeros(base.meters, dtype=np.int64),
        *(np.full(base.meters, np.nan) for _ in range(4)),
    )
    _fit_all(
        offsets,
        base.station,
        np.clip(base.start, first, last) - first,
        np.clip(end, first, last) - first,
        kept,
        kept.astype(np.float64) if settings.method == "billing" else np.ones(len(kept)),
        base.use / base.days,
        weather.heating,
        weather.cooling,
        cooling,
        settings.positive,
        settings.inside_range,
        settings.least_total,
        settings.least_days,
        found.candidate,
        found.ties,
        found.intercept,
        found.beta_heating,
        found.beta_cooling,
        found.r2,
    )
    return found


@njit(cache=True, error_model="numpy", nogil=True)
def _fit_all(
    offsets: Whole,
    station: Whole,
    begin_at: Whole,
    end_at: Whole,
    kept: Whole,
    days: Floats,
    per_day: Floats,
    sums_h: Floats,
    sums_c: Floats,
    cooling: Truths,
    positive: bool,
    inside: bool,
    least_total: float,
    least_days: int,
    candidate: Whole,
    ties: Whole,
    intercept: Floats,
    beta_h: Floats,
    beta_c: Floats,
    r2: Floats,
) -> None:
    longest = 1
    for meter in range(len(offsets) - 1):
        longest = max(longest, offsets[meter + 1] - offsets[meter])
    h, c = np.empty((longest, POINTS)), np.empty((longest, POINTS))
    scores = np.empty(CANDIDATES)
    for meter in range(len(offsets) - 1):
        begin, end = offsets[meter], offsets[meter + 1]
        if end == begin:
            continue
        place = station[begin]
        for period in range(begin, end):
            row = period - begin
            for point in range(POINTS):
                h[row, point] = (sums_h[place, end_at[period], point] - sums_h[place, begin_at[period], point]) / kept[
                    period
                ]
                c[row, point] = (sums_c[place, end_at[period], point] - sums_c[place, begin_at[period], point]) / kept[
                    period
                ]
        best, tied, values = _fit_one(
            h[: end - begin],
            c[: end - begin],
            days[begin:end],
            per_day[begin:end],
            scores,
            cooling[meter],
            positive,
            inside,
            least_total,
            least_days,
        )
        candidate[meter], ties[meter] = best, tied
        if best >= 0:
            intercept[meter], beta_h[meter], beta_c[meter], r2[meter] = values


@njit(cache=True, error_model="numpy")
def _fit_one(
    h: Floats,
    c: Floats,
    days: Floats,
    per_day: Floats,
    scores: Floats,
    cooling: bool,
    positive: bool,
    inside: bool,
    least_total: float,
    least_days: int,
) -> tuple[int, int, tuple[float, float, float, float]]:
    periods = len(days)
    total = days.sum()
    mean_y, mean_h, mean_c = 0.0, np.zeros(POINTS), np.zeros(POINTS)
    total_h, total_c = np.zeros(POINTS), np.zeros(POINTS)
    some_h, some_c = np.zeros(POINTS, np.int64), np.zeros(POINTS, np.int64)
    for row in range(periods):
        weight = days[row] / total
        mean_y += weight * per_day[row]
        for point in range(POINTS):
            mean_h[point] += weight * h[row, point]
            mean_c[point] += weight * c[row, point]
            total_h[point] += days[row] * h[row, point]
            total_c[point] += days[row] * c[row, point]
            some_h[point] += h[row, point] > 0
            some_c[point] += c[row, point] > 0
    open_h, open_c = np.zeros(POINTS, np.bool_), np.zeros(POINTS, np.bool_)
    for point in range(POINTS):
        open_h[point] = (
            total_h[point] >= least_total and some_h[point] >= least_days and (not inside or total_c[point] > 0)
        )
        open_c[point] = (
            cooling
            and total_c[point] >= least_total
            and some_c[point] >= least_days
            and (not inside or total_h[point] > 0)
        )
    yy = 0.0
    hy, cy, hh, cc = np.zeros(POINTS), np.zeros(POINTS), np.zeros(POINTS), np.zeros(POINTS)
    hc = np.zeros((POINTS, POINTS))
    away_c = np.empty(POINTS)
    for row in range(periods):
        weight, y = days[row] / total, per_day[row] - mean_y
        yy += weight * y * y
        for point in range(POINTS):
            away_h = h[row, point] - mean_h[point]
            away_c[point] = c[row, point] - mean_c[point]
            hy[point] += weight * away_h * y
            hh[point] += weight * away_h * away_h
            cy[point] += weight * away_c[point] * y
            cc[point] += weight * away_c[point] * away_c[point]
        if cooling and periods > 3:
            for warm in range(POINTS):
                if open_h[warm]:
                    heavy = weight * (h[row, warm] - mean_h[warm])
                    for cold in range(warm, POINTS):
                        hc[warm, cold] += heavy * away_c[cold]
    scores[:] = -np.inf
    if mean_y > 0 or (mean_y >= 0 and not positive):
        scores[0] = 0.0
    if yy > 0:
        _score(scores, yy, mean_y, hy, hh, mean_h, open_h, FIRST_HEATING, periods, positive)
        if cooling:
            _score(scores, yy, mean_y, cy, cc, mean_c, open_c, FIRST_COOLING, periods, positive)
            if periods > 3:
                _score_pairs(scores, yy, mean_y, hy, cy, hh, cc, hc, mean_h, mean_c, open_h, open_c, periods, positive)
    best = scores.max()
    if not np.isfinite(best):
        return -1, 0, (np.nan, np.nan, np.nan, np.nan)
    found, tied = -1, 0
    for index in range(CANDIDATES):
        if scores[index] >= best - TIE:
            tied += 1
            if found < 0:
                found = index
    return found, tied, _values(found, best, mean_y, hy, cy, hh, cc, hc, mean_h, mean_c)


@njit(cache=True, error_model="numpy")
def _score(
    scores: Floats,
    yy: float,
    mean_y: float,
    sxy: Floats,
    sxx: Floats,
    mean: Floats,
    may: Truths,
    first: int,
    periods: int,
    positive: bool,
) -> None:
    if periods < 3:
        return
    ratio = (periods - 1) / (periods - 2)
    for point in range(POINTS):
        if not may[point] or sxx[point] <= 0:
            continue
        slope = sxy[point] / sxx[point]
        base = mean_y - slope * mean[point]
        if (slope > 0 and base > 0) or (not positive and slope >= 0 and base >= 0):
            scores[first + point] = 1 - (1 - slope * sxy[point] / yy) * ratio


@njit(cache=True, error_model="numpy")
def _score_pairs(
    scores: Floats,
    yy: float,
    mean_y: float,
    hy: Floats,
    cy: Floats,
    hh: Floats,
    cc: Floats,
    hc: Floats,
    mean_h: Floats,
    mean_c: Floats,
    open_h: Truths,
    open_c: Truths,
    periods: int,
    positive: bool,
) -> None:
    ratio = (periods - 1) / (periods - 3)
    index = FIRST_PAIR - 1
    for cold in range(POINTS):
        for warm in range(cold + 1):
            index += 1
            if not (open_h[warm] and open_c[cold]):
                continue
            cross, whole = hc[warm, cold], hh[warm] * cc[cold]
            rest = whole - cross * cross
            if rest <= SINGULAR * whole:
                continue
            slope_h = (hy[warm] * cc[cold] - cy[cold] * cross) / rest
            slope_c = (cy[cold] * hh[warm] - hy[warm] * cross) / rest
            base = mean_y - slope_h * mean_h[warm] - slope_c * mean_c[cold]
            lowest = min(slope_h, slope_c, base)
            if lowest > 0 or (not positive and lowest >= 0):
                scores[index] = 1 - (1 - (slope_h * hy[warm] + slope_c * cy[cold]) / yy) * ratio


@njit(cache=True, error_model="numpy")
def _values(
    found: int,
    best: float,
    mean_y: float,
    hy: Floats,
    cy: Floats,
    hh: Floats,
    cc: Floats,
    hc: Floats,
    mean_h: Floats,
    mean_c: Floats,
) -> tuple[float, float, float, float]:
    if found == 0:
        return mean_y, 0.0, 0.0, best
    if found < FIRST_COOLING:
        warm = found - FIRST_HEATING
        slope = hy[warm] / hh[warm]
        return mean_y - slope * mean_h[warm], slope, 0.0, best
    if found < FIRST_PAIR:
        cold = found - FIRST_COOLING
        slope = cy[cold] / cc[cold]
        return mean_y - slope * mean_c[cold], 0.0, slope, best
    warm, cold = PAIR_HEATING[found - FIRST_PAIR], PAIR_COOLING[found - FIRST_PAIR]
    rest = hh[warm] * cc[cold] - hc[warm, cold] * hc[warm, cold]
    slope_h = (hy[warm] * cc[cold] - cy[cold] * hc[warm, cold]) / rest
    slope_c = (cy[cold] * hh[warm] - hy[warm] * hc[warm, cold]) / rest
    return mean_y - slope_h * mean_h[warm] - slope_c * mean_c[cold], slope_h, slope_c, best
