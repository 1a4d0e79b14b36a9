"""Times beside those that look like them: counts and weekdays, quarters and every quarter, names and days."""

from typing import Any

import pytest

from qingli.reading import ScheduleHit, read_text

TITLE = "青石社区2031年环境工作计划\n\n"
W = "FREQ=WEEKLY"
M = "FREQ=MONTHLY"


def times(body: str, title: str = TITLE) -> list[ScheduleHit]:
    return [hit for hit in read_text(title + body).plans[0].schedule if hit.offset > len(title)]


@pytest.mark.parametrize(
    ("sentence", "surface", "rule"),
    [
        ("每周2次清运", "每周", W),
        ("每月3次", "每月", M),
        ("每週1次", "每週", W),
        ("每周二次清洗", "每周", W),
        ("每周两至三次", "每周", W),
        ("每周二清洗", "每周二", f"{W};BYDAY=TU"),
        ("每周一检查", "每周一", f"{W};BYDAY=MO"),
        ("每周三、五巡查", "每周三、五", f"{W};BYDAY=WE,FR"),
        ("周五16时前上报", "周五16时前", f"{W};BYDAY=FR"),
        ("一季度一次", "一季度", f"{M};INTERVAL=3"),
        ("兩月一次修剪", "兩月", f"{M};INTERVAL=2"),
        ("一月一次", "一月", M),
        ("每半年度检查", "每半年度", f"{M};INTERVAL=6"),
        ("隔週星期四收集", "隔週星期四", f"{W};INTERVAL=2;BYDAY=TH"),
        ("隔星期六收集", "隔星期六", f"{W};INTERVAL=2;BYDAY=SA"),
        ("每隔一周消毒", "每隔一周", f"{W};INTERVAL=2"),
        ("逢單週噴藥", "逢單週", f"{W};INTERVAL=2"),
        ("雙月15日前複查", "雙月15日前", "FREQ=YEARLY;BYMONTH=2,4,6,8,10,12;BYMONTHDAY=15"),
        ("每月第二和第四个星期六", "每月第二和第四个星期六", f"{M};BYDAY=2SA,4SA"),
        ("每季度末月25日前汇总", "每季度末月25日前", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"),
        ("次月5日前上报", "次月5日前", f"{M};BYMONTHDAY=5"),
        ("每日午膳後巡查", "每日午膳後", "FREQ=DAILY"),
        ("每晚7時檢查", "每晚7時", "FREQ=DAILY"),
        ("工作日每天消毒", "工作日每天", f"{W};BYDAY=MO,TU,WE,TH,FR"),
    ],
)
def test_what_comes_back(sentence: str, surface: str, rule: str) -> None:
    (hit,) = times(f"一、任务\n1. {sentence}。\n")
    assert (hit.surface, hit.norm["value"]) == (surface, rule)


@pytest.mark.parametrize(
    ("sentence", "surface", "first", "last"),
    [
        ("一季度摸底", "一季度", "Y-01-01", "Y-03-31"),
        ("10月初至11月15日验收", "10月初至11月15日", "Y-10-01", "Y-11-15"),
        ("自9月1日起至10月15日止整治", "自9月1日起至10月15日止", "Y-09-01", "Y-10-15"),
        ("由3月1日至5月31日試行", "由3月1日至5月31日", "Y-03-01", "Y-05-31"),
        ("10月15日或之前提交", "10月15日或之前", None, "Y-10-15"),
        ("不遲於3月底成立", "不遲於3月底", None, "Y-03-31"),
        ("年度內完成", "年度內", "Y-01-01", "Y-12-31"),
        ("8月上、中旬检查", "8月上、中旬", "Y-08-01", "Y-08-20"),
    ],
)
def test_windows(sentence: str, surface: str, first: str | None, last: str) -> None:
    (hit,) = times(f"一、任务\n1. {sentence}。\n")
    assert (hit.surface, hit.norm["from"], hit.norm["to"]) == (surface, first, last)


@pytest.mark.parametrize(
    "sentence",
    ["开展校园清洁日活动", "举办“无纸日”", "周末卫生日活动", "「春季護河」行動", "环保教育周年展", "作为家庭日"],
)
def test_names_of_the_place_are_no_days(sentence: str) -> None:
    assert times(f"一、任务\n1. {sentence}。\n") == []


@pytest.mark.parametrize("day", ["世界清洁日", "地球日", "4.22地球日", "无车日"])
def test_well_known_days(day: str) -> None:
    assert [hit.surface for hit in times(f"一、任务\n1. 利用{day}宣传。\n")] == [day]


def test_days_under_a_month_heading_are_of_that_month() -> None:
    body = "一、安排\n7月\n● 15日前疏通。\n● 下旬培训。\n● 月底评选。\n● 第二周冲洗。\n"
    body += "8月\n● 上旬更换。\n9月\n● 25日复查。\n"
    found: list[Any] = [dict(hit.norm) for hit in times(body)]
    assert found[1] == {"type": "window", "from": None, "to": "Y-07-15"}
    assert found[2] == {"type": "window", "from": "Y-07-21", "to": "Y-07-31"}
    assert found[3] == {"type": "window", "from": None, "to": "Y-07-31"}
    assert found[4] == {"type": "window", "from": "Y-07-08", "to": "Y-07-14", "approx": True}
    assert found[6] == {"type": "window", "from": "Y-08-01", "to": "Y-08-10"}
    assert found[8] == {"type": "date", "value": ["Y-09-25"]}


def test_days_of_the_month_named_before() -> None:
    first, second = times("一、任务\n1. 3月10日动员，25日前完成。\n")
    assert (first.surface, second.norm["to"]) == ("3月10日", "Y-03-25")
    first, second = times("一、任务\n1. 每月5日前上报，15日前汇总。\n")
    assert second.norm == {"type": "rrule", "value": f"{M};BYMONTHDAY=15", "deadline_each": True}


def test_a_bare_day_without_a_month_is_none() -> None:
    assert times("一、任务\n1. 下旬清扫，15日前登记。\n") == []


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("全年开会", "Y-09-01", "Y+1-08-31"),
        ("7月至8月值守", "Y+1-07-01", "Y+1-08-31"),
        ("下学期栽种", "Y+1-02-01", "Y+1-07-31"),
    ],
)
def test_a_school_year_never_runs_backwards(sentence: str, first: str, last: str) -> None:
    (hit,) = times(f"一、任务\n1. {sentence}。\n", "白桦小学2031/32学年工作计划\n\n")
    assert (hit.norm["from"], hit.norm["to"]) == (first, last)


def test_a_condition_is_no_core_time() -> None:
    first, second = times("一、任务\n1. 创卫迎检期间管理人员每日到岗。\n")
    assert (first.kind, first.core, second.surface) == ("condition", False, "每日")
