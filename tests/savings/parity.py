"""Meters of the oracle as the kernel wants them, and what eemeter 3.2.0 made of them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from qingli.savings.batch import METERS, compute
from qingli.savings.bills import Bill, reference_periods
from qingli.savings.settings import settings
from qingli.savings.student import two_sided_t
from qingli.savings.weather import Weather, day_number, station_from_blocks

FOLDER = Path(__file__).parent / "oracle"
FIRST_HOUR = int(datetime(2020, 12, 1, tzinfo=UTC).timestamp()) // 3600
COMPARED = ("intercept", "rmse", "autocorrelation", "counterfactual", "observed", "saving", "band")
Row = dict[str, Any]


def weather() -> Weather:
    """Every station in blocks from midnight and from six, and for daily meters as the reference reads it."""
    stations = []
    for name, column in pq.read_table(FOLDER / "hourly.parquet").to_pydict().items():
        values = np.array([np.nan if each is None else each / 10 for each in column])
        stations += [station_from_blocks(f"{name} {hour}", FIRST_HOUR + hour, values[hour:]) for hour in (0, 6)]
        stations.append(station_from_blocks(f"{name} daily", FIRST_HOUR, values, least_share=0))
    return Weather(stations)


def meters() -> dict[str, list[Row]]:
    """Rows for the kernel by method."""
    found: dict[str, list[Row]] = {"billing": [], "daily": []}
    rows = pq.read_table(FOLDER / "bills.parquet").to_pylist()
    for name, group in groupby(rows, key=lambda row: row["meter"]):
        mine = list(group)
        style, hour = mine[0]["style"], mine[0]["start"].hour
        kind = {"bimonthly": "bimonthly", "daily": "daily"}.get(style, "monthly")
        parts = [[_bill(row) for row in mine if row["reporting"] == late] for late in (False, True)]
        before, after = (reference_periods(part, kind=kind) for part in parts)
        before = [period for period in before if period.start >= after[0].start - 365]
        row = {
            "meter": name,
            "station": f"{mine[0]['station']} {'daily' if style == 'daily' else hour}",
            "cooling": mine[0]["kind"] != "gas",
        }
        for part, periods in (("base", before), ("post", after)):
            row[f"{part}_start"] = [period.start for period in periods]
            row[f"{part}_end"] = [period.end for period in periods]
            row[f"{part}_use"] = [period.use for period in periods]
        found["daily" if style == "daily" else "billing"].append(row)
    return found


def _bill(row: Row) -> Bill:
    value = row["value"]
    start, end = (day_number(date(moment.year, moment.month, moment.day)) for moment in (row["start"], row["end"]))
    return Bill(start, end, value if value is not None and isfinite(value) else None, row["estimated"])


@dataclass
class Parity:
    """The comparison, meter by meter."""

    counts: Counter[str] = field(default_factory=Counter)
    tied: list[tuple[str, float]] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    worst: dict[str, tuple[float, str]] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)

    def take(self, ours: Row, theirs: Row) -> None:
        """One meter."""
        points = [(ours[f"{name}_point"], _none(theirs[f"{name}_balance_point"])) for name in ("heating", "cooling")]
        if ours["model"] == theirs["model"] and all(one == other for one, other in points):
            self.counts["same balance points"] += 1
            self._numbers(ours, theirs)
        elif abs(ours["r2_adjusted"] - theirs["r2"]) < 1e-11:
            self.counts["tied"] += 1
            self.tied.append((ours["meter"], abs(ours["r2_adjusted"] - theirs["r2"])))
        else:
            self.different.append(ours["meter"])
        if (ours["base_periods"], ours["post_periods"]) != (theirs["rows"], theirs["periods"]):
            self.different.append(ours["meter"])

    def _numbers(self, ours: Row, theirs: Row) -> None:
        exact = two_sided(theirs)
        for name in COMPARED:
            one, other = ours[name], _none(theirs[name])
            if name == "band":
                noise = 1e-8 * theirs["counterfactual"]
                if (one or 0.0) < noise and (other or 0.0) < noise:
                    self.counts["fits without any error: both bands are noise"] += 1
                    continue
                other = other and other * exact / theirs["t"]
            if one is None or other is None:
                self.different += [ours["meter"]] if one is not other and name != "autocorrelation" else []
                continue
            # of a correlation near zero only its distance tells something
            gap = abs(one - other) / (1.0 if name == "autocorrelation" else abs(other))
            if gap > self.worst.get(name, (-1.0, ""))[0]:
                self.worst[name] = gap, ours["meter"]


def two_sided(theirs: Row) -> float:
    """The t that belongs to the reference's degrees of freedom."""
    slopes = {"cdd_hdd": 2, "intercept_only": 0}.get(theirs["model"], 1)
    return two_sided_t(0.9, int(theirs["rows"]) - slopes)


def _none(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None


def compare() -> Parity:
    """All meters."""
    expected = {row["meter"]: row for row in pq.read_table(FOLDER / "expected.parquet").to_pylist()}
    found, place = Parity(), weather()
    for method, rows in meters().items():
        choose = settings("daily" if method == "daily" else "billing", parity=True)
        for row in compute(pa.RecordBatch.from_pylist(rows, METERS), place, choose).to_pylist():
            theirs = expected[row["meter"]]
            assert theirs["status"] == "SUCCESS"
            found.kinds[f"{method}, {theirs['model']}"] += 1
            found.take(row, theirs)
    return found


def report(found: Parity) -> str:
    """The comparison in words and figures."""
    total = sum(found.kinds.values())
    lines = [
        "# Parity with eemeter 3.2.0",
        "",
        f"{total} meters. " + ", ".join(f"{k}: {v}" for k, v in found.counts.items()),
    ]
    lines += [
        "",
        "| method, model | meters |",
        "|---|---|",
        *(f"| {k} | {v} |" for k, v in sorted(found.kinds.items())),
    ]
    lines += ["", "| quantity | largest difference | at |", "|---|---|---|"]
    lines += [f"| {name} | {gap:.1e} | {meter} |" for name, (gap, meter) in found.worst.items()]
    lines += ["", "Tied (ΔR²): " + ", ".join(f"{meter} {gap:.0e}" for meter, gap in found.tied)]
    return "\n".join([*lines, ""])
