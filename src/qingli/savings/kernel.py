"""The kernel in NumPy: every candidate of CalTRACK 2.0 for a block of meters with equally many periods.

Weighted least squares in closed form on centred sums. Meters are computed at their own number of periods, without
padding, so that a meter's result does not depend, to the last bit, on what lies beside it.
"""

from dataclasses import dataclass

import numpy as np

from .settings import TIE, Settings
from .weather import BALANCE_POINTS, Floats, Truths, Weather, Whole

POINTS = len(BALANCE_POINTS)
# Order of the reference: intercept; heating 30…90; cooling 30…90; pairs with cooling outside, heating inside.
PAIR_COOLING = np.repeat(np.arange(POINTS), np.arange(1, POINTS + 1))
PAIR_HEATING = np.concatenate([np.arange(count) for count in range(1, POINTS + 1)])
FLAT_PAIRS = PAIR_HEATING * POINTS + PAIR_COOLING
FIRST_HEATING, FIRST_COOLING, FIRST_PAIR = 1, 1 + POINTS, 1 + 2 * POINTS
CANDIDATES = FIRST_PAIR + len(FLAT_PAIRS)
MODELS = ("intercept_only", "hdd_only", "cdd_only", "cdd_hdd")
SINGULAR = 1e-10  # pairs whose degree-days tell one and the same thing are not tried


@dataclass(frozen=True)
class Block:
    """Meters with the same number of periods; arrays are meter × period."""

    station: Whole
    start: Whole
    end: Whole
    use: Floats


@dataclass(frozen=True)
class Fits:
    """The chosen candidate of every meter; `candidate` is −1 where none qualified."""

    candidate: Whole
    ties: Whole
    intercept: Floats
    beta_heating: Floats
    beta_cooling: Floats
    r2: Floats

    @property
    def heating(self) -> Whole:
        """Index of the heating balance point, −1 without."""
        single = (self.candidate >= FIRST_HEATING) & (self.candidate < FIRST_COOLING)
        pair = self.candidate >= FIRST_PAIR
        found = PAIR_HEATING[np.where(pair, self.candidate - FIRST_PAIR, 0)]
        return np.where(pair, found, np.where(single, self.candidate - FIRST_HEATING, -1))

    @property
    def cooling(self) -> Whole:
        """Index of the cooling balance point, −1 without."""
        single = (self.candidate >= FIRST_COOLING) & (self.candidate < FIRST_PAIR)
        pair = self.candidate >= FIRST_PAIR
        found = PAIR_COOLING[np.where(pair, self.candidate - FIRST_PAIR, 0)]
        return np.where(pair, found, np.where(single, self.candidate - FIRST_COOLING, -1))


@dataclass(frozen=True)
class Degrees:
    """Mean degree-days per kept day (°F), meter × period × balance point, and the days kept; 0 days: not usable."""

    heating: Floats
    cooling: Floats
    kept: Whole


def degrees(block: Block, weather: Weather, settings: Settings) -> Degrees:
    """Degree-days of every period, CalTRACK 3.3.4 and 3.3.5, from days with enough hours only."""
    first, last = weather.first, weather.first + weather.days
    end = np.minimum(block.end, block.start + settings.clip_days) if settings.clip_days else block.end
    begin_at, end_at = np.clip(block.start, first, last) - first, np.clip(end, first, last) - first
    station = block.station[:, None]
    kept = weather.kept[station, end_at] - weather.kept[station, begin_at]
    hours = weather.hours[station, end_at] - weather.hours[station, begin_at]
    outside = (end - block.start) - (end_at - begin_at)
    wanted = weather.wanted[station, end_at] - weather.wanted[station, begin_at] + 24 * outside
    kept = np.where((hours >= settings.least_coverage * wanted) & (block.end > block.start), kept, 0)
    count = np.maximum(kept, 1)[:, :, None]
    heating = (weather.heating[station, end_at] - weather.heating[station, begin_at]) / count
    cooling = (weather.cooling[station, end_at] - weather.cooling[station, begin_at]) / count
    return Degrees(heating, cooling, kept)


@dataclass(frozen=True)
class _Sums:
    """Weighted means and centred sums of squares of use (y), heating (h) and cooling (c) degree-days."""

    y: Floats
    h: Floats
    c: Floats
    yy: Floats
    hy: Floats
    cy: Floats
    hh: Floats
    cc: Floats
    hc: Floats


def fit(days: Floats, per_day: Floats, found: Degrees, *, cooling: bool, settings: Settings) -> Fits:
    """The best candidate of every meter. `days` are the weights (3.4.2); every period must be usable."""
    sums = _sums(days / days.sum(axis=1, keepdims=True), per_day, found)
    open_h, open_c = _attempted(days, found, cooling, settings)
    periods = per_day.shape[1]
    scores = np.full((len(per_day), CANDIDATES if cooling else FIRST_COOLING), -np.inf)
    scores[:, 0] = np.where(sums.y > 0 if settings.positive else sums.y >= 0, 0.0, -np.inf)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if periods > 2:
            scores[:, FIRST_HEATING:FIRST_COOLING] = _single(sums, "h", open_h, periods, settings)
        if periods > 2 and cooling:
            scores[:, FIRST_COOLING:FIRST_PAIR] = _single(sums, "c", open_c, periods, settings)
        if periods > 3 and cooling:
            scores[:, FIRST_PAIR:] = _pairs(sums, open_h, open_c, periods, settings)
    scores[:, 1:][sums.yy <= 0] = -np.inf
    best = scores.max(axis=1)
    level = scores >= (best - TIE)[:, None]
    candidate = np.where(np.isfinite(best), level.argmax(axis=1), -1)
    return _chosen(sums, candidate, np.where(candidate < 0, 0, level.sum(axis=1)), best)


def _sums(weights: Floats, per_day: Floats, found: Degrees) -> _Sums:
    y = (weights * per_day).sum(axis=1)
    use = (per_day - y[:, None])[:, :, None]
    heavy = weights[:, :, None]
    h, c = (heavy * found.heating).sum(axis=1), (heavy * found.cooling).sum(axis=1)
    away_h, away_c = found.heating - h[:, None], found.cooling - c[:, None]
    heavy_h, heavy_c = heavy * away_h, heavy * away_c
    return _Sums(
        y=y,
        h=h,
        c=c,
        yy=(heavy * use * use).sum(axis=(1, 2)),
        hy=(heavy_h * use).sum(axis=1),
        cy=(heavy_c * use).sum(axis=1),
        hh=(heavy_h * away_h).sum(axis=1),
        cc=(heavy_c * away_c).sum(axis=1),
        hc=np.matmul(heavy_h.transpose(0, 2, 1), away_c),
    )


def _attempted(days: Floats, found: Degrees, cooling: bool, settings: Settings) -> tuple[Truths, Truths]:
    """Which balance points have enough degree-days (3.2.2.2) and, where asked, lie inside the temperatures seen."""
    total_h = (days[:, :, None] * found.heating).sum(axis=1)
    total_c = (days[:, :, None] * found.cooling).sum(axis=1)
    open_h, open_c = total_h >= settings.least_total, total_c >= settings.least_total
    if settings.least_days:
        open_h &= (found.heating > 0).sum(axis=1) >= settings.least_days
        open_c &= (found.cooling > 0).sum(axis=1) >= settings.least_days
    if settings.inside_range:
        open_h, open_c = open_h & (total_c > 0), open_c & (total_h > 0)
    return open_h, open_c & cooling


def _single(sums: _Sums, kind: str, may: Truths, periods: int, settings: Settings) -> Floats:
    mean, sxy, sxx = (sums.h, sums.hy, sums.hh) if kind == "h" else (sums.c, sums.cy, sums.cc)
    slope = sxy / sxx
    base = sums.y[:, None] - slope * mean
    fine = may & (sxx > 0) & _positive(slope, settings) & _positive(base, settings)
    return np.where(fine, _adjusted(slope * sxy / sums.yy[:, None], periods, 1), -np.inf)


def _pairs(sums: _Sums, open_h: Truths, open_c: Truths, periods: int, settings: Settings) -> Floats:
    hc = sums.hc.reshape(len(sums.y), -1)[:, FLAT_PAIRS]
    hh, cc = sums.hh[:, PAIR_HEATING], sums.cc[:, PAIR_COOLING]
    hy, cy = sums.hy[:, PAIR_HEATING], sums.cy[:, PAIR_COOLING]
    whole = hh * cc
    rest = whole - hc * hc
    slope_h, slope_c = (hy * cc - cy * hc) / rest, (cy * hh - hy * hc) / rest
    base = sums.y[:, None] - slope_h * sums.h[:, PAIR_HEATING] - slope_c * sums.c[:, PAIR_COOLING]
    fine = open_h[:, PAIR_HEATING] & open_c[:, PAIR_COOLING] & (rest > SINGULAR * whole)
    fine &= _positive(slope_h, settings) & _positive(slope_c, settings) & _positive(base, settings)
    explained = (slope_h * hy + slope_c * cy) / sums.yy[:, None]
    return np.where(fine, _adjusted(explained, periods, 2), -np.inf)


def _positive(value: Floats, settings: Settings) -> Truths:
    return value > 0 if settings.positive else value >= 0


def _adjusted(explained: Floats, periods: int, slopes: int) -> Floats:
    return 1 - (1 - explained) * ((periods - 1) / (periods - slopes - 1))


def _chosen(sums: _Sums, candidate: Whole, ties: Whole, best: Floats) -> Fits:
    """Slopes and intercept of the chosen candidates alone."""
    draft = Fits(candidate, ties, best, best, best, best)
    row = np.arange(len(candidate))
    h, c = draft.heating, draft.cooling
    hy, hh, hc = sums.hy[row, h], sums.hh[row, h], sums.hc[row, h, c]
    cy, cc = sums.cy[row, c], sums.cc[row, c]
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = hh * cc - hc * hc
        pair = (h >= 0) & (c >= 0)
        slope_h = np.where(pair, (hy * cc - cy * hc) / rest, np.where(h >= 0, hy / hh, 0.0))
        slope_c = np.where(pair, (cy * hh - hy * hc) / rest, np.where(c >= 0, cy / cc, 0.0))
    base = sums.y - slope_h * sums.h[row, h] - slope_c * sums.c[row, c]
    fitted = candidate >= 0
    return Fits(
        candidate=candidate,
        ties=ties,
        intercept=np.where(fitted, base, np.nan),
        beta_heating=slope_h,
        beta_cooling=slope_c,
        r2=np.where(fitted, best, np.nan),
    )
