"""What must hold for any text at all: surfaces stand where they say, spans nest, nothing is raised, time is linear."""

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingli.reading import PlanReading, read_text

WRITTEN = (
    "一、 （二） 3． (4) ① 第三周 九月份： 附件： 每月 每半年 3月5日前 5—10月 20xx年 __月__日 定期 农历八月十五 冬至前 "
    "4.22地球日 不少于 2次 1.2万元 ≥98％ 由 物业公司 负责 ， 。 ； ： 、 \n \n\n \t | 社区 组长 任 张三 成立 领导小组 "
    "清扫 楼道 “ ” （ ） 𠮷 é \u200b \r\n 篇1 篇2 计划 壹万元 參、 計(jì)劃 前 底 内 每"
)
PIECES = st.sampled_from(WRITTEN.split(" "))
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=80).map("".join))


def spans_of(plan: PlanReading) -> list[tuple[int, int]]:
    return [action.span for action in plan.actions]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_everything_points_at_its_characters(text: str) -> None:
    reading = read_text(text)
    assert reading.chars == len(text)
    for plan in reading.plans:
        begin, end = plan.span
        assert 0 <= begin <= end <= len(text)
        hits: tuple[Any, ...] = (
            *plan.schedule,
            *plan.quantities,
            *plan.actors,
            *plan.channels,
            *plan.coverage,
            *plan.evidence,
        )
        hits += (*plan.unread, *plan.placeholders)
        for hit in hits:
            assert text[hit.offset : hit.offset + len(hit.surface)] == hit.surface
            assert hit.surface
            assert begin <= hit.offset < end
        for item in plan.outline:
            assert text.startswith(item.number, item.offset)
            assert text.startswith(item.heading, item.heading_offset)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_spans_nest_and_indices_hold(text: str) -> None:
    for plan in read_text(text).plans:
        items = {item.id: item for item in plan.outline}
        for item in plan.outline:
            assert item.offset < item.end <= plan.span[1]
            if item.parent is not None:
                above = items[item.parent]
                assert above.level == item.level - 1
                assert above.offset <= item.offset
                assert item.end <= above.end
        for action in plan.actions:
            assert plan.span[0] <= action.span[0] < action.span[1] <= plan.span[1]
            assert set(action.inherited) <= set(action.schedule) <= set(range(len(plan.schedule)))
            assert set(action.inherited_actors) <= set(action.actors) <= set(range(len(plan.actors)))
            assert set(action.quantities) <= set(range(len(plan.quantities)))
            assert action.item is None or action.item in items


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_hits_do_not_overlap_and_json_holds(text: str) -> None:
    reading = read_text(text)
    for plan in reading.plans:
        groups: list[tuple[Any, ...]] = [plan.schedule, plan.quantities, plan.actors]
        for hits in groups:
            ends = [hit.end for hit in hits]
            starts = [hit.offset for hit in hits]
            assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    assert json.loads(json.dumps(reading.as_json(), ensure_ascii=False))["chars"] == len(text)


@pytest.mark.parametrize(
    "unit",
    [
        "一",
        "1",
        "(",
        "每",
        "“",
        "第一二三",
        "市、",
        " ",
        "x",
        "\n",
        "1、1、2、",
        "每周一二三",
        "由书记任组长，",
        "每月3日前清扫，",
    ],
)
def test_no_text_takes_more_than_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        read_text(text)
        return time.process_time() - start

    seconds(2_000)
    small, large = seconds(20_000), seconds(80_000)
    assert large < 12 * small + 0.5, f"{small:.3f} s for 20,000 characters, {large:.3f} s for 80,000"
