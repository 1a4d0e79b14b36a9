"""The one door: meters and weather in, a report out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import sqrt
from statistics import mean, stdev

from . import placebo
from .bills import Period, periods
from .explain import lines
from .model import Band, Carbon, Compared, Event, Meter, MeterResult, Model, Plain
from .plain import same_dates
from .prepare import Prepared, fitted, placebo_years, plain_kind, plain_years, prepare, station_of
from .report import LEAST_GROUP, Report, no_band, totals
from .settings import Settings, settings
from .student import two_sided_t
from .sufficiency import decisive, rules
from .weather import Weather, day_number, day_of

FactorOf = Callable[[str, int], tuple[Mapping[str, object] | None, str]]  # kind, year → factor or why there is none
Row = Mapping[str, object]


def analyse(
    meters: Iterable[Meter],
    weather: Weather | None = None,
    *,
    change: date | None = None,
    done: date | None = None,
    until: date | None = None,
    events: Sequence[Event] = (),
    comparison: Sequence[str] = (),
    calibration: placebo.Calibration | None = None,
    factor_of: FactorOf | None = None,
    confidence: float = 0.90,
    parity: bool = False,
) -> Report:
    """Savings of every meter since `change`: the year after against what the year before leads one to expect.

    Without `change` the last year is set against the one before. `done` is when the work was finished, if later; bills
    between count on neither side. `comparison` names meters at which nothing was done. A calibration that is given is
    used; else the portfolio's own placebo years, where there are enough, else the one that is delivered.
    """
    given = tuple(meters)
    days = [None if each is None else day_number(each) for each in (change, done, until)]
    prepared = [
        made
        for meter in given
        if (made := prepare(meter, change=days[0], done=days[1], until=days[2], events=events, parity=parity))
    ]
    choose = {
        daily: settings("daily" if daily else "billing", parity=parity, confidence=confidence)
        for daily in (False, True)
    }
    rows = fitted(prepared, weather, choose) if weather else {}
    years = [*placebo_years(prepared, weather, choose), *plain_years(prepared)]
    own = placebo.calibrate(years, confidence, "own")
    bands = _Bands(confidence, own, calibration or placebo.shipped(confidence), years)
    results = [
        _result(each, rows.get(each.meter.name), weather, choose[each.daily], bands=bands, factor_of=factor_of)
        for each in prepared
    ]
    asked = {
        "change": change,
        "done": done,
        "until": until,
        "comparison": tuple(comparison),
        "confidence": confidence,
        "parity": parity,
    }
    return Report(
        results=tuple(_compared(results, frozenset(comparison))),
        totals=totals([result for result in results if result.name not in comparison]),
        settings={each.method: each for each in choose.values()},
        calibration=bands.used,
        meters=given,
        weather=weather,
        events=tuple(events),
        asked=asked,
    )


class _Bands:
    """Which band a meter gets."""

    def __init__(
        self,
        confidence: float,
        own: placebo.Calibration,
        other: placebo.Calibration | None,
        years: Sequence[placebo.Outcome],
    ) -> None:
        self.confidence = confidence
        self.own, self.other = own, other
        self.past: dict[str, list[float]] = {}
        for year in years:
            self.past.setdefault(year.meter, []).append(year.share)
        self.used: placebo.Calibration | None = None

    def band(self, each: Prepared, row: Row, expected: float, nominal: Band) -> Band:
        """Own placebo years before delivered ones, those before the nominal band."""
        scatter = row["cvrmse"]
        past = self.past.get(each.meter.name, [])
        for name, found in (("placebo-own", self.own), ("placebo-shipped", self.other)):
            entry = found.entries.get(each.calibrated_as) if found else None
            width = entry.width(scatter, past) if entry and isinstance(scatter, float) else None
            if found and entry and width is not None:
                self.used = found
                facts = {"pairs": entry.pairs, "meters": entry.meters, "source": found.source, "past": len(past)}
                return Band(width * abs(expected), name, self.confidence, facts)
        return nominal

    def plain_band(self, each: Prepared, plain: Plain) -> Band | None:
        """For what is compared without weather: the portfolio's own placebo years or none."""
        entry = self.own.entries.get(plain_kind(each.meter))
        past = self.past.get(each.meter.name, [])
        width = entry.width(0.0, past) if entry else None
        if entry is None or width is None:
            return None
        self.used = self.own
        facts = {"pairs": entry.pairs, "meters": entry.meters, "source": self.own.source, "past": len(past)}
        return Band(width * plain.before * plain.people_ratio, "placebo-own", self.confidence, facts)


def _result(
    each: Prepared,
    row: Row | None,
    weather: Weather | None,
    choose: Settings,
    *,
    bands: _Bands,
    factor_of: FactorOf | None,
) -> MeterResult:
    detail, before, after = lines(each, row, weather, choose)
    found = rules(each.windows, before, after, row)
    weathered = row is not None and row["status"] == "ok" and not decisive(found)
    years = 1 if station_of(each.meter, weather) else _plain_years(each)
    plain = same_dates(_history(each) if years > 1 else each.before, each.after, years=years, people=_people(each))
    expected = _number(row, "counterfactual") if weathered else None
    observed = _number(row, "observed") if weathered else None
    nominal, band = no_band(choose.confidence, "no-weather"), no_band(choose.confidence, "no-weather")
    if row is not None and expected is not None:
        half = _number(row, "band")
        nominal = Band(half, "nominal" if half is not None else "none", choose.confidence)
        band = nominal if choose.parity else bands.band(each, row, expected, nominal)
    elif plain is not None:
        band = bands.plain_band(each, plain) or band
    saving = expected - observed if expected is not None and observed is not None else None
    return MeterResult(
        name=each.meter.name,
        kind=each.meter.kind,
        unit=each.meter.unit,
        verdict=_verdict(saving, band, plain, weathered),
        change=day_of(each.change),
        plain=plain,
        model=_model(row),
        expected=expected,
        observed=observed,
        saving=saving,
        nominal=nominal,
        band=band,
        compared=None,
        rules=found,
        lines=detail,
        notes=each.meter.notes,
        events=each.events,
        carbon=_carbon(each, saving, factor_of),
    )


def _plain_years(each: Prepared) -> int:
    """Up to three years before (water, waste, paper): as many as there are."""
    first = each.windows.before_span[1] - each.meter.bills[0].start
    return max(1, min(3, first // 360))


def _history(each: Prepared) -> list[Period]:
    early = [bill for bill in each.meter.bills if bill.end <= each.change]
    return periods(early, kind=each.cadence, zero_is_missing=each.meter.kind == "electricity", reporting=True)


def _people(each: Prepared) -> tuple[float | None, float | None]:
    return each.meter.people_before or each.meter.people, each.meter.people


def _number(row: Row | None, name: str) -> float | None:
    value = row[name] if row else None
    return float(value) if isinstance(value, int | float) else None


def _verdict(saving: float | None, band: Band, plain: Plain | None, weathered: bool) -> str:
    if weathered and saving is not None:
        if band.half is None:
            return "unclear"
        if band.kind == "nominal" and abs(saving) > band.half:
            return "formula-less" if saving > 0 else "formula-more"  # such bands are too narrow to prove anything
        return "saved" if saving > band.half else "more" if saving < -band.half else "unclear"
    share = plain.share if plain else None
    if share is None:
        return "insufficient"
    return "plain-less" if share > 0.005 else "plain-more" if share < -0.005 else "plain-same"


def _model(row: Row | None) -> Model | None:
    if row is None or row["model"] is None:
        return None
    point = {name: _number(row, f"{name}_point") for name in ("heating", "cooling")}
    slope = {name: _number(row, f"beta_{name}") for name in ("heating", "cooling")}
    return Model(
        kind=str(row["model"]),
        intercept=_number(row, "intercept") or 0.0,
        heating_point=_celsius(point["heating"]),
        heating_slope=None if slope["heating"] is None else slope["heating"] * 1.8,
        cooling_point=_celsius(point["cooling"]),
        cooling_slope=None if slope["cooling"] is None else slope["cooling"] * 1.8,
        r2_adjusted=_number(row, "r2_adjusted") or 0.0,
        cvrmse=_number(row, "cvrmse") or 0.0,
        rmse=_number(row, "rmse") or 0.0,
        autocorrelation=_number(row, "autocorrelation"),
        periods=int(_number(row, "base_periods") or 0),
        candidate=int(_number(row, "candidate") or 0),
        ties=int(_number(row, "ties") or 0),
    )


def _celsius(value: float | None) -> float | None:
    return None if value is None else (value - 32) / 1.8


def _carbon(each: Prepared, saving: float | None, factor_of: FactorOf | None) -> Carbon:
    if factor_of is None:
        return Carbon(None, None, "no-area")
    if saving is None:
        return Carbon(None, None, "no-saving")
    year = day_of((each.windows.after_span[0] + each.windows.after_span[1]) // 2).year
    factor, why = factor_of(each.meter.kind, year)
    if factor is None:
        return Carbon(None, None, why, year)
    return Carbon(saving * float(str(factor["value"])), factor, "", year)


def _compared(results: Sequence[MeterResult], names: frozenset[str]) -> list[MeterResult]:
    """Take off what happened to the comparison group of the same kind; a group of fewer than five tells nothing."""
    changes: dict[str, list[float]] = {}
    for result in results:
        if result.name in names and result.share is not None:
            changes.setdefault(result.kind, []).append(result.share)
    return [
        result if result.name in names else replace(result, compared=_against(result, changes.get(result.kind, [])))
        for result in results
    ]


def _against(result: MeterResult, shares: Sequence[float]) -> Compared | None:
    if len(shares) < LEAST_GROUP or result.saving is None or not result.expected:
        return None
    change = mean(shares)
    spread = two_sided_t(result.band.confidence, len(shares) - 1) * stdev(shares) / sqrt(len(shares))
    half = None if result.band.half is None else sqrt(result.band.half**2 + (spread * result.expected) ** 2)
    return Compared(len(shares), change, result.saving - change * result.expected, half)
