"""Matching: what speaks for a measure, what does not, either script, odd input, speed."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingli.catalogue import Matcher, default_matcher, load_catalogue


def first(clause: str) -> str | None:
    matches = default_matcher().match(clause)
    return matches[0].measure if matches else None


@pytest.mark.parametrize(
    ("clause", "measure"),
    [
        ("督促各小区物业每半年清洗一次屋顶水箱", "water-tank-cleaning"),
        ("督促物業每月清掃樓道", "daily-cleaning-supervision"),
        ("水箱清洗后取水样送检", "water-quality-test"),
        ("清除河邊綠地上的白色垃圾", "white-pollution-cleanup"),
        ("向住户宣传白色污染的危害", "white-pollution-education"),
        ("舉辦垃圾分類知識講座", "lecture"),
        ("里長帶領環保志工清掃水溝", "drain-clearing"),
        ("ＬＥＤ 屏滾動播放節水短片", "led-screen"),
        ("元宵節舉辦舊物製燈比賽", "contest"),
        ("积极参加上级举办的业务培训", "training-attended"),
        ("对二次供水水池清洗消毒", "water-tank-cleaning"),
        ("对楼道、电梯间等公共部位进行消毒", "alert-disinfection"),
        ("修订保洁、绿化等各项规章制度", "management-system"),
        ("組織志願者清理河道垃圾", "river-patrol"),
        ("招募环保志愿者", "volunteer-team"),
        ("舉辦節水知識講座", "lecture"),
        ("利用宣传栏介绍分类方法", "publicity-board"),
        ("组织商户学习环境保护条例", "law-education"),
        ("大件家具预约上门清运", "bulky-waste"),
        ("在楼道张贴禁烟标识", "smoke-free"),
        ("水箱清洗后送检", "water-quality-test"),
        ("成立由书记任组长、物业经理任副组长的环保工作领导小组", "leading-group"),
    ],
)
def test_object_and_verb_decide(clause: str, measure: str) -> None:
    assert first(clause) == measure


@pytest.mark.parametrize(
    "clause",
    [
        "",
        "。",
        "努力营造人人关心环境的浓厚氛围",
        "不斷增強居民的環保意識和責任感",
        "以改善环境质量为目标",
        "坚持以人为本，全面协调可持续发展",
        "努力建设天蓝、地绿、水清的美好家园",
        "統一思想，提高認識，切實增強做好環保工作的緊迫感",
        "坚持预防为主、防治结合、综合治理的方针",
        "我社区地处城区东部，辖区面积1.2平方公里，共有居民3200户",
        "结合本社区实际，特制定本计划",
        "社區綠化覆蓋率達到35%以上",
        "2026年",
        "The committee meets every month.",
    ],
)
def test_slogans_and_noise_find_nothing(clause: str) -> None:
    assert default_matcher().match(clause) == ()


def test_why_names_the_words_that_spoke_for_it() -> None:
    match = default_matcher().match("對河道內的漂浮物進行打撈")[0]
    assert match.measure == "river-patrol"
    assert match.topic == load_catalogue().measures["river-patrol"].topic
    words = {(reason.kind, reason.word) for reason in match.why}
    assert ("verb", "打捞") in words
    assert ("object", "漂浮物") in words or ("object", "河道") in words


def test_both_scripts_find_the_same() -> None:
    pairs = [("发放宣传资料", "發放宣傳資料"), ("清理卫生死角", "清理衞生死角"), ("开展灭鼠行动", "開展滅鼠行動")]
    for simplified, traditional in pairs:
        assert default_matcher().match(simplified) == default_matcher().match(traditional) != ()


def test_at_most_three_best_first_and_no_measure_twice() -> None:
    clause = "利用宣传栏、黑板报、LED屏、微信群和广播宣传垃圾分类，发放宣传单，张贴海报，清理卫生死角"
    matches = default_matcher().match(clause)
    assert len(matches) == 3
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
    assert len({m.measure for m in matches}) == 3


def test_every_measure_is_found_by_its_own_name() -> None:
    """The names are not phrases: each must be reached through its concepts, among the best three."""
    missed = []
    for measure in load_catalogue().measures.values():
        for name in (measure.names.zh_hant, measure.names.zh_hans):
            if measure.id not in [match.measure for match in default_matcher().match(name)]:
                missed.append((measure.id, name))
    assert missed == []


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_matched_without_error(clause: str) -> None:
    for match in default_matcher().match(clause):
        assert 0.5 <= match.score <= 1.0
        assert match.why


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="的以为由成立清洗水箱，小组开展宣传,。1 \n", max_size=400))
def test_any_text_of_our_own_words_is_matched_without_error(clause: str) -> None:
    assert len(default_matcher().match(clause)) <= 3


def test_a_very_long_clause_does_not_hang() -> None:
    started = time.perf_counter()
    default_matcher().match("清洗水箱，" * 4_000)
    default_matcher().match("成立由" * 5_000)
    default_matcher().match("以" * 20_000 + "为")
    assert time.perf_counter() - started < 10


def test_thousands_of_clauses_a_second() -> None:
    clauses = [f"第{number}周组织志愿者对小区楼道杂物和绿化带垃圾进行一次彻底清理" for number in range(2_000)]
    matcher = Matcher(load_catalogue())
    started = time.process_time()
    for clause in clauses:
        matcher.match(clause)
    assert len(clauses) / (time.process_time() - started) > 3_000
