"""The kernel against plain least squares, and the promises about ties, order and engines."""

from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from qingli.savings.batch import METERS, compute
from qingli.savings.fast import by_numba
from qingli.savings.settings import Settings, settings
from qingli.savings.student import two_sided_t
from qingli.savings.weather import BALANCE_POINTS, Weather, station_from_days
from tests.savings import parity, samples


def _one_by_one(row: dict[str, Any], place: Weather, choose: Settings) -> tuple[float, tuple[float, float]]:
    """The best adjusted R² over all candidates, each fitted by NumPy's least squares."""
    means = place.stations[0].means
    spans = [slice(a - place.first, b - place.first) for a, b in zip(row["base_start"], row["base_end"], strict=True)]
    days = np.array([span.stop - span.start for span in spans], dtype=float)
    y = np.array(row["base_use"]) / days
    root = np.sqrt(days)
    heat = np.array([[np.maximum(b - means[span], 0).mean() for b in BALANCE_POINTS] for span in spans])
    cool = np.array([[np.maximum(means[span] - b, 0).mean() for b in BALANCE_POINTS] for span in spans])
    mean = (days * y).sum() / days.sum()
    total = (days * (y - mean) ** 2).sum()
    best, points = 0.0, (-1.0, -1.0)
    candidates = [(h, -1) for h in range(61)] + [(-1, c) for c in range(61)]
    candidates += [(h, c) for c in range(61) for h in range(c + 1)]
    for h, c in candidates:
        columns = [part[:, index] for part, index in ((heat, h), (cool, c)) if index >= 0]
        if any((days * column).sum() < 20 for column in columns):
            continue
        if choose.inside_range and ((h >= 0 and not cool[:, h].any()) or (c >= 0 and not heat[:, c].any())):
            continue
        design = np.column_stack([np.ones(len(y)), *columns])
        found, *_ = np.linalg.lstsq(design * root[:, None], y * root, rcond=None)
        if (found <= 0).any():
            continue
        rest = (days * (y - design @ found) ** 2).sum()
        score = 1 - rest / (len(y) - len(found)) / (total / (len(y) - 1))
        if score > best + 1e-12:
            best, points = score, (BALANCE_POINTS[h] if h >= 0 else -1.0, BALANCE_POINTS[c] if c >= 0 else -1.0)
    return best, points


@pytest.mark.parametrize("seed", range(6))
def test_the_closed_form_finds_what_least_squares_finds_one_by_one(seed: int) -> None:
    place = samples.weather(seed=seed)
    bills = samples.monthly(place, seed=seed, noise=0.03).bills
    row: dict[str, Any] = {
        "meter": "a",
        "station": "here",
        "cooling": True,
        **{f"base_{name}": [getattr(bill, name) for bill in bills[:12]] for name in ("start", "end", "use")},
        **{f"post_{name}": [getattr(bill, name) for bill in bills[12:24]] for name in ("start", "end", "use")},
    }
    ours = compute(pa.RecordBatch.from_pylist([row], METERS), place, settings()).to_pylist()[0]
    score, points = _one_by_one(row, place, settings())
    assert ours["r2_adjusted"] == pytest.approx(score, abs=1e-9)
    assert (ours["heating_point"] or -1.0, ours["cooling_point"] or -1.0) == points


@pytest.mark.parametrize(
    ("method", "reference"), [("billing", True), ("billing", False), ("daily", True), ("daily", False)]
)
def test_the_compiled_kernel_chooses_the_same_and_agrees_to_eleven_digits(method: str, reference: bool) -> None:
    choose = settings("daily" if method == "daily" else "billing", parity=reference)
    rows = pa.RecordBatch.from_pylist(parity.meters()[method], METERS)
    plain, compiled = (compute(rows, parity.weather(), choose, engine) for engine in (None, by_numba))
    for name in ("status", "model", "candidate", "ties", "base_periods"):
        assert plain.column(name).equals(compiled.column(name)), name
    for name in ("saving", "counterfactual", "band"):
        one, other = (each.column(name).to_numpy(zero_copy_only=False) for each in (plain, compiled))
        sure = np.abs(one) > 1e-4
        assert sure.mean() > 0.9
        np.testing.assert_allclose(one[sure], other[sure], rtol=1e-9)


def test_a_meter_does_not_depend_on_its_neighbours_to_the_last_bit() -> None:
    rows, place = parity.meters()["billing"], parity.weather()
    whole = compute(pa.RecordBatch.from_pylist(rows, METERS), place, settings())
    backwards = compute(pa.RecordBatch.from_pylist(rows[::-1], METERS), place, settings())
    alone = [compute(pa.RecordBatch.from_pylist([row], METERS), place, settings()) for row in rows[:40]]
    assert whole.to_pylist() == backwards.to_pylist()[::-1]
    assert whole.slice(0, 40).to_pylist() == [each.to_pylist()[0] for each in alone]


def test_a_tie_goes_to_the_first_candidate_in_order() -> None:
    """When every day is colder than every balance point from 60 °F on, these all fit alike."""
    days = np.arange(19_000, 19_800)
    celsius = 2 + 6 * np.sin(days / 58.0)
    place = Weather([station_from_days("cold", days, celsius)])
    edges = list(range(19_000, 19_731, 30))
    use = [(place.stations[0].means[a - 19_000 : b - 19_000].mean() * -1.0 + 80) * (b - a) for a, b in pairwise(edges)]
    row: dict[str, Any] = {"meter": "a", "station": "cold", "cooling": False}
    for part, span in (("base", slice(0, 12)), ("post", slice(12, 24))):
        row |= {f"{part}_start": edges[:-1][span], f"{part}_end": edges[1:][span], f"{part}_use": use[span]}
    free = settings(parity=True)
    found = compute(pa.RecordBatch.from_pylist([row], METERS), place, free).to_pylist()[0]
    warmest = float(np.ceil(place.stations[0].means[:360].max()))
    assert found["ties"] > 20
    assert found["heating_point"] == warmest
    inside = compute(pa.RecordBatch.from_pylist([row], METERS), place, settings()).to_pylist()[0]
    assert inside["heating_point"] < warmest, "our own rule keeps balance points inside the temperatures that were seen"


def test_what_cannot_be_fitted_says_so_and_is_not_zero() -> None:
    place = samples.weather()
    start = [samples.FIRST + 30 * n for n in range(24)]
    base = {"meter": "a", "station": "here", "cooling": True}

    def row(station: str, base_use: list[float | None], post_use: list[float | None]) -> dict[str, object]:
        spans = {"base_start": start[:12], "base_end": [s + 30 for s in start[:12]], "base_use": base_use}
        spans |= {"post_start": start[12:], "post_end": [s + 30 for s in start[12:]], "post_use": post_use}
        return {**base, **spans, "station": station}

    some: list[float | None] = [300.0 + n for n in range(12)]
    none: list[float | None] = [None] * 12
    cases = [
        row("here", none, some),
        row("here", some, none),
        row("elsewhere", some, some),
        row("here", [-1.0] * 12, some),
    ]
    found = compute(pa.RecordBatch.from_pylist(cases, METERS), place, settings()).to_pylist()
    assert [each["status"] for each in found] == ["no-baseline", "no-reporting", "no-baseline", "no-model"]
    assert all(each["saving"] is None and each["band"] is None for each in found)


@pytest.mark.parametrize(
    ("confidence", "degrees", "known"),
    [
        (0.9, 1, 6.313751514675037),
        (0.9, 9, 1.833112932656237),
        (0.95, 10, 2.228138851986274),
        (0.8, 100, 1.2900747613465169),
    ],
)
def test_quantiles_of_student(confidence: float, degrees: int, known: float) -> None:
    assert two_sided_t(confidence, degrees) == pytest.approx(known, rel=1e-12)
