"""One sentence of our own for each way of writing a time, with the normal form that it must get."""

from typing import Any

import pytest

from qingli.reading import ScheduleHit, read_text

TITLE = "青石社区2031年环境工作计划\n\n"
M = "FREQ=MONTHLY"


def r(value: str, **more: Any) -> dict[str, Any]:
    return {"type": "rrule", "value": value, **more}


def w(first: str | None, last: str | None, **more: Any) -> dict[str, Any]:
    return {"type": "window", "from": first, "to": last, **more}


def d(*days: str, **more: Any) -> dict[str, Any]:
    return {"type": "date", "value": list(days), **more}


CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("水池每半年清洗", "每半年", r(f"{M};INTERVAL=6")),
    ("每月第一个星期五开会", "每月第一个星期五", r(f"{M};BYDAY=1FR")),
    ("每月最后一天盘点", "每月最后一天", r(f"{M};BYMONTHDAY=-1")),
    ("每月5日前上报", "每月5日前", r(f"{M};BYMONTHDAY=5", deadline_each=True)),
    ("每月1日、15日消杀", "每月1日、15日", r(f"{M};BYMONTHDAY=1,15")),
    ("每月底核对", "每月底", r(f"{M};BYMONTHDAY=-1")),
    ("每周三、周五下午值守", "每周三、周五下午", r("FREQ=WEEKLY;BYDAY=WE,FR")),
    ("每周一至周五巡查", "每周一至周五", r("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")),
    ("每周一次清洗", "每周", r("FREQ=WEEKLY")),
    ("每两周消毒", "每两周", r("FREQ=WEEKLY;INTERVAL=2")),
    ("逢星期六清运", "逢星期六", r("FREQ=WEEKLY;BYDAY=SA")),
    ("隔天巡护", "隔天", r("FREQ=DAILY;INTERVAL=2")),
    ("一年两次体检", "一年", r("FREQ=YEARLY")),
    ("半年一次通报", "半年", r(f"{M};INTERVAL=6")),
    ("每季度末排名", "每季度末", r("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1")),
    ("垃圾日产日清", "日产日清", r("FREQ=DAILY")),
    ("6-9月每周灭蚊", "6-9月每周", r("FREQ=WEEKLY;BYMONTH=6,7,8,9")),
    ("每月或每星期上门宣传", "每月或每星期", r("", any_of=True) | {"value": [M, "FREQ=WEEKLY"]}),
    ("3月、9月检查", "3月、9月", r("FREQ=YEARLY;BYMONTH=3,9")),
    ("每年9月第三个星期六清洁", "每年9月第三个星期六", r("FREQ=YEARLY;BYMONTH=9;BYDAY=3SA")),
    ("5月底前完工", "5月底前", w(None, "Y-05-31")),
    ("2032年1月15日前上交", "2032年1月15日前", w(None, "2032-01-15")),
    ("每年4月前完成", "每年4月前", w(None, "*-03-31", alternative="..*-04-30")),
    ("10月中旬评比", "10月中旬", w("Y-10-11", "Y-10-20")),
    ("3月20日至4月10日整治", "3月20日至4月10日", w("Y-03-20", "Y-04-10")),
    ("11月至次年2月巡查", "11月至次年2月", w("Y-11-01", "Y+1-02-28")),
    ("第三季度评估", "第三季度", w("Y-07-01", "Y-09-30")),
    ("年底前总结", "年底前", w(None, "Y-12-31")),
    ("8月前后补种", "8月前后", w("Y-08-01", "Y-08-31", approx=True)),
    ("三年内建成", "三年内", w("Y", "Y+2")),
    ("即日起至6月30日整改", "即日起至6月30日", w("ISSUE", "Y-06-30")),
    ("冬季防冻", "冬季", w("Y-12-01", "Y+1-02-28")),
    ("春、秋两季灭鼠", "春、秋两季", {"type": "window", "parts": ["Y-03-01..Y-05-31", "Y-09-01..Y-11-30"]}),
    ("4月22日、23日布展", "4月22日、23日", d("Y-04-22", "Y-04-23")),
    ("3.22世界水日宣传", "3.22世界水日", d("Y-03-22")),
    ("“6.5”环境日宣传", "“6.5”环境日", d("Y-06-05")),
    ("植树节植树", "植树节", d("Y-03-12")),
    ("重阳节慰问", "重阳节", {"type": "lunar", "value": "09-09"}),
    ("农历八月十五前送粮", "农历八月十五前", {"type": "lunar", "value": "before(08-15)"}),
    ("正月初一、十五值守", "正月初一、十五", {"type": "lunar", "value": ["01-01", "01-15"]}),
    ("清明前后禁烧", "清明前后", {"type": "solarterm", "value": "清明", "approx": True}),
    ("台风季前加固", "台风季前", {"type": "season", "value": "before(台风季)"}),
    ("入汛前（5月20日）疏通", "入汛前（5月20日）", w(None, "Y-05-20")),
    ("暑假期间开班", "暑假期间", {"type": "season", "value": "暑假"}),
    ("第3周布置", "第3周", {"type": "semesterweek", "value": 3}),
    ("不定期抽查", "不定期", {"type": "unscheduled-periodic", "word": "不定期"}),
    ("接报后24小时内处理", "接报后24小时内", {"type": "rel", "value": "after(接报,PT24H)"}),
    ("投诉2小时内回复", "2小时内", {"type": "rel", "value": "within(PT2H)"}),
]


def times(sentence: str, title: str = TITLE) -> list[ScheduleHit]:
    plan = read_text(f"{title}一、工作任务\n1. {sentence}。\n").plans[0]
    return [hit for hit in plan.schedule if hit.offset > len(title)]


@pytest.mark.parametrize(("sentence", "surface", "norm"), CASES, ids=[case[1] for case in CASES])
def test_a_time_gets_its_normal_form(sentence: str, surface: str, norm: dict[str, Any]) -> None:
    assert [(hit.surface, dict(hit.norm)) for hit in times(sentence)] == [(surface, norm)]


@pytest.mark.parametrize(
    "sentence",
    [
        "组织“春季守护行动”",
        "推广每月之星评选办法",
        "发动千家万户参与",
        "接入1.2兆瓦光伏",
        "清洗二次供水设施",
        "前往街道中心交流",
        "做好年轻人的工作",
        "提高日常保洁水平",
    ],
)
def test_words_that_only_look_like_times(sentence: str) -> None:
    assert times(sentence) == []


def test_an_ambiguous_time_lists_its_other_reading() -> None:
    (hit,) = times("6月前完成改造")
    assert dict(hit.norm) == w(None, "Y-05-31", alternative="..Y-06-30")
    assert hit.alternatives == (w(None, "Y-06-30"),)


def test_rest_of_the_months() -> None:
    first, second = times("4—9月每周一次，其余月份每月一次")
    assert first.norm["value"] == "FREQ=WEEKLY;BYMONTH=4,5,6,7,8,9"
    assert second.norm["value"] == "FREQ=MONTHLY;BYMONTH=1,2,3,10,11,12"


def test_traditional_script_keeps_its_words() -> None:
    hits = times("颱風季前加固，每週三巡查，適時公布", "青石里115年度工作計畫\n\n")
    assert [hit.surface for hit in hits] == ["颱風季前", "每週三", "適時"]
    assert hits[0].norm["value"] == "before(颱風季)"
    assert hits[2].norm["word"] == "適時"


def test_school_year_runs_into_the_next_year() -> None:
    hits = times("1月10日总结，10月8日布置", "白桦小学2031-2032学年第一学期工作计划\n\n")
    assert [hit.norm["value"] for hit in hits] == [["Y+1-01-10"], ["Y-10-08"]]


def test_what_is_not_understood_is_reported() -> None:
    plan = read_text("工作计划\n\n一、任务\n1. 每隔几周抽查一次。\n").plans[0]
    assert [(unread.surface, unread.near) for unread in plan.unread] == [("每隔几周", "每")]
