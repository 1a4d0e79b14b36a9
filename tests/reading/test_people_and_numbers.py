"""Actors with their roles, quantities with their kinds, what is left blank, and how actions tie them together."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from qingli.reading import PlanReading, read_text


def plan(body: str) -> PlanReading:
    return read_text(f"绿洲社区2031年环境工作计划\n\n一、主要工作\n{body}\n").plans[0]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("成立环保工作领导小组，由书记韩松任组长，主任白露任副组长，各楼栋长为成员。", "body leader deputy member"),
        ("由物业公司牵头整治飞线充电。", "lead"),
        ("清运记录报街道办事处。", "recipient"),
        ("方案经居民代表会议审议后实施。", "approver"),
        ("与业委会共同检查水箱。", "partner"),
        ("网格员每周巡查楼道。", "performer"),
        ("由街道办事处补助三千元。", "funder"),
        ("责任单位：物业公司；配合单位：居委会", "performer partner"),
        ("環保專幹每月拍照存檔。", "performer"),
    ],
)
def test_roles(sentence: str, expected: str) -> None:
    assert " ".join(actor.role for actor in plan(f"1. {sentence}").actors) == expected


def test_posts_names_and_their_group() -> None:
    body, leader = plan("1. 成立节能小组，由书记韩松任组长。").actors
    assert (leader.post, leader.name, leader.group) == ("书记", "韩松", 0)
    assert body.surface == "节能小组"


def test_a_table_gives_its_columns_roles() -> None:
    rows = "序号\t内容\t责任单位\t配合单位\t时限\n1\t清洗水箱\t物业公司\t居委会\t每半年\n2\t清理楼道\t网格员\t\t每周五"
    found = plan(rows)
    assert [(a.surface, a.role) for a in found.actors] == [
        ("物业公司", "performer"),
        ("居委会", "partner"),
        ("网格员", "performer"),
    ]
    assert [action.title for action in found.actions] == ["清洗水箱", "清理楼道"]


@pytest.mark.parametrize(
    ("sentence", "surface", "kind", "value"),
    [
        ("每月清洗不少于2次", "不少于2次", "freq", 2),
        ("知晓率达到90%以上", "90%以上", "target", 90),
        ("投入1.2万元", "1.2万元", "money", 12000),
        ("奖励壹萬元", "壹萬元", "money", 10000),
        ("支出HK$26,000", "HK$26,000", "money", 26000),
        ("参加人数不超过80人", "不超过80人", "limit", 80),
        ("节约一度电", "一度电", "rhetorical", 1),
        ("表彰前三名", "前三名", "rank", 3),
        ("培训时间不少于3小时", "不少于3小时", "duration", 3),
        ("合格率达百分之九十五", "百分之九十五", "target", 95),
    ],
)
def test_quantities(sentence: str, surface: str, kind: str, value: float) -> None:
    (hit,) = plan(f"1. {sentence}。").quantities
    assert (hit.surface, hit.kind, hit.value) == (surface, kind, value)


@pytest.mark.parametrize(
    "sentence", ["做到三不漏投", "落实门前三包", "一户一档", "十分重视", "减少一次性餐盒", "三级联动"]
)
def test_figures_of_speech_are_no_quantities(sentence: str) -> None:
    assert plan(f"1. {sentence}。").quantities == ()


def test_blanks_are_asked_for_once() -> None:
    text = "xx社区20xx年工作计划\n\n一、任务\n1. 20xx年__月__日前，xx社区公布“”名单。\n"
    found = read_text(text).plans[0]
    assert found.plan_year is None
    assert {question.code for question in found.questions} >= {"year", "community", "quote"}
    assert len({(question.code, question.surface) for question in found.questions}) == len(found.questions)


def test_a_stage_gives_its_months_to_what_stands_under_it() -> None:
    found = plan("（一）整治阶段（3—5月）\n1. 清理楼道杂物。\n2. 6月底前拆除违建。")
    first, second = found.actions
    assert [found.schedule[i].surface for i in first.inherited] == ["3—5月"]
    assert second.inherited == ()
    assert [found.schedule[i].surface for i in second.schedule] == ["6月底前"]


def test_issues_say_what_an_action_lacks() -> None:
    (action,) = plan("1. 定期清扫楼道。").actions
    assert {"no-owner", "vague-schedule", "no-quantity", "no-evidence"} == {issue.code for issue in action.issues}


def test_background_is_no_action() -> None:
    found = read_text("绿洲社区工作计划\n\n一、指导思想\n坚持以人为本，推动发展。\n二、任务\n1. 清扫楼道。\n").plans[0]
    assert [action.title for action in found.actions] == ["清扫楼道"]


@dataclass(frozen=True)
class Match:
    measure: str
    topic: str
    score: float


def test_a_matcher_names_measures() -> None:
    asked: list[str] = []

    def match(clause: str) -> Sequence[Match]:
        asked.append(clause)
        return [Match("stairs", "clean", 0.9)] if "楼道" in clause else []

    text = "绿洲社区工作计划\n\n一、任务\n1. 清扫樓道。\n2. 更换路灯。\n3. 化粪池：每月检查，每半年清掏1次。\n"
    actions = read_text(text, match=match).plans[0].actions
    assert [action.measure for action in actions] == ["stairs", None, None, None]
    assert asked[-1] == "化粪池:每半年清掏1次"
