"""Loading: the built-in content is whole, a user's folder is laid over it, and errors name file and line."""

import time
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingli.catalogue import Catalogue, CatalogueError, Matcher, load_catalogue, resolve_day
from qingli.catalogue.loader import BUILT_IN, _load
from qingli.catalogue.text import normalise

MEASURE = """\
names: {zh-Hant: 檢查雨水桶, zh-Hans: 检查雨水桶, en: Check the rain barrels}
topic: drinking-water
site_type: building
default_schedule: {type: rrule, value: 'FREQ=MONTHLY'}
coverage: {rule: every_site, words: [每个雨水桶]}
evidence: [photo]
quantities: [sites-inspected]
phrases: [查看雨水桶]
concepts:
  - object: rain-barrel
    verbs: [inspect]
"""
CONCEPTS = "objects:\n  rain-barrel: [雨水桶]\n"


def write(root: Path, measure: str = MEASURE, concepts: str = CONCEPTS, folder: str = "rain-barrel-check") -> Path:
    (root / "measures" / folder).mkdir(parents=True, exist_ok=True)
    (root / "measures" / folder / "measure.yaml").write_text(measure, encoding="utf-8")
    (root / "concepts.yaml").write_text(concepts, encoding="utf-8")
    return root


def test_built_in_content_is_whole() -> None:
    catalogue = load_catalogue()
    assert len(catalogue.measures) >= 90
    assert {measure.topic for measure in catalogue.measures.values()} == set(catalogue.topics)
    for measure in catalogue.measures.values():
        assert measure.phrases
        assert measure.pairs
        assert measure.evidence
        assert measure.id == "other-line" or measure.quantities
    assert catalogue.measures["other-line"].quantities == ()


def test_vocabulary_and_phrases_are_written_in_simplified_chinese() -> None:
    catalogue = load_catalogue()
    words = [phrase for measure in catalogue.measures.values() for phrase in measure.phrases]
    for section in ("objects", "people", "broad_objects", "verbs", "broad_verbs"):
        words += [word for group in getattr(catalogue.vocabulary, section).values() for word in group]
    traditional = "環會議導衛發們個這樓業處園護報紙圖點"
    assert [word for word in words if set(word) & set(traditional)] == []


def test_every_concept_is_used_by_a_measure() -> None:
    catalogue = load_catalogue()
    used = {pair.object for measure in catalogue.measures.values() for pair in measure.pairs}
    used |= {pair.beside for measure in catalogue.measures.values() for pair in measure.pairs if pair.beside}
    vocabulary = catalogue.vocabulary
    assert (vocabulary.objects.keys() | vocabulary.people.keys() | vocabulary.broad_objects.keys()) == used
    verbs = {verb for measure in catalogue.measures.values() for pair in measure.pairs for verb in pair.verbs}
    assert (vocabulary.verbs.keys() | vocabulary.broad_verbs.keys()) == verbs


def test_default_schedules_can_be_run() -> None:
    for measure in load_catalogue().measures.values():
        schedule = measure.default_schedule
        if schedule is None:
            continue
        if schedule["type"] == "rrule":
            rule = rrulestr(schedule["value"], dtstart=datetime(2026, 1, 1))
            assert sum(1 for _ in rule.between(datetime(2026, 1, 1), datetime(2026, 12, 31), inc=True)) >= 1
        elif schedule["type"] == "window":
            assert (schedule["from"] or "Y-01-01") <= schedule["to"]
        else:
            assert all(date.fromisoformat(day.replace("Y", "2026")) for day in schedule["value"])


def test_built_in_content_loads_fast_and_once() -> None:
    best = 1.0
    for _ in range(3):
        started = time.process_time()
        _load(BUILT_IN, None)
        best = min(best, time.process_time() - started)
    assert best < 0.15
    assert load_catalogue() is load_catalogue()


def test_a_folder_is_laid_over_the_built_in_content(tmp_path: Path) -> None:
    catalogue = load_catalogue(write(tmp_path))
    assert len(catalogue.measures) == len(load_catalogue().measures) + 1
    assert Matcher(catalogue).match("每月檢查屋頂雨水桶")[0].measure == "rain-barrel-check"
    assert "rain-barrel-check" not in load_catalogue().measures


def test_a_measure_with_a_known_id_replaces_ours_and_concepts_gain_words(tmp_path: Path) -> None:
    write(tmp_path, concepts=CONCEPTS + "  water-tank: [天台大缸]\n", folder="water-tank-cleaning")
    catalogue = load_catalogue(tmp_path)
    assert catalogue.measures["water-tank-cleaning"].names.en == "Check the rain barrels"
    assert "天台大缸" in catalogue.vocabulary.objects["water-tank"]
    assert "水箱" in catalogue.vocabulary.objects["water-tank"]


def test_days_of_a_folder_are_added_and_may_announce_a_year(tmp_path: Path) -> None:
    (tmp_path / "days.yaml").write_text(
        "energy-saving-week:\n"
        "  names: {zh-Hant: 節能週, zh-Hans: 节能周, en: Week}\n"
        "  region: CN\n"
        "  rule: {kind: announced, years: {2026: [2026-06-15, 2026-06-21]}}\n",
        encoding="utf-8",
    )
    dates = resolve_day("energy-saving-week", 2026, load_catalogue(tmp_path))
    assert isinstance(dates, list)
    assert len(dates) == 7


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("topic: drinking-water", "topic: water", "unknown-value", 2),
        ("topic: drinking-water\n", "", "missing-field", 1),
        ("site_type: building", "site_type: tower", "unknown-value", 3),
        ("'FREQ=MONTHLY'", "'FREQ=OFTEN'", "not-a-rule", 4),
        ("{type: rrule, value: 'FREQ=MONTHLY'}", "{type: window, from: null, to: null}", "empty-window", 4),
        ("{type: rrule, value: 'FREQ=MONTHLY'}", "{type: window, from: null, to: Y-13-01}", "not-a-norm-date", 4),
        ("{type: rrule, value: 'FREQ=MONTHLY'}", "{type: date, value: Y-03-12}", "not-a-list", 4),
        ("rule: every_site", "rule: all", "unknown-value", 5),
        ("rule: every_site", "rule: every_household", "coverage-without-its-site", 5),
        ("site_type: building\n", "", "coverage-without-its-site", 4),
        ("evidence: [photo]", "evidence: [hologram]", "unknown-value", 6),
        ("evidence: [photo]", "evidence: [photo, photo]", "repeated-value", 6),
        ("evidence: [photo]", "evidence: photo", "not-a-list", 6),
        ("phrases: [查看雨水桶]", "phrases: [桶]", "phrase-length", 8),
        ("object: rain-barrel", "object: barrel", "unknown-value", 10),
        ("verbs: [inspect]", "verbs: [admire]", "unknown-value", 11),
        ("verbs: [inspect]", "verbs: [inspect]\n    alone: perhaps", "unknown-value", 12),
        (", en: Check the rain barrels", "", "missing-field", 1),
        ("en: Check the rain barrels", "en: ''", "not-a-text", 1),
        ("phrases:", "frases:", "unknown-field", 8),
        ("phrases: [查看雨水桶]", "phrases: [查看雨水桶", "not-yaml", 9),
        ("topic: drinking-water", "topic: drinking-water\ntopic: waste", "repeated-key", 3),
    ],
)
def test_errors_name_file_and_line(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    assert old in MEASURE
    write(tmp_path, MEASURE.replace(old, new))
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    path = tmp_path / "measures" / "rain-barrel-check" / "measure.yaml"
    assert (caught.value.code, caught.value.line, caught.value.path) == (code, line, path)
    assert str(caught.value).startswith(f"{path}:{line}: {code}")


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("{kind: sometimes}", "unknown-value"),
        ("{kind: fixed, month: 2, day: 30}", "not-a-date"),
        ("{kind: fixed, month: 13, day: 1}", "not-a-number-in-range"),
        ("{kind: fixed, month: 5, day: 2, to_month: 5, to_day: 1}", "ends-before-it-starts"),
        ("{kind: nth_weekday, month: 9, nth: 0, weekday: SA}", "not-a-number-in-range"),
        ("{kind: nth_weekday, month: 9, nth: 1, weekday: Samstag}", "unknown-value"),
        ("{kind: lunar_relative, to: lunar-13-01, from_offset: 0, to_offset: 0}", "unknown-value"),
        ("{kind: lunar_relative, to: lunar-new-year-eve, from_offset: 1, to_offset: 0}", "ends-before-it-starts"),
        ("{kind: announced, years: {2026: [2025-06-01, 2025-06-07]}}", "not-a-period-of-the-year"),
        ("{kind: announced, years: {2026: [soon, later]}}", "not-a-date"),
        ("{month: 4}", "not-a-text"),
    ],
)
def test_wrong_days_are_refused(tmp_path: Path, rule: str, code: str) -> None:
    day = f"d:\n  names: {{zh-Hant: 日, zh-Hans: 日, en: Day}}\n  region: CN\n  rule: {rule}\n"
    (tmp_path / "days.yaml").write_text(day, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    assert (caught.value.code, caught.value.line) == (code, 4)


def test_folders_and_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="not-a-folder"):
        load_catalogue(tmp_path / "nowhere")
    (tmp_path / "measures" / "Big Name").mkdir(parents=True)
    with pytest.raises(CatalogueError, match="not-a-measure-folder"):
        load_catalogue(tmp_path)
    (tmp_path / "measures" / "Big Name").rename(tmp_path / "measures" / "empty-one")
    with pytest.raises(CatalogueError, match="unreadable"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"names: \xff\xfe", "not-utf8"),
        (b"a: &a [1]\nb: *nobody\n", "not-yaml"),
        (b"x" * 1_000_001, "too-large"),
        (b"[" * 100_000, "too-deep"),
        (b"\n".join(b"[" for _ in range(50_000)), "too-deep"),
        (b"- " * 50_000 + b"1", "too-deep"),
        (b"".join(b" " * depth + b"a:\n" for depth in range(300)), "too-deep"),
        (b"a: \x00", "not-yaml"),
        (b"!!python/object/apply:os.system ['true']", "not-a-mapping"),
    ],
)
def test_hostile_files_are_refused(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "topics.yaml").write_bytes(content)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    assert caught.value.code == code


FRAGMENTS = [
    "names",
    "topic",
    "{",
    "}",
    "[",
    "]",
    ": ",
    ", ",
    "\n",
    "  ",
    "- ",
    "null",
    "1",
    "*a",
    "&a ",
    "光",
    "!!int ",
    "'",
    "#",
]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join), st.integers(0, len(MEASURE)))
def test_damaged_files_give_a_catalogue_or_a_catalogue_error(tmp_path: Path, damage: str, place: int) -> None:
    write(tmp_path, MEASURE[:place] + damage + MEASURE[place:])
    with suppress(CatalogueError):
        assert isinstance(load_catalogue(tmp_path), Catalogue)


def test_text_is_compared_in_one_spelling() -> None:
    assert normalise("「ＬＥＤ」 顯示屏、衞生　死角\u200b") == "led显示屏、卫生死角"
