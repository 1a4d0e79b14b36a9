"""A standard applied to a community: every criterion from the records, and from a task done to the points it brings."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from qingli.archive import queries as archive
from qingli.board import actions as board
from qingli.ground import actions as ground
from qingli.ground.rules import Asker, NotAllowedError, Role
from qingli.proof import actions, queries
from qingli.proof.models import Assessment, Mark
from qingli.proof.rules import ProofError
from tests.board.notices import posted
from tests.ground.world import World, act
from tests.plan.plans import Running, at
from tests.proof.house import HALF, STANDARD, catch_up, community, done, result, seen

NOVEMBER = date(2026, 11, 16)


@pytest.fixture
def plan(world: World) -> Running:
    found = community(world)
    catch_up()
    return found


def state(view: queries.AssessmentView, criterion: str) -> str:
    return result(view, criterion).state


def test_a_new_plan_has_what_is_written_and_lacks_what_is_not_done(plan: Running) -> None:
    view = seen(plan, date(2026, 7, 1))
    assert state(view, "leading-group") == "partly"
    assert (result(view, "leading-group").points, result(view, "leading-group").missing) == (Decimal("5.3"), 1)
    assert state(view, "plan-complete") in ("partly", "met")
    assert state(view, "goals-posted") == "not-met"
    assert state(view, "tasks-on-time") == "not-enough-data"
    assert result(view, "tasks-on-time").value is None
    assert state(view, "tanks-cleaned") == "not-met"
    assert state(view, "activities-held") == "not-enough-data"
    assert state(view, "stairwells-tidy") == "not-enough-data"
    assert state(view, "local-practice") == "to-judge"
    assert (view.of, view.to_judge) == (100, 3)
    assert view.has + view.lacks + view.unclear + view.to_judge == 10


def test_a_task_done_on_monday_is_seen_in_the_figure_and_in_the_points(plan: Running) -> None:
    before = seen(plan, NOVEMBER)
    links = {link.id for link in result(before, "tanks-cleaned").closes}
    assert links == {task.id for task in plan.tasks("水箱")}
    (first,) = done(plan, "水箱", "2026-10-26")
    assert seen(plan, NOVEMBER).points == before.points + Decimal("5.0")  # sites are looked at themselves
    catch_up()
    after = result(seen(plan, NOVEMBER), "tanks-cleaned")
    assert (after.state, after.numerator, after.n, after.missing) == ("partly", 1, 2, 1)
    assert {link.id for link in after.closes} == links - {first}
    done(plan, "水箱", "2026-10-27")
    catch_up()
    whole = result(seen(plan, NOVEMBER), "tanks-cleaned")
    assert (whole.state, whole.points, whole.closes) == ("met", Decimal("10.0"), ())


def test_on_time_is_of_what_was_answered_or_should_have_been(plan: Running) -> None:
    done(plan, "例會", "2026-07-20")
    done(plan, "樓道", "2026-07-04", number=1)
    catch_up()
    figure = queries.indicator(
        plan.clerk, plan.world.units["xl"], "tasks-on-time", **HALF, today=date(2026, 7, 21), min_n=2, at_least=50
    )
    told = [task for task in plan.tasks() if task.state == "done" or task.due < date(2026, 7, 21)]
    assert (figure.n, figure.numerator) == (len(told), 2)
    assert figure.missing == len(told) - 2
    behind = queries.behind(
        plan.clerk, plan.world.units["xl"], "tasks-on-time", **HALF, today=date(2026, 7, 21), min_n=2, at_least=50
    )
    assert {row.id for row in behind.rows} == {task.id for task in told}
    assert sum(row.counts for row in behind.rows) == behind.figure.numerator == 2


def test_activities_are_counted_by_records_and_behind_them_are_the_records(plan: Running) -> None:
    tasks = done(plan, "講座", "2026-09-10")
    catch_up()
    unit = plan.world.units["xl"]
    asked: dict[str, Any] = {"measures": ("lecture",), **HALF, "today": NOVEMBER, "min_n": 1, "at_least": 4}
    figure = queries.indicator(plan.clerk, unit, "activities", **asked)
    assert (figure.value, figure.state, figure.missing) == (1.0, "partly", 3)
    (row,) = queries.behind(plan.clerk, unit, "activities", **asked).rows
    assert (row.kind, row.day) == ("record", date(2026, 9, 10))
    assert len(tasks) == 1


def test_goals_count_when_they_hung_long_enough_and_where_is_told(plan: Running) -> None:
    notice = posted(plan.world)  # opens on 6 July, over after the 13th
    assert state(seen(plan, date(2026, 7, 10)), "goals-posted") == "not-met"
    board.prove_posting(notice_id=notice, place="公示欄", photo=None, **act(plan.clerk, at=at("2026-07-07")))
    assert state(seen(plan, date(2026, 7, 10)), "goals-posted") == "not-met"
    assert state(seen(plan, date(2026, 7, 14)), "goals-posted") == "met"
    behind = queries.behind(plan.clerk, plan.world.units["xl"], "goals-posted", **HALF, today=date(2026, 7, 10))
    assert [(row.id, row.state) for row in behind.rows] == [(notice, "hanging")]


def test_a_plan_says_what_its_promises_lack(plan: Running) -> None:
    found = queries.behind(plan.clerk, plan.world.units["xl"], "plan-complete", **HALF, today=NOVEMBER)
    states = {row.title[:4]: row.state for row in found.rows}
    assert found.figure.n == len(found.rows) == 6
    assert states["定期檢查"] in ("no-time", "no-owner")  # 定期 says no time
    assert found.figure.numerator == sum(row.counts for row in found.rows) < 6


def test_behind_is_paged_by_key(plan: Running) -> None:
    unit = plan.world.units["xl"]
    for code, more in (
        ("tasks-on-time", {}),
        ("plan-complete", {}),
        ("sites-covered", {"measures": ("water-tank-cleaning",)}),
    ):
        asked: dict[str, Any] = {**HALF, "today": NOVEMBER, **more}
        whole = queries.behind(plan.clerk, unit, code, **asked).rows
        rows: list[queries.BehindRow] = []
        after = None
        while True:
            page = queries.behind(plan.clerk, unit, code, **asked, after=after, limit=1)
            rows += page.rows
            after = page.after
            if after is None:
                break
        assert tuple(rows) == whole
        assert len(rows) > 1
        with pytest.raises(queries.PageKeyError):
            queries.behind(plan.clerk, unit, code, **asked, after="nonsense")


def test_marks_are_given_with_a_reason_and_the_newest_holds(plan: Running) -> None:
    given: dict[str, Any] = {"unit_id": plan.world.units["xl"], **STANDARD, **HALF, "criterion": "local-practice"}
    actions.judge(**given, points=3, reason="剛起步", **act(plan.clerk, at=at("2026-11-01")))
    actions.judge(**given, points=5, reason="三個小區照著做了", **act(plan.clerk, at=at("2026-11-02")))
    found = result(seen(plan, NOVEMBER), "local-practice")
    assert (found.state, found.points) == ("partly", Decimal("5.0"))
    assert found.mark is not None
    assert found.mark.reason == "三個小區照著做了"
    assert state(seen(plan, NOVEMBER, kind="panel"), "local-practice") == "to-judge"
    for more, code in (
        ({"points": 7, "reason": "x"}, "points-out-of-range"),
        ({"points": 1, "reason": " "}, "no-reason"),
        ({"points": 1, "reason": "x", "criterion": "tasks-on-time"}, "not-judged"),
        ({"points": 1, "reason": "x", "criterion": "nothing"}, "unknown-criterion"),
        ({"points": 1, "reason": "x", "version": "9"}, "unknown-standard"),
        ({"points": 1, "reason": "x", "kind": "panel", "taken_up": True}, "own-unit"),
    ):
        with pytest.raises(ProofError) as caught:
            actions.judge(**{**given, **more}, **act(plan.clerk))
        assert caught.value.code == code
    assert Mark.objects.count() == 2


def reviewer(world: World) -> Asker:
    world.person("reviewer", "顧清和", "qj", Role.REVIEWER)
    return world.asker("reviewer")


def test_a_panel_judges_what_was_taken_up_and_nothing_else(plan: Running) -> None:
    by = reviewer(plan.world)
    given: dict[str, Any] = {"unit_id": plan.world.units["xl"], **STANDARD, **HALF, "criterion": "local-practice"}
    with pytest.raises(NotAllowedError):
        actions.judge(**given, points=4, reason="可行", kind="panel", **act(by))
    actions.judge(**given, points=4, reason="可行", kind="panel", taken_up=True, **act(by))
    with pytest.raises(NotAllowedError):
        actions.judge(**given, points=4, reason="可行", taken_up=True, **act(by))
    assert result(seen(plan, NOVEMBER, kind="panel"), "local-practice").points == Decimal("4.0")
    assert state(seen(plan, NOVEMBER), "local-practice") == "to-judge"


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("clerk", True),
        ("head", True),
        ("colleague", True),
        ("grid", False),
        ("neighbour", False),
        ("street", False),
        ("district", False),
        ("outsider", False),
        ("resident", False),
    ],
)
def test_who_sees_the_assessment_of_a_community(plan: Running, who: str, allowed: bool) -> None:
    asker = plan.world.asker(who)

    def look() -> None:
        queries.assessment(asker, plan.world.units["xl"], **STANDARD, **HALF, today=NOVEMBER)

    if allowed:
        look()
    else:
        with pytest.raises(NotAllowedError):
            look()


def test_an_office_sees_what_an_application_took_up(plan: Running) -> None:
    told: dict[str, Any] = {**STANDARD, **HALF, "today": NOVEMBER}
    unit = plan.world.units["xl"]
    assert queries.assessment(plan.world.asker("street"), unit, **told, taken_up=True).of == 100
    with pytest.raises(NotAllowedError):
        queries.assessment(plan.world.asker("outsider"), unit, **told, taken_up=True)


def test_what_is_frozen_stays_as_it_was_and_the_journal_tells_it(plan: Running) -> None:
    done(plan, "水箱", "2026-10-26")
    catch_up()
    view = seen(plan, NOVEMBER)
    kept: dict[str, Any] = {"unit_id": plan.world.units["xl"], **STANDARD, **HALF, "today": NOVEMBER}
    envelope = act(plan.clerk, at=at("2026-11-16"))
    first = actions.freeze(**kept, **envelope)
    assert actions.freeze(**kept, **envelope).object_id == first.object_id
    done(plan, "水箱", "2026-10-27")
    catch_up()
    frozen = queries.frozen(plan.clerk, first.object_id)
    assert frozen.points == view.points < seen(plan, NOVEMBER).points
    assert [(r.criterion, r.state, r.points, r.n) for r in frozen.results] == [
        (r.criterion, r.state, r.points, r.n) for r in view.results
    ]
    assert frozen.standard == view.standard
    (entry,) = archive.history("assessment", first.object_id)
    assert entry.body is not None
    assert (entry.body["points"], len(entry.body["results"])) == (str(view.points), 10)
    assert "reason" not in str(entry.body)
    assert list(queries.faults()) == []
    Assessment.objects.update(points=Decimal("99.0"))
    assert len(list(queries.faults())) == 1


def test_the_other_version_has_its_own_threshold(plan: Running) -> None:
    one, other = seen(plan, NOVEMBER), seen(plan, NOVEMBER, version="1.1")
    thresholds = [result(view, "tasks-on-time").criterion.at_least for view in (one, other)]
    assert thresholds == [80, 85]


def test_a_page_costs_the_same_whatever_there_is(
    plan: Running, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as captured:
        seen(plan, NOVEMBER)
    for words in ("例會", "樓道", "講座"):
        done(plan, words, "2026-07-20", number=2)
    ground.add_person(unit_id=plan.world.units["xl"], name="新人", **act())
    posted(plan.world)
    catch_up()
    with django_assert_num_queries(len(captured)):
        seen(plan, NOVEMBER)


def test_bad_periods_and_unknown_things_are_refused(plan: Running) -> None:
    unit = plan.world.units["xl"]
    with pytest.raises(ProofError, match="bad-period"):
        seen(plan, NOVEMBER, until=date(2026, 7, 1))
    with pytest.raises(ProofError, match="unknown-indicator"):
        queries.indicator(plan.clerk, unit, "likes", **HALF, today=NOVEMBER)
    with pytest.raises(ProofError, match="not-found"):
        queries.frozen(plan.clerk, unit)


def test_figures_of_the_house_fold_grids_into_their_community(plan: Running) -> None:
    done(plan, "講座", "2026-09-10")
    catch_up()
    rows = queries.unit_tallies("/qj/nan/", **HALF, today=NOVEMBER)
    assert {row.unit_id for row in rows} == {plan.world.units["xl"]}
    lecture = [row for row in rows if row.measure == "lecture"]
    assert sum(row.records for row in lecture) == sum(row.done for row in lecture) == 1
    assert sum(row.promised for row in rows) == len(plan.tasks())
    assert sum(row.late for row in rows) == sum(t.state == "open" and t.due < NOVEMBER for t in plan.tasks())
    assert queries.unit_tallies("/qj/bei/", **HALF, today=NOVEMBER) == ()
