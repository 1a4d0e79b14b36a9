"""Bands that were tried out hold what they promise, on invented meters and on real ones."""

from pathlib import Path

import numpy as np
import pytest
from benchmarks import savings_placebo

from qingli.savings.placebo import Calibration, Outcome, calibrate, pasts, shipped

CAMBRIDGE = Path(__file__).parents[3] / "shared" / "data" / "cambridge"


def _portfolio(seed: int, meters: int, years: int) -> list[Outcome]:
    """Meters that differ in how steady they are, and tell a little of it by their scatter."""
    rng = np.random.default_rng(seed)
    found = []
    for meter in range(meters):
        spread = float(np.exp(rng.normal(-3, 0.7)))
        for year in range(years):
            share = float(rng.standard_t(4) * spread)
            found.append(Outcome(f"{seed} {meter}", "electricity", year, share, spread * float(rng.uniform(0.5, 2))))
    return found


def _coverage(learnt: Calibration, outcomes: list[Outcome]) -> tuple[float, float]:
    widths = [
        learnt.entries[outcome.kind].width(outcome.cvrmse, past) or 0.0
        for outcome, past in zip(outcomes, pasts(outcomes), strict=True)
    ]
    held = [abs(outcome.share) <= width for outcome, width in zip(outcomes, widths, strict=True)]
    return float(np.mean(held)), float(np.mean(widths))


def test_a_band_of_nine_in_ten_holds_nine_in_ten_of_meters_it_never_saw() -> None:
    learnt = calibrate(_portfolio(1, 300, 8), 0.9, "test")
    unseen = _portfolio(2, 300, 8)
    held, width = _coverage(learnt, unseen)
    assert held == pytest.approx(0.9, abs=0.015)
    same_for_all = float(np.quantile([abs(outcome.share) for outcome in unseen], 0.9))
    assert width < same_for_all, "knowing a meter makes its band narrower than one for all"


def test_too_few_years_claim_nothing() -> None:
    assert calibrate(_portfolio(1, 9, 8), 0.9, "test").entries == {}
    assert calibrate(_portfolio(1, 20, 1), 0.9, "test").entries == {}
    few = calibrate(_portfolio(1, 15, 2), 0.99, "test").entries["electricity"]
    assert few.width(0.1, []) is None, "30 years cannot tell of one in a hundred"


def test_a_year_is_judged_only_by_what_was_known_before_it() -> None:
    outcomes = [Outcome("a", "gas", year, year / 100, 0.1) for year in (3, 1, 2)]
    assert pasts(outcomes) == [[0.01, 0.02], [], [0.01]]


def test_what_is_delivered_says_from_where_and_goes_through_json() -> None:
    for level in (0.8, 0.9, 0.95):
        learnt = shipped(level)
        assert learnt is not None
        assert "Cambridge" in learnt.source
        assert Calibration.from_json(learnt.as_json()) == learnt
    assert shipped(0.87) is None


@pytest.mark.skipif(not CAMBRIDGE.exists(), reason="the readings of real buildings are not beside the checkout")
def test_real_buildings_that_the_calibration_has_not_seen() -> None:
    outcomes = savings_placebo.years(savings_placebo.meters(CAMBRIDGE), savings_placebo.weather(CAMBRIDGE))
    both = []
    for half in (True, False):
        learnt = calibrate([each for each in outcomes if savings_placebo.first_half(each.meter) == half], 0.9, "half")
        both += savings_placebo.tried(
            [each for each in outcomes if savings_placebo.first_half(each.meter) != half], learnt
        )
    assert len(both) > 500
    held = sum(abs(outcome.share) <= width for outcome, width, _ in both) / len(both)
    assert 0.88 <= held <= 0.92
