"""How honest the bands are: years in which nothing was done, on real buildings that the calibration has not seen.

    ./qingli soak savings_placebo --data FOLDER            # split by building: learnt on one half, tried on the other
    ./qingli soak savings_placebo --data FOLDER --score    # the delivered calibration, tried on all of it
    ./qingli soak savings_placebo --data FOLDER --write    # learn the delivered calibration from all of it

FOLDER holds daily_energy.parquet (building, kind, day, kwh, hours, zero_hours) and hourly_temperature.parquet (ts,
air_temperature_c), as the Cambridge estates archive does once it is summed by day.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from statistics import median

import duckdb
import numpy as np

from qingli.savings.bills import Bill
from qingli.savings.model import Meter
from qingli.savings.placebo import SHIPPED, Calibration, Outcome, calibrate, pasts, shipped
from qingli.savings.plain import same_dates
from qingli.savings.prepare import Prepared, placebo_years, prepare
from qingli.savings.settings import settings
from qingli.savings.weather import Weather, station_from_hours

SOURCE = "university buildings in Cambridge, 2000–2022"
LEVELS = (0.8, 0.9, 0.95)
# Days with readings for next to all hours count; a month wants nine days of ten. 0 also stands for missing there.
_MONTHS = """
    WITH days AS (
        SELECT building, kind, day, kwh FROM read_parquet($file)
        WHERE hours >= 23 AND (kind = 'gas' OR zero_hours <= 12)
    ), months AS (
        SELECT building, kind, date_trunc('month', day)::DATE AS first, sum(kwh) AS used, count(*) AS seen
        FROM days GROUP BY ALL
    )
    SELECT building, kind, first - DATE '1970-01-01' AS first_day,
        (first + INTERVAL 1 MONTH)::DATE - DATE '1970-01-01' AS next_day, used, seen
    FROM months WHERE first < DATE '2023-01-01' ORDER BY building, kind, first
"""

_DAYS = """
    SELECT building, kind, day - DATE '1970-01-01' AS number, kwh FROM read_parquet($file)
    WHERE hours >= 23 AND (kind = 'gas' OR zero_hours <= 12) AND day < DATE '2023-01-01' ORDER BY ALL
"""


def weather(folder: Path) -> Weather:
    """The station beside the buildings."""
    found = duckdb.execute(
        "SELECT epoch(ts)::BIGINT AS moment, air_temperature_c AS celsius FROM read_parquet($file) ORDER BY 1",
        {"file": str(folder / "hourly_temperature.parquet")},
    ).fetchnumpy()
    moments, celsius = found["moment"].astype(np.int64), found["celsius"].astype(np.float64)
    return Weather([station_from_hours("station", moments, celsius, zone="Europe/London")])


def meters(folder: Path) -> list[Meter]:
    """Monthly bills of every building and kind; a month with too few days is missing, not small."""
    bills: dict[tuple[str, str], list[Bill]] = {}
    rows = duckdb.execute(_MONTHS, {"file": str(folder / "daily_energy.parquet")}).fetchall()
    for building, kind, first, after, used, seen in rows:
        mine = bills.setdefault((building, kind), [])
        if mine and mine[-1].end < first:
            mine.append(Bill(mine[-1].end, first, None))
        enough = seen >= 0.9 * (after - first)
        mine.append(Bill(first, after, used * (after - first) / seen if enough else None))
    return [Meter(f"{building} {kind}", kind, tuple(mine)) for (building, kind), mine in bills.items()]


def daily_meters(folder: Path) -> list[Meter]:
    """The same by day; a day with too few hours is missing."""
    bills: dict[tuple[str, str], list[Bill]] = {}
    for building, kind, day, used in duckdb.execute(_DAYS, {"file": str(folder / "daily_energy.parquet")}).fetchall():
        mine = bills.setdefault((building, kind), [])
        if mine:
            mine.extend(Bill(gap, gap + 1, None) for gap in range(mine[-1].end, day))
        mine.append(Bill(day, day + 1, used))
    return [Meter(f"{building} {kind}", kind, tuple(mine)) for (building, kind), mine in bills.items()]


def years(found: Sequence[Meter], place: Weather) -> list[Outcome]:
    """Every placebo year of every meter."""
    return placebo_years(
        _prepared(found), place, {daily: settings("daily" if daily else "billing") for daily in (False, True)}
    )


def _prepared(found: Iterable[Meter]) -> list[Prepared]:
    made = []
    for meter in found:
        one = prepare(meter, change=meter.bills[-1].end, done=None, until=None, events=(), parity=False)
        made += [one] if one else []
    return made


def first_half(name: str) -> bool:
    """The half of a building: by its name, so that all of its meters and years are on one side."""
    return sha256(name.split(" ", maxsplit=1)[0].encode()).digest()[0] % 2 == 0


def tried(outcomes: Sequence[Outcome], learnt: Calibration) -> list[tuple[Outcome, float, float]]:
    """Each placebo year with the band from its meter's past, and as if that past were not known."""
    found = []
    for outcome, past in zip(outcomes, pasts(outcomes), strict=True):
        entry = learnt.entries.get(outcome.kind)
        widths = [entry.width(outcome.cvrmse, each) if entry else None for each in (past, [])]
        if widths[0] is not None and widths[1] is not None:
            found.append((outcome, widths[0], widths[1]))
    return found


def show(title: str, found: Sequence[tuple[Outcome, float, float]]) -> None:
    """Coverage and width, by kind and together."""
    print(
        f"\n{title}\n| kind | pairs | meters | held zero | mean ± | median ± | held zero, no past | mean ± | median ± |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for kind in (*sorted({outcome.kind for outcome, _, _ in found}), "bills, all", "by day, all"):
        wanted = {"bills, all": {"electricity", "gas"}, "by day, all": {"electricity by day", "gas by day"}}.get(
            kind, {kind}
        )
        mine = [each for each in found if each[0].kind in wanted]
        cells = []
        for widths in ([width for _, width, _ in mine], [width for _, _, width in mine]):
            held = sum(abs(each[0].share) <= width for each, width in zip(mine, widths, strict=True)) / len(mine)
            cells += [f"{held:.1%}", f"{np.mean(widths):.1%}", f"{median(widths):.1%}"]
        count = len({outcome.meter for outcome, _, _ in mine})
        print(f"| {kind} | {len(mine)} | {count} | " + " | ".join(cells) + " |")


def show_errors(found: Sequence[Meter], place: Weather, outcomes: Sequence[Outcome]) -> None:
    """The error of the method, of the plain comparison, and what the formula's band held."""
    known = {(outcome.meter, outcome.anchor): outcome for outcome in outcomes if not outcome.kind.endswith("by day")}
    plain: dict[str, list[float]] = {}
    ours: dict[str, list[float]] = {}
    for each in _prepared(found):
        for anchor in sorted(anchor for name, anchor in known if name == each.meter.name):
            cut = prepare(each.meter, change=anchor, done=None, until=None, events=(), parity=False)
            same = same_dates(cut.before, cut.after) if cut else None
            if same and same.share is not None:
                plain.setdefault(each.meter.kind, []).append(abs(same.share))
                ours.setdefault(each.meter.kind, []).append(abs(known[each.meter.name, anchor].share))
    print("\n| kind | pairs | median error | plain | 90 % of errors below | plain | the formula's band held |")
    print("|---|---|---|---|---|---|---|")
    for kind in sorted(plain):
        cells = [median(ours[kind]), median(plain[kind]), np.quantile(ours[kind], 0.9), np.quantile(plain[kind], 0.9)]
        formula = [each for each in known.values() if each.kind == kind and each.nominal is not None]
        cells.append(sum(abs(each.share) <= (each.nominal or 0.0) for each in formula) / len(formula))
        print(f"| {kind} | {len(plain[kind])} | " + " | ".join(f"{cell:.1%}" for cell in cells) + " |")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--score", action="store_true")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    found, place = meters(arguments.data), weather(arguments.data)
    outcomes = years(found, place) + years(daily_meters(arguments.data), place)
    print(f"{len(found)} meters, {len(outcomes)} placebo years")
    if arguments.write:
        SHIPPED.mkdir(exist_ok=True)
        for level in LEVELS:
            learnt = calibrate(outcomes, level, SOURCE)
            path = SHIPPED / f"{round(level * 100)}.json"
            path.write_text(json.dumps(learnt.as_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf8")
    if arguments.score:
        learnt_before = shipped(0.9)
        assert learnt_before
        show("90 % band of the delivered calibration", tried(outcomes, learnt_before))
    else:
        both = []
        for half in (True, False):
            learnt = calibrate([each for each in outcomes if first_half(each.meter) == half], 0.9, "own")
            both.append(tried([each for each in outcomes if first_half(each.meter) != half], learnt))
            show(f"90 % band, calibrated on the {'first' if half else 'second'} half, tried on the other", both[-1])
        show("both halves, each tried on the buildings that its calibration had not seen", both[0] + both[1])
    show_errors(found, place, outcomes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
