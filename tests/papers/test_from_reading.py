"""From what was read to a paper: every cell in the plan's own words."""

from dataclasses import replace
from datetime import date

import pytest

from qingli.papers.from_reading import due_dates, fill_ins, period_of, plan_paper
from qingli.plan.rules.calendar import ChineseCalendar
from qingli.reading import (
    ActorHit,
    Issue,
    OutlineItem,
    Placeholder,
    PlanAction,
    PlanReading,
    QuantityHit,
    ScheduleHit,
)

TEXT = """青竹社區2027年上半年工作計劃
一、衛生清潔
（一）物業公司每月清洗水箱兩次，
由樓長驗收，請居民監督。
（二）5月底前清理樓道____處。
"""


def at(words: str) -> int:
    return TEXT.index(words)


def schedule(surface: str, norm: dict[str, str | None], kind: str = "recur") -> ScheduleHit:
    return ScheduleHit(surface, at(surface), kind, True, norm, "test")


PLAN = PlanReading(
    title="青竹社區2027年上半年工作計劃",
    span=(0, len(TEXT)),
    plan_year=2027,
    period=("Y-01-01", "Y-06-30"),
    outline=(
        OutlineItem(0, 1, "一、", at("一、"), "衛生清潔", at("衛生"), None, False, "cjk", len(TEXT)),
        OutlineItem(1, 2, "（一）", at("（一）"), "物業公司", at("物業"), 0, False, "paren", at("（二）")),
        OutlineItem(2, 2, "（二）", at("（二）"), "5月底前", at("5月"), 0, False, "paren", len(TEXT)),
    ),
    schedule=(
        schedule("每月", {"type": "rrule", "value": "FREQ=MONTHLY"}),
        schedule("5月底前", {"type": "window", "from": None, "to": "Y-05-31"}, "deadline"),
    ),
    quantities=(QuantityHit("兩次", at("兩次"), "freq", 2, "次", "清洗", "test"),),
    actors=(
        ActorHit("物業公司", at("物業公司"), "performer", "test"),
        ActorHit("居民", at("居民"), "recipient", "test"),
    ),
    actions=(
        PlanAction("每月清洗水箱兩次，\n由樓長驗收", (27, at("（二）")), 1, "tank", "water", (0,), (0,), (0, 1)),
        PlanAction("清理樓道", (at("5月"), len(TEXT) - 1), 2, None, None, (1,), (), (0,), (), (0,), (), (
            Issue("no-evidence", (0, 1)), Issue("placeholder", (0, 1)))),
    ),
    placeholders=(Placeholder("____", at("____"), "number"),),
)  # fmt: skip


def test_rows_are_in_the_plan_s_own_words() -> None:
    paper = plan_paper(TEXT, PLAN, language="zh-Hant", measures={"tank": "清洗水箱"})
    first, second = paper.actions
    assert (first.number, first.action) == ("（一）", "每月清洗水箱兩次，由樓長驗收")
    assert (first.when, first.who, first.how_much, first.measure) == ("每月", "物業公司", "兩次", "清洗水箱")
    assert second.who == "物業公司（承上文）"
    assert second.missing == ("未寫明留存什麼材料", "留有空白待填")


def test_lines_keep_what_is_written_and_know_their_level() -> None:
    paper = plan_paper(TEXT, PLAN, language="en")
    assert [line.text for line in paper.lines] == TEXT.strip().split("\n")[1:]
    assert [line.level for line in paper.lines] == [1, 2, 0, 2]
    assert not paper.marks
    assert paper.fill_ins == ()


def test_marked_papers_show_blanks_and_what_was_put_right() -> None:
    where = at("5月底前")
    paper = plan_paper(TEXT, PLAN, language="zh-Hant", marked=True, fixed=[(where, where + 4)])
    last = paper.lines[-1]
    assert [(piece.text, piece.mark) for piece in last.pieces] == [
        ("（二）", ""),
        ("5月底前", "fixed"),
        ("清理樓道", ""),
        ("____", "open"),
        ("處。", ""),
    ]
    assert paper.corrected
    assert [(each.where, each.what) for each in paper.fill_ins] == [
        ("（二）", "數目"),
        ("（二）", "留存材料"),
    ]
    assert paper.fill_ins[0].quote == "（二）5月底前清理樓道____處"


def test_fill_ins_name_nothing_twice() -> None:
    found = fill_ins(TEXT, PLAN, "zh-Hans")
    assert len(set(found)) == len(found) == 2


def test_due_dates_are_those_of_the_plan_s_period() -> None:
    dues = due_dates(PLAN, None, ChineseCalendar())
    assert [due.due for due in dues if due.number == "（二）"] == [date(2027, 5, 31)]
    monthly = [due for due in dues if due.number == "（一）"]
    assert len(monthly) == 12  # twice a month for half a year
    assert all(due.opens <= due.due for due in dues)
    assert len({due.key for due in dues}) == len(dues)
    assert [due.due for due in dues] == sorted(due.due for due in dues)


@pytest.mark.parametrize(("said", "year", "start"), [(2027, None, date(2027, 1, 1)), (None, 2028, date(2028, 1, 1))])
def test_the_year_is_the_plan_s_or_the_one_that_is_told(said: int | None, year: int | None, start: date) -> None:
    found = period_of(replace(PLAN, plan_year=said), year)
    assert found is not None
    assert found.start == start


def test_without_a_year_nothing_falls_due() -> None:
    unknown = replace(PLAN, plan_year=None, title="社區20xx年上半年工作計劃")
    assert period_of(unknown, None) is None
    assert due_dates(unknown, None, ChineseCalendar()) == ()
