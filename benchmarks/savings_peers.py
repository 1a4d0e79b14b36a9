"""The same invented meters through eemeter 3.2.0 and OpenDSM, each in its own environment, beside ours in one run.

`python savings_peers.py eemeter|opendsm FILE` is what those environments run; it needs nothing of Qingli.
"""

import json
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

WORDS = "bills before and after as lists of [first day, day after, use], weather as daily °F"


def beside(eemeter: str | None, opendsm: str | None, count: int) -> None:
    """Print meters per second of each on the same meters, and what each says was saved."""
    import numpy as np
    import pyarrow.parquet as pq

    from benchmarks import savings_make
    from qingli.savings.batch import compute
    from qingli.savings.bulk import engine
    from qingli.savings.settings import settings
    from qingli.savings.stream import ROWS, meters_of

    place = savings_make.weather()
    with tempfile.TemporaryDirectory() as folder:
        source, sample = Path(folder) / "meters.parquet", Path(folder) / "sample.json"
        savings_make.write(source, count)
        rows = pq.read_table(source, schema=ROWS)
        batch = rows.combine_chunks().to_batches()[0]
        first = np.arange(0, rows.num_rows, savings_make.BILLS)
        lists = meters_of(batch, first)
        stations = {each.name: {"first": each.first, "means": each.means.tolist()} for each in place.stations}
        sample.write_text(json.dumps({"meters": lists.to_pylist(), "weather": stations}))
        print(f"\n{count} meters, three quarters electricity, twelve bills before and twelve after, one process each:")
        print("| program | meters/s | saved, by meter |\n|---|---|---|")
        ours = (("NumPy", None, False), ("Numba", engine(), False), ("NumPy, parity", None, True))
        for name, with_engine, parity in ours:
            compute(lists.slice(0, 2), place, settings(parity=parity), with_engine)
            begin = time.perf_counter()
            found = compute(lists, place, settings(parity=parity), with_engine)
            _show(f"ours, {name}", count / (time.perf_counter() - begin), found.column("saving").to_pylist())
        for name, python in (("eemeter", eemeter), ("opendsm", opendsm)):
            if python:
                words = [python, "-W", "ignore", __file__, name, str(sample)]
                told = json.loads(
                    subprocess.run(words, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
                )
                _show(told["version"], told["speed"], told["saved"])


def _show(name: str, speed: float, saved: list[float | None]) -> None:
    some = ", ".join("–" if each is None else f"{each:.1f}" for each in saved[:6])
    print(f"| {name} | {speed:,.2f} | {some} … |", flush=True)


def _series(sample: dict[str, Any], meter: dict[str, Any], part: str) -> Any:
    """Bills as these libraries want them: at the first day, with one more at the end."""
    import pandas as pd

    start = [pd.Timestamp(day, unit="D", tz="UTC") for day in meter[f"{part}_start"]]
    end = pd.Timestamp(meter[f"{part}_end"][-1], unit="D", tz="UTC")
    return pd.DataFrame({"value": [*meter[f"{part}_use"], float("nan")]}, index=pd.DatetimeIndex([*start, end]))


def _hours(sample: dict[str, Any], name: str) -> Any:
    import pandas as pd

    station = sample["weather"][name]
    days = pd.date_range(
        pd.Timestamp(station["first"], unit="D", tz="UTC"), periods=len(station["means"]) * 24, freq="h"
    )
    return pd.Series([value for mean in station["means"] for value in [mean] * 24], index=days)


def by_eemeter(sample: dict[str, Any], meter: dict[str, Any]) -> float | None:
    """CalTRACK 2.0 billing as the reference has it."""
    import eemeter

    temperature = _hours(sample, meter["station"])
    design = eemeter.create_caltrack_billing_design_matrix(_series(sample, meter, "base"), temperature)
    model = eemeter.fit_caltrack_usage_per_day_model(
        design, use_billing_presets=True, weights_col="n_days_kept", fit_cdd=meter["cooling"]
    )
    if model.model is None:
        return None
    saved, _ = eemeter.metered_savings(model, _series(sample, meter, "post"), temperature)
    return float(saved.metered_savings.sum())


def by_opendsm(sample: dict[str, Any], meter: dict[str, Any]) -> float | None:
    """OpenDSM's billing model, which is another method: it spreads bills over days."""
    from opendsm.eemeter import BillingBaselineData, BillingModel, BillingReportingData

    temperature = _hours(sample, meter["station"])
    parts = {part: _series(sample, meter, part) for part in ("base", "post")}
    data = BillingBaselineData.from_series(parts["base"]["value"], temperature, is_electricity_data=meter["cooling"])
    model = BillingModel().fit(data, ignore_disqualification=True)
    late = BillingReportingData.from_series(parts["post"]["value"], temperature, is_electricity_data=meter["cooling"])
    found = model.predict(late, ignore_disqualification=True)
    return float((found["predicted"] - found["observed"]).sum())


def main(name: str, path: str) -> None:
    """Run in the other environment: one meter to warm up, then all of them by the clock."""
    warnings.simplefilter("ignore")
    sample = json.loads(Path(path).read_text())
    run: Callable[[dict[str, Any], dict[str, Any]], float | None] = {"eemeter": by_eemeter, "opendsm": by_opendsm}[name]
    module = __import__(name)
    run(sample, sample["meters"][0])
    begin = time.perf_counter()
    saved = [run(sample, meter) for meter in sample["meters"]]
    seconds = time.perf_counter() - begin
    version = f"{name} {getattr(module, '__version__', '')}".strip()
    json.dump({"version": version, "speed": len(saved) / seconds, "saved": saved}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:3])
