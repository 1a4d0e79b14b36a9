"""Records: short, optional in everything, finishing their task, corrected in the open."""

import io
import threading
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from PIL import Image

from qingli.archive import queries as archive
from qingli.archive.actions import Taken, take_file
from qingli.ground.rules import GroundError, NotAllowedError, SiteType
from qingli.plan import actions as plan_actions
from qingli.plan.actions import RefusedError
from qingli.plan.queries import NotFoundError, PageKeyError
from qingli.work import actions, queries
from qingli.work.models import Record
from qingli.work.rules import RecordRefusedError, check_quantities
from tests.ground.world import World, act
from tests.plan.plans import JULY, Running, at, running


@pytest.fixture
def plan(world: World) -> Running:
    return running(world)


@pytest.fixture
def photo(settings: Any, tmp_path: Any) -> Taken:
    settings.FILES_ROOT = tmp_path / "files"
    buffer = io.BytesIO()
    Image.new("RGB", (32, 24), "green").save(buffer, "JPEG")
    return take_file(content=buffer.getvalue(), name="樓道.jpg", accept={"image/jpeg"})


def test_a_record_finishes_its_task(plan: Running, photo: Taken) -> None:
    (task,) = plan.tasks("講座")
    done = actions.record_work(
        task_id=task.id,
        words="到場 72 人",
        quantities={"people": "72", "kg": ""},
        photo=photo,
        **act(plan.clerk, at=at("2026-07-20")),
    )
    (record,) = queries.records_of_task(plan.clerk, task.id)
    assert record.id == done.object_id
    assert (record.words, record.quantities, record.person_name) == ("到場 72 人", {"people": 72}, "林秋月")
    assert record.photo_id is not None
    assert archive.stored_file(record.photo_id) is not None
    after = plan.tasks("講座", date(2026, 7, 21))[0]
    assert (after.status, after.done_on) == ("done", date(2026, 7, 20))


def test_ticking_off_needs_no_words(plan: Running) -> None:
    (task,) = plan.tasks("講座")
    actions.record_work(task_id=task.id, **act(plan.clerk, at=JULY))
    assert plan.tasks("講座")[0].status == "done"


def test_a_step_on_the_way_leaves_the_task_open(plan: Running) -> None:
    (task,) = plan.tasks("講座")
    actions.record_work(task_id=task.id, words="已約講師", finish=False, **act(plan.clerk, at=JULY))
    assert plan.tasks("講座")[0].state == "open"


def test_a_refused_record_leaves_nothing_behind(plan: Running) -> None:
    (task,) = plan.tasks("講座")
    envelope = act(plan.clerk, at=at("2026-07-20"))
    wrong: tuple[tuple[dict[str, Any], type[Exception]], ...] = (
        ({"quantities": {"people": -1}}, RecordRefusedError),
        ({"quantities": {"people": "nan"}}, RecordRefusedError),
        ({"words": "電話 11010519491231002X"}, GroundError),
        ({"words": "長" * 1001}, GroundError),
        ({"task_id": uuid4()}, NotFoundError),
        ({"happened_at": at("2026-07-21")}, RecordRefusedError),
    )
    for more, error in wrong:
        values: dict[str, Any] = {"task_id": task.id, **envelope, **more}
        with pytest.raises(error):
            actions.record_work(**values)
    assert Record.objects.count() == 0
    assert plan.tasks("講座")[0].state == "open"


def test_a_record_without_a_task(world: World) -> None:
    shop = world.site("xl1", SiteType.SHOP, "老街麵館")
    grid = world.asker("grid")
    done = actions.record_work(site_id=shop, words="門口油污，當場洗淨", **act(grid, at=JULY))
    card = queries.record(grid, done.object_id)
    assert (card.site_name, card.unit_id, card.task_id) == ("老街麵館", world.units["xl1"], None)
    with pytest.raises(RecordRefusedError, match="nothing-said"):
        actions.record_work(unit_id=world.units["xl1"], **act(grid, at=JULY))
    for somebody in ("grid2", "neighbour", "street", "resident"):
        with pytest.raises(NotAllowedError):
            actions.record_work(unit_id=world.units["xl1"], words="清掃", **act(world.asker(somebody), at=JULY))


def test_a_correction_is_appended_and_the_first_words_stay(plan: Running) -> None:
    (task,) = plan.tasks("講座")
    first = actions.record_work(
        task_id=task.id, words="到場 27 人", quantities={"people": 27}, **act(plan.clerk, at=at("2026-07-20"))
    )
    envelope = act(plan.clerk, at=at("2026-07-22")) | {"happened_at": at("2026-07-19")}
    second = actions.correct_record(
        record_id=first.object_id,
        reason="數字寫反，日子也寫錯",
        words="到場 72 人",
        quantities={"people": 72},
        **envelope,
    )
    records = queries.records_of_task(plan.clerk, task.id)
    assert [(one.words, one.corrected, one.corrects) for one in records] == [
        ("到場 27 人", True, None),
        ("到場 72 人", False, first.object_id),
    ]
    assert plan.tasks("講座")[0].done_on == date(2026, 7, 19)
    with pytest.raises(RecordRefusedError, match="already-corrected"):
        actions.correct_record(
            record_id=first.object_id, reason="再改", words="x", **act(plan.clerk, at=at("2026-07-23"))
        )
    with pytest.raises(RecordRefusedError, match="no-reason"):
        actions.correct_record(
            record_id=second.object_id, reason=" ", words="x", **act(plan.clerk, at=at("2026-07-23"))
        )


def test_one_s_own_record_is_one_s_own_to_correct(plan: Running, world: World) -> None:
    (task,) = plan.tasks("講座")
    plan_actions.hand_over_task(task_id=task.id, person_id=world.people["grid"], **act(plan.clerk, at=JULY))
    grid = world.asker("grid")
    first = actions.record_work(task_id=task.id, words="辦了", **act(grid, at=at("2026-07-20")))
    for somebody in ("grid2", "neighbour", "street", "resident"):
        with pytest.raises(NotAllowedError):
            actions.correct_record(
                record_id=first.object_id, reason="改", words="x", **act(world.asker(somebody), at=at("2026-07-21"))
            )
        with pytest.raises(NotAllowedError):
            queries.records_of_task(world.asker(somebody), task.id)
    actions.correct_record(record_id=first.object_id, reason="補充", words="辦了一場", **act(grid, at=at("2026-07-20")))
    assert [one.words for one in queries.recorded_on(grid, date(2026, 7, 20), time_zone="Asia/Shanghai")] == [
        "辦了一場"
    ]


def test_no_record_of_a_plan_that_does_not_run(plan: Running) -> None:
    reasons = {task.id: "併入下一期" for task in plan.tasks() if task.state == "open"}
    task = plan.tasks("講座")[0]
    plan_actions.close_plan(plan_id=plan.id, reasons=reasons, **act(plan.clerk, at=at("2027-01-02")))
    with pytest.raises(RefusedError, match="plan-not-in-force"):
        actions.record_work(task_id=task.id, **act(plan.clerk, at=at("2027-01-03")))


def test_pages_of_records(world: World, django_assert_num_queries: Any) -> None:
    grid = world.asker("grid")
    for n in range(23):
        actions.record_work(unit_id=world.units["xl1"], words=f"第{n}次", **act(grid, at=at(f"2026-07-{n % 9 + 1:02}")))
    found: list[str] = []
    after: str | None = None
    while True:
        with django_assert_num_queries(2):
            page = queries.records_of_unit(grid, world.units["xl1"], after=after, limit=5)
        found += [one.words for one in page.records]
        after = page.after
        if after is None:
            break
    assert len(found) == len(set(found)) == 23
    with pytest.raises(PageKeyError):
        queries.records_of_unit(grid, world.units["xl1"], after="first")
    with pytest.raises(NotAllowedError):
        queries.records_of_unit(world.asker("street"), world.units["xl1"])


def test_a_replay_records_once(plan: Running) -> None:
    (task,) = plan.tasks("講座")
    envelope = act(plan.clerk, at=JULY)
    first = actions.record_work(task_id=task.id, words="辦了", **envelope)
    again = actions.record_work(task_id=task.id, words="辦了", **envelope)
    assert (again.object_id, again.replayed) == (first.object_id, True)
    assert Record.objects.count() == 1


def test_two_record_the_same_task_and_neither_is_lost(shared_world: World) -> None:
    plan = running(shared_world)
    (task,) = plan.tasks("講座")
    said: list[str] = []
    start = threading.Barrier(3)

    def record(short: str) -> None:
        asker = shared_world.asker(short)
        start.wait()
        try:
            actions.record_work(task_id=task.id, words=f"{asker.name}記", **act(asker, at=at("2026-07-20")))
            said.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=record, args=(short,)) for short in ("clerk", "head", "colleague")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert said == ["done"] * 3
    assert len(queries.records_of_task(plan.clerk, task.id)) == 3
    finished = [entry for entry in archive.history("task", task.id) if entry.kind == "task.done"]
    assert len(finished) == 1


def test_the_database_keeps_one_correction_for_each(plan: Running) -> None:
    (task,) = plan.tasks("講座")
    first = actions.record_work(task_id=task.id, words="辦了", **act(plan.clerk, at=JULY))
    row = Record.objects.get(pk=first.object_id)
    make: Callable[[], Record] = lambda: Record.objects.create(  # noqa: E731 - the same row twice
        unit_id=row.unit_id,
        happened_at=JULY,
        recorded_at=JULY,
        corrects=row,
        reason="改",
    )
    make()
    with pytest.raises(IntegrityError):
        make()


@pytest.mark.parametrize(
    "given", [{"people": True}, {"people": "many"}, {"people": float("inf")}, {"": 1}, {"a b": 1}, {"kg": 1e13}]
)
def test_figures_are_checked(given: dict[str, object]) -> None:
    with pytest.raises(RecordRefusedError, match="bad-quantity"):
        check_quantities(given)


def test_figures_are_kept_as_they_are() -> None:
    assert check_quantities({"kg": "12.50", "people": 3, "note": ""}) == {"kg": 12.5, "people": 3}
    with pytest.raises(RecordRefusedError, match="too-many-quantities"):
        check_quantities({f"q{n}": n for n in range(21)})
