"""The reader against annotated plans that lie beside the project."""

import json
from pathlib import Path
from typing import Any

import pytest

from qingli.reading import read_text
from tests.reading.scoring import Score, score_plan

PLANS = (
    ("plans-17", "plan-01"),
    ("plans-17", "plan-11"),
    ("plans-17", "plan-13"),
    ("plan-property-year", "plan-property-year"),
)
BOUNDS = {
    "outline": 0.98,
    "parents": 0.97,
    "schedule_strict": 0.92,
    "quantities_relaxed": 0.85,
    "actors_relaxed": 0.80,
}
FAMILIES = {(1,), (2, 7, 12), (3, 8, 17), (4, 6), (5,), (9,), (10,), (11, 14, 15), (13, 16)}


def inside(plan: dict[str, Any], begin: int, end: int) -> dict[str, Any]:
    """The plan with what it found in [begin, end) only, as the gold annotates one plan of a file."""
    parts = ("outline", "schedule", "quantities", "actors")
    return plan | {part: [hit for hit in plan[part] if begin <= hit["offset"] < end] for part in parts}


@pytest.fixture(scope="module")
def score(shared: Path) -> Score:
    total = Score()
    for text_name, gold_name in PLANS:
        text = (shared / "data" / f"{text_name}.txt").read_text(encoding="utf-8")
        gold = json.loads((shared / "gold" / f"{gold_name}.json").read_text(encoding="utf-8"))
        plans = [inside(plan, *gold["span"]) for plan in read_text(text).as_json()["plans"]]
        score_plan(total, gold_name, text, gold, plans)
    return total


@pytest.mark.parametrize("measure", BOUNDS)
def test_bound_is_reached(score: Score, measure: str) -> None:
    assert score.f1(measure) >= BOUNDS[measure], f"{score.summary()}\n{score.faults(measure.partition('_')[0])}"


def test_normal_forms(score: Score) -> None:
    assert score.norms >= 0.95, score.faults("schedule norm")


def test_seventeen_plans_are_nine_families(shared: Path) -> None:
    reading = read_text((shared / "data" / "plans-17.txt").read_text(encoding="utf-8"))
    assert {tuple(index + 1 for index in family) for family in reading.families} == FAMILIES
    assert [plan.duplicate_of for plan in reading.plans if plan.duplicate_of is not None] == [3, 1, 2, 1, 10, 10, 12, 2]
