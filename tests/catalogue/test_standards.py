"""Standards: versions side by side, a user's own laid over them, and errors that name file and line."""

from collections import Counter
from pathlib import Path

import pytest

from qingli.catalogue import CatalogueError, load_catalogue

OWN = """\
names: {zh-Hant: 本市標準, zh-Hans: 本市标准, en: Our standard}
levels: {named: 5}
criteria:
  - id: on-time
    names: {zh-Hant: 按時, zh-Hans: 按时, en: On time}
    shows: {zh-Hant: 看任務, zh-Hans: 看任务, en: The tasks}
    points: 6
    kind: record
    indicator: tasks-on-time
    at_least: 80
  - id: tidy
    names: {zh-Hant: 整潔, zh-Hans: 整洁, en: Tidy}
    shows: {zh-Hant: 到現場, zh-Hans: 到现场, en: On site}
    points: 4
    kind: judged
"""


def write(root: Path, text: str = OWN, name: str = "our-city/2.0.yaml") -> Path:
    path = root / "standards" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return root


def test_the_sample_has_ten_criteria_in_two_versions_and_says_that_it_is_one() -> None:
    standards = load_catalogue().standards
    first, second = standards["sample-green-community", "1.0"], standards["sample-green-community", "1.1"]
    for standard in (first, second):
        assert Counter(criterion.kind for criterion in standard.criteria) == {"record": 6, "sample": 1, "judged": 3}
        assert standard.points == 100
        assert standard.sample
        assert all("示例" in standard.names.get(language) for language in ("zh-Hant", "zh-Hans", "en"))
    assert [old.id for old, new in zip(first.criteria, second.criteria, strict=True) if old != new] == ["tasks-on-time"]


def test_every_indicator_is_used_by_the_sample() -> None:
    criteria = load_catalogue().standards["sample-green-community", "1.0"].criteria
    assert len({criterion.indicator for criterion in criteria if criterion.kind == "record"}) == 6


def test_a_folder_lays_its_own_standards_beside_ours(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, name="our-city/2.10.yaml")
    write(tmp_path, name="our-city/2.9.yaml")
    write(tmp_path, name="sample-green-community/1.0.yaml")
    standards = load_catalogue(tmp_path).standards
    assert [version for identity, version in standards if identity == "our-city"] == ["2.0", "2.9", "2.10"]
    assert standards["our-city", "2.0"].criterion("on-time").at_least == 80
    assert not standards["our-city", "2.0"].sample
    assert standards["sample-green-community", "1.0"].names.en == "Our standard"
    assert ("sample-green-community", "1.1") in standards
    assert load_catalogue().standards["sample-green-community", "1.0"].points == 100


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("indicator: tasks-on-time", "indicator: sign-ins", 9, "unknown-value"),
        ("indicator: tasks-on-time", "indicator: sites-covered", 4, "missing-field"),
        ("at_least: 80", "at_least: 101", 10, "not-a-number-in-range"),
        ("at_least: 80", "at_least: 80\n    measures: [nothing-known]", 11, "unknown-value"),
        ("at_least: 80", "at_least: 80\n    veto: true", 11, "unknown-field"),
        ("    points: 4\n", "", 11, "missing-field"),
        ("points: 4", "points: 0", 14, "not-a-number-in-range"),
        ("id: tidy", "id: on-time", 11, "repeated-value"),
        ("id: tidy", "id: Tidy Up", 11, "not-an-id"),
        ("kind: judged", "kind: guessed", 15, "unknown-value"),
        ("{named: 5}", "{named: 11}", 2, "not-a-number-in-range"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, code: str) -> None:
    assert old in OWN
    write(tmp_path, OWN.replace(old, new))
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    assert (caught.value.code, caught.value.line, caught.value.path.name) == (code, line, "2.0.yaml")


def test_strange_names_of_files_are_refused(tmp_path: Path) -> None:
    write(tmp_path, name="our-city/newest.yaml")
    with pytest.raises(CatalogueError, match="not-a-version"):
        load_catalogue(tmp_path)
