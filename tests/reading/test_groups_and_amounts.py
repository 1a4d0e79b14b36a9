"""Groups known by how their names end, lists of people, fractions, measure words, and actions as clerks see them."""

import pytest

from qingli.reading import PlanReading, read_text


def plan(body: str) -> PlanReading:
    return read_text(f"绿洲社区2031年环境工作计划\n\n一、主要工作\n{body}\n").plans[0]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("组长：王建国　副组长：李芳、赵强　成员：各科科长", "王建国/leader 李芳/deputy 赵强/deputy 各科科长/member"),
        ("主任王某某每周检查", "主任王某某/performer"),
        ("張校長主持會議", "張校長/performer"),
        ("网格长陈静组织碰头会", "网格长陈静/performer"),
        ("綠色大使檢查課室", "綠色大使/performer"),
        ("工友每晚檢查", "工友/performer"),
        ("義工組派發傳單", "義工組/performer"),
        ("家長會協助布置", "家長會/partner"),
        ("養護站修剪綠籬", "養護站/performer"),
        ("县委督查室会同县农业农村局暗访", "县委督查室/performer 县农业农村局/partner"),
        ("農辦、城建辦、執法隊各司其職", "農辦/performer 城建辦/performer 執法隊/performer"),
        ("由院感科考核", "院感科/supervisor"),
        ("由業委會委託專業公司檢測", "業委會/performer 專業公司/performer"),
        ("组员包括各科主任", "各科主任/member"),
        ("报请市府补助", "市府/funder"),
        ("牵头单位：县委宣传部；协办：家教会", "县委宣传部/lead 家教会/partner"),
        ("镇党委书记张某某任总河长，镇长李某某任副总河长", "镇党委书记张某某/leader 镇长李某某/deputy"),
        ("成立由书记任组长、主任任第一副组长的指挥部", "书记/leader 主任/deputy 指挥部/body"),
        ("每日上交各类表格", ""),
        ("向居民派发传单，走访独居老人", ""),
        ("推进工作全部完成", ""),
    ],
)
def test_actors(sentence: str, expected: str) -> None:
    assert " ".join(f"{actor.surface}/{actor.role}" for actor in plan(f"1. {sentence}。").actors) == expected


def test_a_table_with_a_serial_that_its_head_does_not_name() -> None:
    rows = "项目\t金额\t负责人\n1\t购买回收箱\tHK$3,600\t总务主任\n2\t种植花苗\tHK$1,200\t常识科主任"
    found = plan(rows)
    assert [actor.surface for actor in found.actors] == ["总务主任", "常识科主任"]
    assert [action.title for action in found.actions] == ["购买回收箱", "种植花苗"]


@pytest.mark.parametrize(
    ("sentence", "surface", "value", "unit"),
    [
        ("覆盖一成农户", "一成", 10, "%"),
        ("达七成以上", "七成以上", 70, "%"),
        ("達八成五以上", "八成五以上", 85, "%"),
        ("无害化处理率百分之百", "百分之百", 100, "%"),
        ("覆盖三分之二以上住户", "三分之二以上", 66.7, "%"),
        ("参与逾六十户", "逾六十户", 60, "户"),
        ("設置三十攤", "三十攤", 30, "摊"),
        ("疏通200延米", "200延米", 200, "延米"),
        ("面积600平方公尺", "600平方公尺", 600, "平方公尺"),
        ("辦理3梯次", "3梯次", 3, "梯次"),
        ("投放3万尾鱼苗", "3万尾", 30000, "尾"),
        ("配备2至3名保洁员", "2至3名", 3, "名"),
        ("經費新臺幣25萬元整", "新臺幣25萬元整", 250000, "TWD"),
    ],
)
def test_amounts(sentence: str, surface: str, value: float, unit: str) -> None:
    (hit,) = plan(f"1. {sentence}。").quantities
    assert (hit.surface, hit.value, hit.unit) == (surface, value, unit)


@pytest.mark.parametrize("sentence", ["第二次检查", "第三季度", "实行两班制", "数十人", "三成员单位"])
def test_no_amounts(sentence: str) -> None:
    assert plan(f"1. {sentence}。").quantities == ()


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        ("1. 集中清运垃圾，清运量不少于1200吨，确保道路畅通。", ["集中清运垃圾，清运量不少于1200吨，确保道路畅通"]),
        ("1. 把每月第一天作为巡河日，带领志愿者打扫河岸。", ["把每月第一天作为巡河日，带领志愿者打扫河岸"]),
        ("1. 每两个月召开会议，全年不少于五次。", ["每两个月召开会议，全年不少于五次"]),
        ("1. 进一步加强组织领导。每周清扫楼道。", ["每周清扫楼道"]),
        ("第一、动员阶段（1月—2月）。召开动员会。\n第二、整治阶段（3月）。拆除违建。", ["召开动员会", "拆除违建"]),
        ("1. 每月喷药，遇公众假期顺延。", ["每月喷药，遇公众假期顺延"]),
        ("● 清扫楼道。\n● 更换路灯。", ["清扫楼道", "更换路灯"]),
        (
            "1. 成立工作小组，由主任任组长，书记任副组长，楼长任成员。",
            ["成立工作小组，由主任任组长，书记任副组长，楼长任成员"],
        ),
    ],
)
def test_action_titles(body: str, titles: list[str]) -> None:
    assert [action.title for action in plan(body).actions] == titles


@pytest.mark.parametrize(
    ("sentence", "surface"),
    [
        ("每半年清洗二次供水水箱，一處不漏", "一處不漏"),
        ("入户宣传一户不落", "一户不落"),
        ("投放鼠藥不漏一室", "不漏一室"),
        ("逐樓檢查，無一遺漏", "無一遺漏"),
    ],
)
def test_a_plan_says_in_many_ways_that_nothing_is_left_out(sentence: str, surface: str) -> None:
    assert [mention.surface for mention in plan(sentence).coverage if mention.rule == "full"] == [surface]


def test_one_and_not_in_other_words_are_no_coverage() -> None:
    assert plan("加強巡查，一直不斷").coverage == ()
