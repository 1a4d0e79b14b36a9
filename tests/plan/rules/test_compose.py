"""A plan put together from measures, and read back."""

import pytest

from qingli.plan.rules.compose import ChosenMeasure, chinese_number, compose
from qingli.reading import read_text

TANKS = ChosenMeasure(
    "water-tank-cleaning",
    "清洗二次供水水箱",
    "飲用水",
    when="每半年一次",
    norm={"type": "rrule", "value": "FREQ=MONTHLY;INTERVAL=6"},
    owner="物業公司",
    evidence="水質檢測報告",
)
LECTURE = ChosenMeasure("lecture", "舉辦環保講座", "宣傳教育", target="不少於2場")
BOARD = ChosenMeasure("blackboard", "出版黑板報", "宣傳教育", when="每月一期")


def test_actions_point_at_their_line_and_their_time() -> None:
    plan = compose([LECTURE, BOARD, TANKS], unit_name="青禾社區", period_name="2026年下半年")
    assert plan.title == "青禾社區2026年下半年環境保護工作計劃"
    assert plan.text.splitlines() == [
        "青禾社區2026年下半年環境保護工作計劃",
        "",
        "一、宣傳教育",
        "（一）舉辦環保講座。目標：不少於2場。",
        "（二）出版黑板報。時間：每月一期。",
        "",
        "二、飲用水",
        "（一）清洗二次供水水箱。時間：每半年一次。負責人：物業公司。留存資料：水質檢測報告。",
    ]
    lines = [plan.text[slice(*action.span)] for action in plan.actions]
    assert lines[2] == "清洗二次供水水箱。時間：每半年一次。負責人：物業公司。留存資料：水質檢測報告。"
    assert [action.when and plan.text[slice(*action.when)] for action in plan.actions] == [
        None,
        "每月一期",
        "每半年一次",
    ]
    assert [action.section for action in plan.actions] == ["宣傳教育", "宣傳教育", "飲用水"]


def test_the_simplified_plan_uses_simplified_words() -> None:
    board = ChosenMeasure("blackboard", "出黑板报", "宣传教育", when="每月一期", owner="环保专干")
    plan = compose([board], unit_name="青禾社区", period_name="2026年", script="zh-Hans")
    assert plan.text.startswith("青禾社区2026年环境保护工作计划")
    assert "时间：每月一期。负责人：环保专干。" in plan.text


def test_the_reader_reads_the_composed_plan_as_it_was_meant() -> None:
    plan = compose([LECTURE, BOARD, TANKS], unit_name="青禾社區", period_name="2026年下半年")
    (read,) = read_text(plan.text).plans
    assert [item.number for item in read.outline] == ["一、", "（一）", "（二）", "二、", "（一）"]
    norms = {hit.surface: hit.norm.get("value") for hit in read.schedule if hit.core}
    assert norms["每月"] == "FREQ=MONTHLY"
    assert norms["每半年"] == "FREQ=MONTHLY;INTERVAL=6"


def test_many_topics_are_numbered_the_chinese_way() -> None:
    many = [ChosenMeasure(f"m{number}", "種樹", f"專題{number}") for number in range(21)]
    text = compose(many, unit_name="青禾社區", period_name="").text
    assert "\n十、專題9\n" in text
    assert "\n十一、專題10\n" in text
    assert "\n二十一、專題20\n" in text
    assert [chinese_number(number) for number in (1, 20, 99)] == ["一", "二十", "九十九"]


def test_nothing_chosen_or_too_much_is_an_error() -> None:
    with pytest.raises(ValueError, match="no-measures"):
        compose([], unit_name="青禾社區", period_name="2026年")
    with pytest.raises(ValueError, match="number-out-of-range"):
        compose([LECTURE] * 100, unit_name="青禾社區", period_name="2026年")
