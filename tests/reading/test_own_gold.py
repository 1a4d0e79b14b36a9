"""The reader against ten invented plans in shapes that it was not written for, annotated by another hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from qingli.reading import read_text
from tests.reading.scoring import Score, score_plan

GOLD = Path(__file__).parent / "gold"
NAMES = sorted(path.stem for path in GOLD.glob("own-*.json"))
PARTS = ("schedule", "quantities", "actors")
# f1 over the ten plans together.
BOUNDS = {
    "outline": 0.98,
    "parents": 0.97,
    "schedule_strict": 0.92,
    "quantities_relaxed": 0.85,
    "actors_relaxed": 0.80,
}
NORMS_RIGHT = 0.95


def load(name: str) -> tuple[str, dict[str, Any]]:
    text = (GOLD / f"{name}.txt").read_text(encoding="utf-8")
    gold: dict[str, Any] = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    return text, gold


@pytest.fixture(scope="module")
def score() -> Score:
    """The score over all ten plans; a test that fails lists its misses, each where it stands in its plan."""
    total = Score()
    for name in NAMES:
        text, gold = load(name)
        score_plan(total, name, text, gold, read_text(text).as_json()["plans"])
    return total


@pytest.mark.parametrize("measure", BOUNDS)
def test_reader_reaches_the_bound(score: Score, measure: str) -> None:
    part = "outline" if measure == "parents" else measure.partition("_")[0]
    assert score.f1(measure) >= BOUNDS[measure], f"{measure}\n{score.summary()}\n\n{score.faults(part)}"


def test_reader_gives_normal_forms(score: Score) -> None:
    assert score.norms_compared > 150, "too few core schedules were found to judge the normal forms"
    assert score.norms >= NORMS_RIGHT, f"{score.norms:.3f}\n{score.faults('schedule norm')}"


@pytest.mark.parametrize("name", NAMES)
def test_plan_and_its_year(name: str) -> None:
    text, gold = load(name)
    plans = read_text(text).as_json()["plans"]
    assert [plan["plan_year"] for plan in plans] == [gold["plan_year"]], [plan["title"] for plan in plans]


@pytest.mark.parametrize("name", NAMES)
def test_gold_stands_in_its_text(name: str) -> None:
    text, gold = load(name)
    assert gold["span"] == [0, len(text)]
    assert 500 <= len(text) <= 1200
    for part in PARTS:
        offsets = [item["offset"] for item in gold[part]]
        assert offsets == sorted(offsets)
        for item in gold[part]:
            assert text.startswith(item["surface"], item["offset"])
    ids = {item["id"]: item for item in gold["outline"]}
    for item in gold["outline"]:
        assert text.startswith(item["number"], item["offset"])
        assert text.startswith(item["heading"], item["heading_offset"])
        above = ids[item["parent"]]["level"] if item["parent"] else 0
        assert item["level"] == above + 1


def test_gold_scores_full_marks_against_itself() -> None:
    total = Score()
    for name in NAMES:
        text, gold = load(name)
        score_plan(total, name, text, gold, [gold])
    assert total.misses == []
    assert {count.f1 for count in total.counts.values()} == {1.0}
    assert total.norms == 1.0


def test_scoring_sees_what_is_wrong() -> None:
    text, gold = load(NAMES[0])
    bent = json.loads(json.dumps(gold))
    core = [item for item in bent["schedule"] if item["core"]]
    core[0]["norm"] = {"type": "rrule", "value": "FREQ=DAILY"}
    bent["schedule"].remove(core[1])
    bent["outline"][1]["parent"] = None
    bent["actors"].append({"surface": text[:2], "offset": 0, "role": "performer"})
    total = Score()
    score_plan(total, NAMES[0], text, gold, [bent])
    faults = [line[25:47].strip() for line in total.misses]
    assert faults == ["outline parent", "schedule missed", "schedule norm", "actors extra"]
    assert total.counts["parents"].hits == len(gold["outline"]) - 1
    assert total.norms_right == len(core) - 2
