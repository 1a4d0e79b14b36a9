"""RecordBatch in, RecordBatch out: the one computation that a single meter, DuckDB and Spark all use.

A row is a meter with the lists of its periods: `base_*` before and `post_*` after. Days are days since 1970, an end is
the day after the last; a use that is null or NaN is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import nan
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from .kernel import FIRST_HEATING, MODELS, Block, Fits, degrees, fit
from .settings import Settings
from .student import two_sided_t
from .weather import BALANCE_POINTS, Floats, Truths, Weather, Whole

_PERIODS = [("start", pa.list_(pa.int32())), ("end", pa.list_(pa.int32())), ("use", pa.list_(pa.float64()))]
METERS = pa.schema(
    [("meter", pa.string()), ("station", pa.string()), ("cooling", pa.bool_())]
    + [(f"{part}_{name}", kind) for part in ("base", "post") for name, kind in _PERIODS]
)
_NUMBERS = (
    "heating_point",
    "cooling_point",
    "intercept",
    "beta_heating",
    "beta_cooling",
    "r2_adjusted",
    "rmse",
    "cvrmse",
    "autocorrelation",
    "counterfactual",
    "observed",
    "saving",
    "band",
)
RESULTS = pa.schema(
    [("meter", pa.string()), ("status", pa.string()), ("model", pa.string())]
    + [(name, pa.int32()) for name in ("candidate", "ties", "base_periods", "post_periods", "base_days", "post_days")]
    + [(name, pa.float64()) for name in _NUMBERS]
)


@dataclass(frozen=True)
class Periods:
    """Periods of many meters one after another; `meter` is the row of each."""

    meters: int
    meter: Whole
    station: Whole
    start: Whole
    end: Whole
    use: Floats

    def only(self, which: Truths) -> "Periods":
        """Those alone."""
        parts = (self.meter, self.station, self.start, self.end, self.use)
        return Periods(self.meters, *(part[which] for part in parts))  # type: ignore[arg-type]  # arrays, one for each field

    @property
    def days(self) -> Whole:
        """Length of every period."""
        return self.end - self.start

    def count(self) -> Whole:
        """Periods of every meter."""
        return np.bincount(self.meter, minlength=self.meters)

    def total(self, values: Floats | Whole) -> Floats:
        """Sums by meter, added one after another."""
        return np.bincount(self.meter, values, minlength=self.meters).astype(np.float64)


Engine = Callable[[Periods, Truths, Weather, Settings], Fits]


def compute(
    batch: pa.RecordBatch, weather: Weather, settings: Settings, engine: Engine | None = None
) -> pa.RecordBatch:
    """Fit and saving of every meter of a batch."""
    cooling = np.asarray(batch.column("cooling").to_numpy(zero_copy_only=False), dtype=np.bool_)
    station = _stations(batch.column("station"), weather)
    base_all, post_all = _periods(batch, "base", station), _periods(batch, "post", station)
    base = base_all.only(usable(base_all, weather, settings))
    fits = (engine or by_numpy)(base, cooling, weather, settings)
    post_usable = usable(post_all, weather, _unclipped(settings))
    if settings.parity:  # the reference wants no weather of a model that does not look at it
        flat = (fits.heating < 0) & (fits.cooling < 0)
        post_usable |= flat[post_all.meter] & np.isfinite(post_all.use)
    post = post_all.only(post_usable)
    columns = _columns(base, post, post_all, fits, weather=weather, settings=settings)
    status = np.select(
        [base.count() == 0, fits.candidate < 0, post.count() == 0], ["no-baseline", "no-model", "no-reporting"], "ok"
    )
    arrays = [batch.column("meter").cast(pa.string()), pa.array(status), pa.array(_models(fits), pa.string())]
    for field in RESULTS:
        if field.name in columns:
            values = columns[field.name]
            mask = ~np.isfinite(values) if values.dtype.kind == "f" else None
            arrays.append(pa.array(values, field.type, mask=mask))
    return pa.RecordBatch.from_arrays(arrays, schema=RESULTS)


def by_numpy(base: Periods, cooling: Truths, weather: Weather, settings: Settings) -> Fits:
    """The NumPy engine: blocks of meters with equally many periods."""
    counts = base.count()
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    kept = np.zeros(base.meters, dtype=np.int64)
    found = Fits(kept - 1, kept.copy(), *(np.full(base.meters, nan) for _ in range(4)))
    for periods in np.unique(counts[counts > 0]):
        for with_cooling in (False, True):
            rows = np.flatnonzero((counts == periods) & (cooling == with_cooling))
            size = max(1, min(48, 2400 // int(periods)))
            for begin in range(0, len(rows), size):
                part = rows[begin : begin + size]
                where = first[part][:, None] + np.arange(periods)
                _put(found, part, _block(base, where, weather, settings, bool(with_cooling)))
    return found


def _block(base: Periods, where: Whole, weather: Weather, settings: Settings, cooling: bool) -> Fits:
    block = Block(base.station[where[:, 0]], base.start[where], base.end[where], base.use[where])
    found = degrees(block, weather, settings)
    per_day = block.use / (block.end - block.start)
    days = found.kept if settings.method == "billing" else np.ones_like(found.kept)
    return fit(days.astype(np.float64), per_day, found, cooling=cooling, settings=settings)


def _put(found: Fits, rows: Whole, part: Fits) -> None:
    for name in ("candidate", "ties", "intercept", "beta_heating", "beta_cooling", "r2"):
        getattr(found, name)[rows] = getattr(part, name)


def _unclipped(settings: Settings) -> Settings:
    return replace(settings, clip_days=0) if settings.clip_days else settings


def _stations(column: pa.Array, weather: Weather) -> Whole:
    names = column.cast(pa.string()).dictionary_encode()
    known = np.array([weather.index.get(name, -1) for name in names.dictionary.to_pylist()] or [-1], dtype=np.int64)
    at: Whole = names.indices.fill_null(0).to_numpy(zero_copy_only=False)
    return known[at]


def _periods(batch: pa.RecordBatch, part: str, station: Whole) -> Periods:
    lists = [batch.column(f"{part}_{name}") for name in ("start", "end", "use")]
    lengths = [np.diff(each.offsets.to_numpy()) for each in lists]
    if not all(np.array_equal(lengths[0], each) for each in lengths):
        raise ValueError(f"the lists {part}_* of a meter are not equally long")
    meter = np.repeat(np.arange(batch.num_rows), lengths[0])
    start, end = (each.flatten().to_numpy(zero_copy_only=False).astype(np.int64) for each in lists[:2])
    use = lists[2].flatten().cast(pa.float64()).to_numpy(zero_copy_only=False)
    return Periods(batch.num_rows, meter, station[meter], start, end, use)


def usable(periods: Periods, weather: Weather, settings: Settings) -> Truths:
    """Whether a period has a use and enough weather."""
    kept = kept_days(periods, weather, settings)
    return np.isfinite(periods.use) & (kept > 0) & (periods.station >= 0) & (periods.days > 0)


def kept_days(periods: Periods, weather: Weather, settings: Settings) -> Whole:
    """Days of a period with a temperature, 0 where less than the wanted share of its hours was read (2.2.3.2)."""
    _, begin_at, end_at, end = _span(periods, weather, settings)
    at = np.maximum(periods.station, 0)
    kept = weather.kept[at, end_at] - weather.kept[at, begin_at]
    hours = weather.hours[at, end_at] - weather.hours[at, begin_at]
    outside = (end - periods.start) - (end_at - begin_at)
    wanted = weather.wanted[at, end_at] - weather.wanted[at, begin_at] + 24 * outside
    return np.where(hours >= settings.least_coverage * wanted, kept, 0)


def _span(periods: Periods, weather: Weather, settings: Settings) -> tuple[Whole, Whole, Whole, Whole]:
    first, last = weather.first, weather.first + weather.days
    end = np.minimum(periods.end, periods.start + settings.clip_days) if settings.clip_days else periods.end
    return periods.station, np.clip(periods.start, first, last) - first, np.clip(end, first, last) - first, end


def mean_degrees(periods: Periods, point: Whole, kind: str, weather: Weather, settings: Settings) -> Floats:
    """Mean degree-days per kept day at one balance point for each period; 0 where `point` is −1."""
    station, begin_at, end_at, _ = _span(periods, weather, settings)
    sums = weather.heating if kind == "heating" else weather.cooling
    kept = np.maximum(kept_days(periods, weather, settings), 1)
    return np.where(point >= 0, (sums[station, end_at, point] - sums[station, begin_at, point]) / kept, 0.0)


def predicted(periods: Periods, fits: Fits, weather: Weather, settings: Settings) -> Floats:
    """What the model says for every period: n·(μ + β_H·HDD + β_C·CDD), 3.6.1."""
    at = periods.meter
    warm = mean_degrees(periods, fits.heating[at], "heating", weather, settings)
    cool = mean_degrees(periods, fits.cooling[at], "cooling", weather, settings)
    per_day = fits.intercept[at] + fits.beta_heating[at] * warm + fits.beta_cooling[at] * cool
    return per_day * periods.days


def _models(fits: Fits) -> list[str | None]:
    kind = (fits.heating >= 0) + 2 * (fits.cooling >= 0)
    return [MODELS[index] if good else None for index, good in zip(kind, fits.candidate >= 0, strict=True)]


def _columns(
    base: Periods, post: Periods, post_all: Periods, fits: Fits, *, weather: Weather, settings: Settings
) -> dict[str, npt.NDArray[Any]]:
    residual = predicted(base, fits, weather, settings) - base.use
    expected = predicted(post, fits, weather, _unclipped(settings))
    counts, slopes = base.count(), (fits.heating >= 0).astype(np.int64) + (fits.cooling >= 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        rmse = np.sqrt(base.total(residual * residual) / (counts - slopes))
        mean = base.total(np.abs(base.use)) / counts
        autocorrelation = _autocorrelation(base, residual)
        counterfactual, observed = post.total(expected), post.total(post.use)
    none = (fits.candidate < 0) | (post.count() == 0)
    counterfactual[none] = nan
    found = {
        "candidate": fits.candidate,
        "ties": fits.ties,
        "base_periods": counts,
        "post_periods": post.count(),
        "base_days": base.total(base.days).astype(np.int64),
        "post_days": post.total(post.days).astype(np.int64),
        "heating_point": np.where(fits.heating >= 0, BALANCE_POINTS[fits.heating], nan),
        "cooling_point": np.where(fits.cooling >= 0, BALANCE_POINTS[fits.cooling], nan),
        "intercept": fits.intercept,
        "beta_heating": np.where(fits.heating >= 0, fits.beta_heating, nan),
        "beta_cooling": np.where(fits.cooling >= 0, fits.beta_cooling, nan),
        "r2_adjusted": fits.r2,
        "rmse": rmse,
        "cvrmse": rmse / mean,
        "autocorrelation": autocorrelation,
        "counterfactual": counterfactual,
        "observed": np.where(post.count() > 0, observed, nan),
        "saving": counterfactual - observed,
    }
    found["band"] = _band(found, base, post, post_all, slopes=slopes, mean=mean, settings=settings)
    return found


def _autocorrelation(base: Periods, residual: Floats) -> Floats:
    """Pearson's correlation of neighbouring residuals."""
    if len(residual) < 2:
        return np.full(base.meters, nan)
    same = base.meter[1:] == base.meter[:-1]
    left, right, meter = residual[:-1][same], residual[1:][same], base.meter[1:][same]
    count = np.bincount(meter, minlength=base.meters)

    def total(values: Floats) -> Floats:
        return np.bincount(meter, values, minlength=base.meters).astype(np.float64)

    left = left - (total(left) / count)[meter]
    right = right - (total(right) / count)[meter]
    return total(left * right) / np.sqrt(total(left * left) * total(right * right))


def _band(
    found: dict[str, npt.NDArray[Any]],
    base: Periods,
    post: Periods,
    post_all: Periods,
    *,
    slopes: Whole,
    mean: Floats,
    settings: Settings,
) -> Floats:
    """Half the width of the band of the total saving after ASHRAE 14 and CalTRACK 4.3.2."""
    counts = base.count()
    quantity, months = _length(post, post_all, settings)
    rho = found["autocorrelation"]
    a, b, c = (-0.00022, 0.03306, 0.94054) if settings.method == "billing" else (-0.00024, 0.03535, 1.00286)
    degrees_left = counts - slopes
    table = {int(each): two_sided_t(settings.confidence, int(each)) for each in np.unique(degrees_left)}
    t = np.array([table[int(each)] for each in degrees_left])
    scale = found["counterfactual"] if settings.band_of == "counterfactual" else mean * counts
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = counts * (1 - rho) / (1 + rho)
        spread = np.sqrt((counts / effective) * (1 + 2 / effective) / quantity)
        band: Floats = np.abs(scale) * (t * (a * months**2 + b * months + c) * found["cvrmse"] * spread)
    band[np.isnan(found["counterfactual"]) | (np.abs(rho) == 1) | ~np.isfinite(band)] = nan
    return band


def _length(post: Periods, post_all: Periods, settings: Settings) -> tuple[Floats, Floats]:
    """Periods and months reported. The reference counts months for both, of the span rather than of what was usable."""
    if not settings.parity:
        return post.count().astype(np.float64), post.total(post.days) / 30.4375
    if settings.method == "daily":
        return post.count().astype(np.float64), post.count() / 30.0
    last, first = np.zeros(post.meters, dtype=np.int64), np.full(post.meters, np.iinfo(np.int64).max)
    np.maximum.at(last, post_all.meter, post_all.end)
    np.minimum.at(first, post_all.meter, post_all.start)
    months = np.rint(np.where(last > 0, last - first, 0) / 30.0)
    return months, months


__all__ = ["FIRST_HEATING", "METERS", "RESULTS", "Engine", "Periods", "compute"]
