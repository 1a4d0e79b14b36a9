"""Headings in the numberings of different places, and numbers that are none."""

import pytest

from qingli.reading import PlanReading, read_text


def outline(text: str) -> list[tuple[int, str, str]]:
    return [(item.level, item.number, item.heading) for item in plan(text).outline]


def plan(text: str) -> PlanReading:
    return read_text("绿洲社区工作计划\n\n" + text).plans[0]


def test_taiwan_order() -> None:
    text = "壹、目標\n一、甲項\n(一)乙項\n1.丙項\n(1)丁項\n2.戊項\n(二)己項\n二、庚項\n貳、經費\n"
    assert [(level, number) for level, number, _ in outline(text)] == [
        (1, "壹、"),
        (2, "一、"),
        (3, "(一)"),
        (4, "1."),
        (5, "(1)"),
        (4, "2."),
        (3, "(二)"),
        (2, "二、"),
        (1, "貳、"),
    ]


def test_decimals_and_letters() -> None:
    text = "1. 组织\n1.1 成立小组\n1.2 开会\n(a) 每月一次\n(b) 做好记录\n2. 设施\n2.1 清洗水箱\n2.2 检查泵房\n"
    assert [level for level, _, _ in outline(text)] == [1, 2, 2, 3, 3, 1, 2, 2]


def test_a_decimal_before_a_word_that_could_be_counted() -> None:
    text = "1 保洁\n1.1 日常保洁\n1.1.1 每日清扫\n1.2 年度清洗\n2 宣传\n2.1 元宵灯谜\n2.2 月度讲座\n"
    found = [(level, number) for level, number, _ in outline(text)]
    assert found == [(1, "1"), (2, "1.1"), (3, "1.1.1"), (2, "1.2"), (1, "2"), (2, "2.1"), (2, "2.2")]


def test_an_amount_that_begins_a_line_is_no_heading() -> None:
    assert outline("一、经费\n1.1元一份的宣传单\n1.2元一份的环保袋\n") == [(1, "一、", "经费")]


def test_inline_items_only_in_a_run() -> None:
    found = outline("一、任务。1、清扫楼道;2、清运垃圾;3、消杀\n二、其他，见附件1、附件2\n")
    assert [(level, number) for level, number, _ in found] == [
        (1, "一、"),
        (2, "1、"),
        (2, "2、"),
        (2, "3、"),
        (1, "二、"),
    ]


@pytest.mark.parametrize(
    "line", ["3.12植树节种树", "1.2万元用于绿化", "4月清洗水池", "2031年总结", "3、4月检查", "15个小区"]
)
def test_dates_and_amounts_are_no_headings(line: str) -> None:
    assert outline(f"一、任务\n{line}\n") == [(1, "一、", "任务")]


def test_months_and_weeks_head_passages() -> None:
    text = "一、安排\n九月份：\n1. 布置\n十月份：\n1. 检查\n二、总结\n"
    assert [(level, number) for level, number, _ in outline(text)] == [
        (1, "一、"),
        (2, "九月份："),
        (3, "1."),
        (2, "十月份："),
        (3, "1."),
        (1, "二、"),
    ]


def test_numbering_is_reported_and_never_corrected() -> None:
    found = plan("一、甲\n1、清扫\n2、清运\n4、消杀\n4、宣传\n三、乙\n")
    assert [item.number for item in found.outline] == ["一、", "1、", "2、", "4、", "4、", "三、"]
    assert [(issue.code, issue.detail) for issue in found.issues] == [
        ("number-gap", "4、"),
        ("number-repeat", "4、"),
        ("number-gap", "三、"),
    ]


def test_hard_wrapped_lines_are_one_sentence() -> None:
    lines = [
        "一、任务",
        "为了进一步做好本辖区的环境卫生工作并且巩固已经取得的各项成果，每月最后一个星",
        "期五组织志愿者清扫楼道和院落并且把发现的问题登记在册及时交给有关的单位处理完",
        "毕，每季度公布一次结果并且接受全体居民的监督和评议同时欢迎大家提出意见以及建",
        "议。",
    ]
    surfaces = [hit.surface for hit in plan("\n".join(lines)).schedule]
    assert surfaces == ["每月最后一个星\n期五", "每季度"]
