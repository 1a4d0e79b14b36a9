"""The half-year report: every figure is the count of what it leads to, and what is not known is said."""

import re
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import uuid4

import opencc
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingli.ground.rules import NotAllowedError, SiteType
from qingli.insight import words
from qingli.papers.half_year_shape import Table
from qingli.plan import actions
from qingli.plan.models import Action, Task
from qingli.plan.rules.progress import Progress, TaskLine, progress
from qingli.work import actions as work
from tests.ground.world import World, act
from tests.insight.reports import figures_of, lines_of, report, text_of
from tests.plan.plans import JULY, Running, at, running

TODAY = date(2026, 8, 10)


@pytest.fixture
def plan(world: World) -> Running:
    """The running plan: in July one task was done on time and one late, in August one was given up."""
    plan = running(world)
    for words_, day in (("林秋月", "2026-07-20"), ("樓道", "2026-07-09")):
        task = plan.tasks(words_)[0]
        work.record_work(task_id=task.id, words="開了會，定了三件事", **act(plan.clerk, at=at(day)))
    task = next(one for one in plan.tasks("林秋月") if one.state == "open")
    actions.mark_not_done(task_id=task.id, reason="停電", **act(plan.clerk, at=at("2026-08-05")))
    return plan


def add_task(plan: Running, due: date, state: str = "open", done_on: date | None = None) -> None:
    row = Action.objects.filter(plan_id=plan.id).first()
    assert row is not None
    facts: dict[str, Any] = {"state": state, "done_on": done_on, "reason": "人手不足" if state == "not_done" else ""}
    where = {"unit_id": plan.world.units["xl"], "place_id": plan.world.units["xl"], "plan_id": plan.id}
    Task.objects.create(
        lineage=row.lineage, action=row, occurrence=str(uuid4()), opens=due, due=due, title=row.title, made_at=JULY,
        **where, **facts,
    )  # fmt: skip


def recount(plan: Running, since: date, until: date) -> Progress:
    """The same counts by the rule, from the rows one by one."""
    rows = Task.objects.filter(unit_id=plan.world.units["xl"])
    lines = [TaskLine("", row.state, row.due, row.done_on) for row in rows if since <= row.due < until]  # type: ignore[arg-type]  # a state of the rules
    return progress(lines, today=TODAY)


def table_of(plan: Running) -> Table:
    part = next(part for part in report(plan.world).parts if part.code == "plan")
    return next(block for block in part.blocks if isinstance(block, Table))


def test_the_sums_are_a_recount_by_the_rule_and_the_rows_add_up(plan: Running) -> None:
    for day, state, done in (
        (date(2026, 6, 30), "open", None),
        (date(2026, 7, 1), "done", date(2026, 7, 3)),
        (date(2026, 12, 31), "open", None),
        (date(2027, 1, 1), "open", None),
    ):
        add_task(plan, day, state, done)
    table = table_of(plan)
    counts = recount(plan, date(2026, 7, 1), date(2027, 1, 1))
    wanted = [counts.promised, counts.done - counts.done_late, counts.done_late]
    wanted += [counts.not_done, counts.late, counts.not_due]
    assert all(wanted)
    numbers = [[int(figure.text) for figure in row[1:]] for row in table.rows]
    assert numbers[-1] == wanted
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == wanted
    assert [row[0].text for row in table.rows] == ["一、加強組織", "二、整治環境", "Together"]


def test_a_share_always_stands_with_its_whole(plan: Running) -> None:
    counts = recount(plan, date(2026, 7, 1), date(2027, 1, 1))
    due = counts.done + counts.not_done + counts.late
    said = text_of(report(plan.world), "plan")
    assert f"Of the {due} that were due by then, 1 were done on time ({words.percent(1, due)})" in said
    assert said.count("%") == 1


def test_a_figure_of_something_leads_somewhere_and_one_of_nothing_does_not(plan: Running) -> None:
    for code in ("plan", "topics", "problems", "voice", "next"):
        for line in lines_of(report(plan.world), code):
            assert not any(figure.link for figure in line if figure.text == "0")
    assert len(figures_of(report(plan.world))) > 30


def test_topics_say_three_figures_and_tell_an_example_in_the_worker_s_words(plan: Running) -> None:
    said = text_of(report(plan.world), "topics")
    assert re.search(r"Meetings and visits: 1 done of \d+ promised, 1 of them on time; records: 1\.", said)
    assert re.search(r"Cleaning: 1 done of \d+ promised, 0 of them on time; records: 1\.", said)
    assert "For example 20 July, 每月召開一次環境工作例會，由林秋月負責: 開了會，定了三件事." in said


def test_problems_are_told_with_day_and_reason_and_without_people(plan: Running) -> None:
    said = text_of(report(plan.world), "problems")
    assert "停電" in said
    assert re.search(r"每月5日前由各網格員清理樓道雜物.*: due 5 August, 5 days late", said)
    assert "何小滿" not in said


def test_what_is_left_is_what_is_late_and_not_due(plan: Running) -> None:
    counts = recount(plan, date(2026, 7, 1), date(2027, 1, 1))
    said = text_of(report(plan.world), "next")
    assert f"Left to do from this half-year: {counts.late + counts.not_due}" in said
    assert "No task is planned for the next half-year yet: no data." in said


def test_the_half_year_before_is_compared_with_or_said_to_be_unknown(plan: Running) -> None:
    assert "no data of the half-year before" in text_of(report(plan.world), "plan")
    add_task(plan, date(2026, 6, 30), "done", date(2026, 6, 30))
    assert "In the half-year before, 1 were promised and 1 done on time." in text_of(report(plan.world), "plan")


def test_sites_and_households_are_counted_and_what_nobody_entered_is_no_data(world: World) -> None:
    assert "buildings: no data; households: no data; shops: no data; water tanks: no data" in text_of(
        report(world), "basics"
    )
    world.site("xl1", SiteType.BUILDING, "1號樓", count=48)
    world.site("xl2", SiteType.BUILDING, "2號樓")
    said = text_of(report(world), "basics")
    assert "buildings: 2; households: 48 (of 2 buildings, 1 say how many); shops: no data" in said
    assert "posts held: 5" in said


def test_a_community_without_a_plan_gets_no_zeros(world: World) -> None:
    paper = report(world)
    for code in ("plan", "topics", "problems"):
        assert text_of(paper, code) == "No plan was in force and no task was due in this half-year: no data."
    assert "%" not in text_of(paper)


@pytest.mark.parametrize("short", ["grid", "neighbour", "street", "district", "outsider", "administrator"])
def test_only_the_community_s_own_office_makes_it(world: World, short: str) -> None:
    with pytest.raises(NotAllowedError):
        report(world, short)


def test_it_costs_the_same_for_many_tasks(plan: Running) -> None:
    with CaptureQueriesContext(connection) as few:
        report(plan.world)
    for n in range(60):
        add_task(plan, date(2026, 7, 1 + n % 31), ("open", "not_done")[n % 2])
    with CaptureQueriesContext(connection) as many:
        report(plan.world)
    assert len(many) == len(few)


def test_the_words_of_all_three_languages_name_the_same_figures() -> None:
    simplified = opencc.OpenCC("t2s").convert
    for key, row in words.WORDS.items():
        names = [set(re.findall(r"\{(\w+)\}", text)) for text in row if text]
        assert all(one == names[0] for one in names), key
        assert simplified(row[0]) == row[1], key


def test_a_share_is_rounded_half_up() -> None:
    assert [words.percent(1, 3), words.percent(1, 16), words.percent(1, 2000), words.percent(7, 7)] == [
        "33.3%",
        "6.3%",
        "0.1%",
        "100.0%",
    ]


def test_progress_has_no_count_that_the_report_forgets() -> None:
    told = {"promised", "done", "done_late", "not_done", "late", "not_due"}
    assert {field.name for field in fields(Progress)} == told | {"cancelled"}


@pytest.mark.parametrize("half", [(2026, 1), (2026, 2), (2027, 1)])
def test_every_part_says_something_or_that_there_is_no_data(world: World, half: tuple[int, int]) -> None:
    paper = report(world, half=half)
    assert [part.code for part in paper.parts] == [
        "basics", "plan", "topics", "problems", "voice", "money", "criteria", "titles", "next",
    ]  # fmt: skip
    assert all(text_of(paper, part.code) for part in paper.parts)
    assert "Satisfaction: not asked, no data." in text_of(paper, "voice")
    assert "no data" in text_of(paper, "money")


def test_a_part_beyond_the_maker_s_post_says_so(plan: Running) -> None:
    """The registrar reads tasks and records of the community, but not its money."""
    said = text_of(report(plan.world, "colleague"), "money")
    assert said.startswith("This part is left out: your post does not see it.")
