"""Make the parity fixtures anew with eemeter 3.2.0. Not part of the product: it needs an environment of its own.

    python3.11 -m venv oracle
    oracle/bin/pip install eemeter==3.2.0 pandas==1.5.3 numpy==1.26.4 statsmodels==0.14.4 scipy==1.11.4 \
        "setuptools<80" pytz pyarrow
    oracle/bin/python scripts/savings_oracle.py tests/savings/oracle

Half an hour on two cores. Meters, bills and weather are invented (seeded); what eemeter makes of them is not touched.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import eemeter
import numpy as np
import pandas as pd
from scipy.stats import t

START = datetime(2020, 12, 1, tzinfo=UTC)
HOURS = 24 * 850
# mean °F, swing over the year, swing over the day, wander from day to day
STATIONS = {"cold": (41, 30, 12, 7), "mild": (55, 16, 14, 6), "warm": (74, 12, 9, 4), "gaps": (60, 22, 16, 6)}
SEED = 20260


def temperatures() -> pd.DataFrame:
    rng = np.random.default_rng(SEED)
    hours = np.arange(HOURS)
    series = {}
    for name, (mean, year, day, wander) in STATIONS.items():
        slow = np.zeros(HOURS // 24)
        for index in range(1, len(slow)):
            slow[index] = 0.75 * slow[index - 1] + rng.normal(0, wander * 0.66)
        value = mean - year * np.cos(2 * np.pi * (hours / 24 - 45) / 365.25)
        value += -day / 2 * np.cos(2 * np.pi * (hours % 24 - 3) / 24) + np.repeat(slow, 24) + rng.normal(0, 0.5, HOURS)
        value = np.round(value * 10) / 10
        if name == "gaps":
            for length in (3, 5, 7, 10, 13, 20, 120):
                for start in rng.integers(0, HOURS - length, 4 if length < 100 else 2):
                    value[start : start + length] = np.nan
        series[name] = value
    return pd.DataFrame(series, index=pd.date_range(START, periods=HOURS, freq="H"))


def boundaries(style: str, rng: np.random.Generator) -> list[datetime]:
    hour = 6 if style == "cycle" and rng.random() < 0.25 else 0
    first = datetime(2020, 12, 1, hour, tzinfo=UTC) + timedelta(days=int(rng.integers(3, 60)))
    if style == "cycle":
        days = [first]
        while days[-1] - first < timedelta(days=735):
            days.append(days[-1] + timedelta(days=int(rng.integers(28, 34))))
        if rng.random() < 0.2:
            del days[int(rng.integers(1, 8))]  # one bill of two months
        return days
    if style == "daily":
        return [datetime(2021, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(731)]
    step = 2 if style == "bimonthly" else 1
    begin = 12 * 2021 + int(rng.integers(0, 3))
    months = [begin + step * n for n in range(24 // step + 1)]
    return [datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC) for month in months]


def make_meter(number: int, weather: pd.DataFrame) -> pd.DataFrame:
    rng = np.random.default_rng([SEED, number])
    daily = number >= 320
    kind = "gas" if (number % 2 if daily else number % 5 in (1, 3)) else "electricity"
    style = "daily" if daily else ("calendar", "cycle", "bimonthly")[number % 3]
    station = list(STATIONS)[int(rng.integers(0, 4))]
    if kind == "gas" and station == "warm":
        station = "cold"
    edges = boundaries(style, rng)
    temp = weather[station].interpolate().resample("D").mean()
    heat = rng.uniform(0.3, 3) if kind == "gas" or rng.random() < 0.6 else 0
    cool = rng.uniform(0.3, 3) if kind == "electricity" and rng.random() < 0.8 else 0
    base, below, above = rng.uniform(3, 40), rng.uniform(50, 66), rng.uniform(64, 76)
    load = base + heat * np.maximum(below - temp, 0) + cool * np.maximum(temp - above, 0)
    load = load * np.exp(rng.normal(0, rng.choice([0.05, 0.15, 0.3]), len(load)))
    middle = edges[-1] - timedelta(days=365)
    cut = next(edge for edge in edges if edge >= middle - timedelta(days=20))
    load[load.index >= pd.Timestamp(cut)] *= rng.uniform(0.7, 1.05)
    rows = []
    for begin, end in pairwise(edges):
        part = load[
            (load.index >= pd.Timestamp(begin.date(), tz="UTC")) & (load.index < pd.Timestamp(end.date(), tz="UTC"))
        ]
        value = round(float(part.sum()), 2)
        rows.append([f"m{number:03d}", kind, style, station, begin, end, value, False, begin >= cut])
    table = pd.DataFrame(
        rows, columns=["meter", "kind", "style", "station", "start", "end", "value", "estimated", "reporting"]
    )
    flaw = rng.choice(["none", "missing", "estimated", "both"], p=[0.4, 0.25, 0.25, 0.1])
    baseline = np.flatnonzero(~table.reporting)
    if flaw in ("missing", "both"):
        table.loc[rng.choice(baseline, 30 if daily else 1), "value"] = np.nan
    long = style == "cycle" and (table.end - table.start).max() > timedelta(days=35)
    if (
        flaw in ("estimated", "both") and not daily and not long
    ):  # eemeter fails on a bill that is too long beside an estimate
        table.loc[rng.choice(baseline[:-1], 1 if style == "bimonthly" else 2, replace=False), "estimated"] = True
    return table


def frame(rows: pd.DataFrame) -> pd.DataFrame:
    index = pd.DatetimeIndex([*rows.start, rows.end.iloc[-1]])
    values = [*rows.value, np.nan]
    return pd.DataFrame({"value": values, "estimated": [*rows.estimated, False]}, index=index)


def clean(rows: pd.DataFrame, style: str) -> pd.DataFrame:
    data = frame(rows)
    if style == "daily" or not rows.estimated.any():
        data = data[["value"]]
    if style == "daily":
        return data
    interval = "billing_bimonthly" if style == "bimonthly" else "billing_monthly"
    return eemeter.clean_caltrack_billing_data(data, interval)[["value"]]


def number_of(value: object) -> float:
    return float("nan") if value is None else float(value)


def judge(table: pd.DataFrame, weather: pd.DataFrame) -> dict[str, object]:
    first = table.iloc[0]
    daily, gas = first["style"] == "daily", first["kind"] == "gas"
    out: dict[str, object] = {"meter": first["meter"]}
    try:
        before, after = (clean(table[table.reporting == flag], first["style"]) for flag in (False, True))
        end = table[table.reporting].start.iloc[0]
        baseline, _ = eemeter.get_baseline_data(before, end=pd.Timestamp(end).to_pydatetime(), max_days=365)
        temp = weather[first["station"]]
        make = eemeter.create_caltrack_daily_design_matrix if daily else eemeter.create_caltrack_billing_design_matrix
        design = make(baseline, temp)
        words = {} if daily else {"use_billing_presets": True, "weights_col": "n_days_kept"}
        model = eemeter.fit_caltrack_usage_per_day_model(design, fit_cdd=not gas, **words)
        out |= {"status": model.status, "rows": len(design.dropna())}
        if model.status != "SUCCESS":
            return out
        best, fit = model.model, model.totals_metrics
        out |= {"model": best.model_type, "r2": number_of(best.r_squared_adj)}
        for name in ("intercept", "beta_hdd", "beta_cdd", "heating_balance_point", "cooling_balance_point"):
            out[name] = number_of(best.model_params.get(name))
        out |= {"rmse": number_of(fit.rmse_adj), "autocorrelation": number_of(fit.autocorr_resid)}
        saved, bands = eemeter.metered_savings(model, after, temp)
        whole = saved.dropna()
        out |= {"periods": len(whole), "counterfactual": float(whole.counterfactual_usage.sum())}
        out |= {"observed": float(whole.reporting_observed.sum()), "saving": float(whole.metered_savings.sum())}
        out["band"] = number_of(bands and bands["FSU Error Band"])
        out["t"] = float(
            t.ppf(0.95, fit.observed_length - fit.num_parameters)
        )  # as its SciPy has it, wrong by up to 2e-9
    except Exception as error:
        out["status"] = f"{type(error).__name__}"
    return out


def work(number: int) -> tuple[pd.DataFrame, dict[str, object]]:
    weather = temperatures()
    table = make_meter(number, weather)
    return table, judge(table, weather)


def main(folder: Path, numbers: range) -> None:
    weather = temperatures()
    with ProcessPoolExecutor(2) as pool:
        done = []
        for index, one in enumerate(pool.map(work, numbers)):
            done.append(one)
            print(index, one[1], file=sys.stderr, flush=True)
    packed = pd.DataFrame({name: (weather[name] * 10).round().astype("Int16") for name in weather})
    packed.reset_index(drop=True).to_parquet(folder / "hourly.parquet", compression="zstd", compression_level=19)
    bills = pd.concat([table for table, _ in done], ignore_index=True)
    bills.to_parquet(folder / "bills.parquet", compression="zstd", compression_level=19)
    pd.DataFrame([row for _, row in done]).to_parquet(folder / "expected.parquet", compression="zstd")


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    main(Path(sys.argv[1]), range(*map(int, sys.argv[2:])) if len(sys.argv) > 2 else range(336))
