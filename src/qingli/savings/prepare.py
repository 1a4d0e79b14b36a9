"""From meters to rows for the kernel: windows, usable periods, placebo years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from .batch import METERS, compute
from .bills import Bill, Period, cadence, periods, reference_periods
from .model import WEATHERED, Event, Meter
from .placebo import Outcome
from .plain import same_dates
from .settings import Settings
from .weather import Weather, day_number
from .windows import Windows, latest_change, placebo_changes, windows

LEAST_DAYS = 327  # of a year that is to count as one
COOLED = ("electricity",)  # kinds that may carry cooling; gas and the like have no cooling candidates (3.2)


@dataclass(frozen=True)
class Prepared:
    """A meter with its year before and its year after."""

    meter: Meter
    cadence: str
    change: int
    done: int
    windows: Windows
    before: tuple[Period, ...]
    after: tuple[Period, ...]
    events: tuple[Event, ...]

    @property
    def daily(self) -> bool:
        """Whether the daily method is meant for it."""
        return self.cadence == "daily"

    @property
    def calibrated_as(self) -> str:
        """Bands of days and of bills are learnt apart."""
        return f"{self.meter.kind} by day" if self.daily else self.meter.kind

    def row(self, station: str, name: str | None = None) -> dict[str, object]:
        """The kernel's row."""
        row: dict[str, object] = {
            "meter": name or self.meter.name,
            "station": station,
            "cooling": self.meter.kind in COOLED,
        }
        for part, found in (("base", self.before), ("post", self.after)):
            row[f"{part}_start"] = [period.start for period in found]
            row[f"{part}_end"] = [period.end for period in found]
            row[f"{part}_use"] = [None if period.reason else period.use for period in found]
        return row


def prepare(
    meter: Meter, *, change: int | None, done: int | None, until: int | None, events: Sequence[Event], parity: bool
) -> Prepared | None:
    """None where there are no bills at all."""
    at = change if change is not None else latest_change(meter.bills)
    if at is None or not meter.bills:
        return None
    mine = tuple(event for event in events if event.meter in ("", meter.name))
    return _cut(meter, at, done if done is not None else at, until, events=mine, parity=parity)


def _cut(
    meter: Meter, change: int, done: int, until: int | None, *, events: tuple[Event, ...], parity: bool
) -> Prepared:
    kind = cadence(meter.bills)
    found = windows(meter.bills, change, max(done, change), until)
    if parity:
        before = reference_periods(found.before, kind=kind) if found.before else []
        after = reference_periods(found.after, kind=kind) if found.after else []
    else:
        before, after = (
            _usable(part, meter, kind, late) for part, late in ((found.before, False), (found.after, True))
        )
    return Prepared(meter, kind, change, done, found, _without(before, events), _without(after, events), events)


def _usable(bills: Sequence[Bill], meter: Meter, kind: str, reporting: bool) -> list[Period]:
    return periods(bills, kind=kind, zero_is_missing=meter.kind == "electricity", reporting=reporting)


def _without(found: Iterable[Period], events: Sequence[Event]) -> tuple[Period, ...]:
    spans = [(day_number(event.start), day_number(event.end)) for event in events]
    return tuple(
        replace(period, reason="non-routine", rule="3.5")
        if not period.reason and any(first < period.end and period.start < last for first, last in spans)
        else period
        for period in found
    )


def station_of(meter: Meter, weather: Weather | None) -> str | None:
    """The weather for a meter: its own station, or the only one there is."""
    if weather is None or meter.kind not in WEATHERED:
        return None
    if meter.station:
        return meter.station if meter.station in weather.index else None
    return weather.stations[0].name if len(weather.stations) == 1 else None


def fitted(
    prepared: Iterable[Prepared], weather: Weather, choose: dict[bool, Settings]
) -> dict[str, dict[str, object]]:
    """The kernel's answer for each meter, by its name."""
    rows: dict[bool, list[dict[str, object]]] = {False: [], True: []}
    for each in prepared:
        station = station_of(each.meter, weather)
        if station is not None:
            rows[each.daily].append(each.row(station))
    found: dict[str, dict[str, object]] = {}
    for daily, part in rows.items():
        if part:
            out = compute(pa.RecordBatch.from_pylist(part, METERS), weather, choose[daily])
            found |= {row["meter"]: row for row in out.to_pylist()}
    return found


def placebo_years(prepared: Sequence[Prepared], weather: Weather | None, choose: dict[bool, Settings]) -> list[Outcome]:
    """What the method would have "saved" in each earlier year of each meter."""
    if weather is None:
        return []
    made, keys = _placebo_rows([each for each in prepared if station_of(each.meter, weather)])
    return _outcomes(made, keys, fitted(made, weather, choose))


def plain_years(prepared: Sequence[Prepared]) -> list[Outcome]:
    """The same for what is compared without weather (water, waste, paper, fuel): each year against the one before."""
    made, keys = _placebo_rows([each for each in prepared if each.meter.kind not in WEATHERED])
    found = []
    for each, (name, anchor) in zip(made, keys, strict=True):
        plain = same_dates(each.before, each.after)
        if plain and plain.share is not None and plain.days >= LEAST_DAYS:
            found.append(Outcome(name, plain_kind(each.meter), anchor, plain.share, 0.0))
    return found


def plain_kind(meter: Meter) -> str:
    """Bands of plain comparisons are learnt apart."""
    return f"{meter.kind}, plain"


def _placebo_rows(prepared: Sequence[Prepared]) -> tuple[list[Prepared], list[tuple[str, int]]]:
    """Every meter's earlier years as if something had been done between them, with their meter and anchor."""
    found, keys = [], []
    for each in prepared:
        history = [bill for bill in each.meter.bills if bill.end <= each.change]
        for anchor in placebo_changes(history, each.change):
            name = f"{each.meter.name}\x00{anchor}"
            found.append(
                _cut(
                    replace(each.meter, name=name, bills=tuple(history)),
                    anchor,
                    anchor,
                    None,
                    events=each.events,
                    parity=False,
                )
            )
            keys.append((each.meter.name, anchor))
    return found, keys


def _outcomes(
    found: Sequence[Prepared], keys: Sequence[tuple[str, int]], results: dict[str, dict[str, object]]
) -> list[Outcome]:
    """What the method "saved" in those years; years that lack data on either side do not count."""
    made = []
    for each, (name, anchor) in zip(found, keys, strict=True):
        row = results.get(each.meter.name)
        if row is None or row["status"] != "ok":
            continue
        expected, saving, scatter = row["counterfactual"], row["saving"], row["cvrmse"]
        assert isinstance(expected, float)
        assert isinstance(saving, float)
        if expected > 0 and isinstance(scatter, float) and _full(each):
            half = row["band"]
            nominal = half / expected if isinstance(half, float) else None
            made.append(Outcome(name, each.calibrated_as, anchor, saving / expected, scatter, nominal))
    return made


def _full(each: Prepared) -> bool:
    return all(
        sum(period.days for period in part if not period.reason and period.use is not None) > LEAST_DAYS
        for part in (each.before, each.after)
    )
