"""Does a clause find its measure? Judged on sentences that are no measure's phrase, written by another hand."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from qingli.catalogue import MeasureMatch, default_matcher, load_catalogue
from qingli.catalogue.text import normalise

FILES = sorted((Path(__file__).parent / "sentences").glob("*.yaml"))
TOP_ONE = 0.90
TOP_THREE = 0.97


class Sentence(NamedTuple):
    """A clause and the measure it speaks of; None where it promises nothing that can be done."""

    measure: str | None
    clause: str


@cache
def sentences() -> tuple[Sentence, ...]:
    rows = [row for path in FILES for row in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return tuple(Sentence(*row) for row in rows)


def undertakings() -> list[Sentence]:
    return [sentence for sentence in sentences() if sentence.measure]


def offered(clause: str) -> list[str]:
    return [match.measure for match in default_matcher()(clause)]


def line(sentence: Sentence) -> str:
    matches: tuple[MeasureMatch, ...] = default_matcher()(sentence.clause)
    read = ", ".join(f"{match.measure} {match.score:.2f}" for match in matches) or "nothing"
    return f"{sentence.measure or 'nothing':<26} {sentence.clause}   -> {read}"


def test_first_offer_is_right() -> None:
    wanted = undertakings()
    missed = [s for s in wanted if offered(s.clause)[:1] != [s.measure]]
    share = 1 - len(missed) / len(wanted)
    assert share >= TOP_ONE, f"first of {len(wanted)}: {share:.3f}\n" + "\n".join(map(line, missed))


def test_right_one_is_among_three() -> None:
    wanted = undertakings()
    missed = [s for s in wanted if s.measure not in offered(s.clause)[:3]]
    share = 1 - len(missed) / len(wanted)
    assert share >= TOP_THREE, f"among three of {len(wanted)}: {share:.3f}\n" + "\n".join(map(line, missed))


def test_slogans_find_nothing() -> None:
    slogans = [s for s in sentences() if s.measure is None]
    taken = [s for s in slogans if offered(s.clause)]
    assert len(taken) <= len(slogans) * (1 - TOP_ONE), "\n".join(map(line, taken))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("督促物业每半年清洗二次供水池", "督促物业每月清扫楼道"),
        ("对辖区小作坊逐家登记，建立污染源信息档案", "对辖区小作坊逐家检查，查看污染治理设施"),
        ("对绿化带进行养护，每季度施肥一次", "对绿化带进行打药，每季度消杀害虫一次"),
        ("组织党员清理背街小巷的卫生死角", "组织党员清理背街小巷的牛皮癣小广告"),
    ],
)
def test_lookalikes_are_told_apart(one: str, other: str) -> None:
    expected = {s.clause: s.measure for s in sentences()}
    assert offered(one)[:1] == [expected[one]]
    assert offered(other)[:1] == [expected[other]]


def test_sentences_are_fit_to_judge_by() -> None:
    """Every measure is asked for, none is unknown, and no sentence is a phrase that the matcher was given."""
    measures = load_catalogue().measures
    asked = Counter(s.measure for s in undertakings())
    assert set(asked) == set(measures)
    assert min(asked.values()) >= 2
    assert len({s.clause for s in sentences()}) == len(sentences())
    phrases = {normalise(phrase) for measure in measures.values() for phrase in measure.phrases}
    assert not [s.clause for s in sentences() if normalise(s.clause) in phrases]
