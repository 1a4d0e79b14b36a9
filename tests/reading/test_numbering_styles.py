"""Numberings of other places: letters, Roman numerals, ordinals, weekdays, notes, and dates right behind a number."""

import pytest

from qingli.reading import read_text


def outline(text: str) -> list[tuple[int, str]]:
    items = read_text("绿洲社区工作计划\n\n" + text).plans[0].outline
    return [(item.level, item.number) for item in items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I. 宗旨\nII. 措施\nA. 节能\n(i) 关灯\n(ii) 关水\nB. 减废\n(i) 回收\n", "I. II. >A. >>(i) >>(ii) >B. >>(i)"),
        ("（A）清洁\n1. 扫地\n2. 擦窗\n（B）绿化\n(a) 浇水\n(b) 补种\n", "（A） >1. >2. （B） >(a) >(b)"),
        ("Ⅰ、组织\n1.1 开会\n1.1.1 记录\n1.1.2 归档\n1.2 检查\nⅡ、宣传\n", "Ⅰ、 >1.1 >>1.1.1 >>1.1.2 >1.2 Ⅱ、"),
        (
            "一、甲\n第一、动员\n第二、实施\n二、乙\n其一，落实责任\n其二，加强督查\n",
            "一、 >第一、 >第二、 二、 >其一 >其二",
        ),
        ("一、改厕。首先，摸底；其次，施工；最后，验收。\n二、治水\n", "一、 >首先 >其次 >最后 二、"),
        ("一. 甲\n二. 乙\n附：\n1．分工表\n2．评分表\n", "一. 二. 附： >1． >2．"),
        ("一、甲\n1. 乙\n2. 丙\n備註：遇雨順延\n", "一、 >1. >2. 備註："),
        (
            "一、甲\n1.扫地\n2.擦窗\n二、乙\n1、4月22日前清淤\n2、 5月10日放流\n3.6月底前拆除\n",
            "一、 >1. >2. 二、 >1、 >2、 >3.",
        ),
        ("一、甲\n(1)5月清扫\n(2)6月检查\n二、乙\n", "一、 >(1) >(2) 二、"),
        ("周一：\n1、扫地\n2、擦窗\n周二：\n1、浇水\n2、施肥\n", "周一： >1、 >2、 周二： >1、 >2、"),
        ("一、甲\n一季度：摸底\n二季度：整治\n下半年：巩固\n", "一、 >一季度： >二季度： >下半年："),
        ("一\t清扫\t物业公司\t三月\n二\t清运\t环卫站\t四月\n工作要求：\n1．登记\n2．上报\n", "一 二 1． 2．"),
        ("一、清运。(a)每日收集；(b)每周转运。\n二、消杀\n", "一、 >(a) >(b) 二、"),
        ("(g) 甲\n(h) 乙\n(i) 丙\n(j) 丁\n", "(g) (h) (i) (j)"),
    ],
)
def test_levels(text: str, expected: str) -> None:
    assert " ".join(">" * (level - 1) + number for level, number in outline(text)) == expected


def test_a_list_of_months_is_still_no_number() -> None:
    assert outline("一、任务\n3、4月检查水池\n二、总结\n") == [(1, "一、"), (1, "二、")]


def test_a_number_before_a_date_leaves_the_date_whole() -> None:
    text = "绿洲社区工作计划\n\n一、任务\n1、3月底以前排查。\n2、4月清运。\n"
    plan = read_text(text).plans[0]
    assert [item.heading[:2] for item in plan.outline[1:]] == ["3月", "4月"]
    assert [hit.surface for hit in plan.schedule] == ["3月底以前", "4月"]
