"""The tree of units: founding, renaming, moving, and reading it at size."""

import time
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from qingli.archive.queries import history
from qingli.ground import actions, queries
from qingli.ground.models import Unit
from qingli.ground.rules import SYSTEM, GroundError, Script, UnitKind, visitor
from tests.ground.world import World, act


def code_of(call: object, *args: object, **kwargs: object) -> str:
    assert callable(call)
    with pytest.raises(GroundError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def test_a_unit_takes_its_parents_zone_and_script(world: World) -> None:
    taken = actions.found_unit(
        parent_id=None,
        kind=UnitKind.DISTRICT,
        name="海東市",
        code="hd",
        time_zone="Asia/Taipei",
        script=Script.HANT,
        **act(),
    )
    li = actions.found_unit(parent_id=taken.object_id, kind=UnitKind.LI, name="永和里", code="yh", **act())
    view = queries.public_unit(li.object_id)
    assert view is not None
    assert (view.path, view.depth, view.time_zone, view.script) == ("/hd/yh/", 1, "Asia/Taipei", Script.HANT)


def test_founding_is_refused_where_it_does_not_belong(world: World) -> None:
    def found(parent: str, kind: UnitKind, code: str, **more: object) -> str:
        return code_of(
            actions.found_unit,
            **{"parent_id": world.units[parent], "kind": kind, "name": "新", "code": code, **act(), **more},
        )

    assert found("xl", UnitKind.COMMUNITY, "n") == "unit-not-here"
    assert found("xl", UnitKind.GRID, "xl1") == "code-taken"
    assert found("xl", UnitKind.GRID, "#") == "code-malformed"
    assert found("xl", UnitKind.GRID, "n", name=" ") == "text-blank"
    assert found("xl", UnitKind.GRID, "n", time_zone="Mars/Base") == "zone-unknown"
    assert found("xl", UnitKind.GRID, "n", parent_id=uuid4()) == "not-found"
    assert found("xl", UnitKind.GRID, "n", **act(world.asker("neighbour"))) == "not-allowed"
    for by in (world.asker("administrator"), visitor("x")):
        assert found("xl", UnitKind.CITY, "n", parent_id=None, **act(by)) == "not-allowed"
    assert Unit.objects.count() == 11


def test_a_clerk_makes_grids_and_a_street_makes_communities(world: World) -> None:
    actions.found_unit(
        parent_id=world.units["xl"], kind=UnitKind.GRID, name="第三網格", code="xl3", **act(world.asker("clerk"))
    )
    actions.found_unit(
        parent_id=world.units["hl"], kind=UnitKind.COMMUNITY, name="橘園社區", code="jy", **act(world.asker("street"))
    )
    around = queries.surroundings(world.asker("clerk"), world.units["hl"])
    assert around is not None
    assert [(child.unit.code, child.children) for child in around.below] == [("jy", 0), ("ll", 2), ("xl", 3)]
    assert [unit.code for unit in around.above] == ["qj", "nan"]


def test_a_deed_done_twice_with_one_key_is_done_once(world: World) -> None:
    key = uuid4()
    facts = {"parent_id": world.units["xl"], "kind": UnitKind.GRID, "name": "第三網格", "code": "xl3"}
    first = actions.found_unit(**facts, **act(key=key))  # type: ignore[arg-type]  # facts of several types
    again = actions.found_unit(**facts, **act(key=key))  # type: ignore[arg-type]  # the same
    assert (first.object_id, again.replayed) == (again.object_id, True)
    assert Unit.objects.filter(code="xl3").count() == 1


def test_renaming_with_another_code_takes_the_subtree_along(world: World) -> None:
    actions.rename_unit(unit_id=world.units["xl"], name="杏林新村社區", code="xx", **act(world.asker("clerk")))
    assert world.path("xl") == "/qj/nan/hl/xx/"
    assert world.path("xl1") == "/qj/nan/hl/xx/xl1/"
    assert world.path("ll1") == "/qj/nan/hl/ll/ll1/"
    told = history("unit", world.units["xl"])[-1].body
    assert told is not None
    assert told["before"] == {"name": "杏林社區", "path": "/qj/nan/hl/xl/"}
    assert code_of(actions.rename_unit, unit_id=world.units["xl"], name="新", code="ll", **act()) == "code-taken"


def test_moving_a_street_to_another_district(world: World) -> None:
    actions.move_unit(unit_id=world.units["hl"], parent_id=world.units["bei"], **act())
    assert world.path("xl2") == "/qj/bei/hl/xl/xl2/"
    assert Unit.objects.get(id=world.units["hl"]).parent_id == world.units["bei"]
    assert list(Unit.objects.order_by("path").values_list("path", "depth")) == [
        (path, path.count("/") - 2) for path in sorted(Unit.objects.values_list("path", flat=True))
    ]
    assert world.asker("clerk").posts[0].unit_path == "/qj/bei/hl/xl/"


def test_moves_that_are_refused_change_nothing(world: World) -> None:
    def move(unit: str, parent: str, by: str = "") -> str:
        envelope = act(world.asker(by) if by else SYSTEM)
        ids = {"unit_id": world.units[unit], "parent_id": world.units[parent]}
        return code_of(actions.move_unit, **ids, **envelope)

    actions.found_unit(parent_id=world.units["ll"], kind=UnitKind.GRID, name="同碼", code="xl1", **act())
    before = sorted(Unit.objects.values_list("path", "parent_id"))
    assert move("hl", "xl") == "unit-not-here"
    assert move("hl", "qj", by="street") == "not-allowed"
    assert move("xl1", "ll", by="clerk") == "not-allowed"
    assert move("xl1", "ll") == "code-taken"
    assert sorted(Unit.objects.values_list("path", "parent_id")) == before


def test_whoever_has_no_post_sees_no_unit(world: World) -> None:
    assert queries.unit(visitor("x"), world.units["xl"]) is None
    assert queries.unit(world.asker("resident"), world.units["xl"]) is None
    assert queries.surroundings(visitor("x"), world.units["xl"]) is None
    assert queries.units_below(visitor("x"), world.units["qj"]).rows == ()
    assert queries.units_of(visitor("x")) == ()
    assert [unit.code for unit in queries.units_of(world.asker("clerk"))] == ["xl"]


@pytest.mark.parametrize(
    "change",
    [
        {"path": "no-slash"},
        {"kind": "galaxy"},
        {"script": "latin"},
        {"name": ""},
        {"depth": 0},
        {"path": "/qj/nan/hl/ll/"},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(world: World, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(id=world.units["xl"]).update(**change)


DISTRICTS, STREETS, COMMUNITIES, GRIDS = 9, 11, 9, 10  # with the city 9,910 units


@pytest.fixture
def large(world: World) -> World:
    """Ten thousand units beside the small world."""
    kinds = (UnitKind.CITY, UnitKind.DISTRICT, UnitKind.STREET, UnitKind.COMMUNITY, UnitKind.GRID)
    parents: list[Unit | None] = [None]
    for depth, (kind, number) in enumerate(zip(kinds, (1, DISTRICTS, STREETS, COMMUNITIES, GRIDS), strict=True)):
        rows = [
            Unit(
                parent=parent,
                kind=kind,
                name=f"{kind} {n}",
                code=f"u{n}",
                path=f"{parent.path if parent else '/'}u{n}/",
                depth=depth,
                time_zone="Asia/Shanghai",
                script=Script.HANT,
            )
            for parent in parents
            for n in range(number)
        ]
        parents = list(Unit.objects.bulk_create(rows, batch_size=2000))
    world.units["large"] = Unit.objects.get(path="/u0/").id
    return world


def test_the_tree_costs_the_same_queries_at_ten_thousand_units(
    large: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert Unit.objects.filter(queries.below("/u0/")).count() == 1 + 9 + 99 + 891 + 8910
    asker = large.asker("clerk")
    for unit_id in (large.units["nan"], large.units["xl"], Unit.objects.get(path="/u0/u1/u1/").id):
        with django_assert_num_queries(4):
            assert queries.surroundings(asker, unit_id)
    with django_assert_num_queries(2):
        page = queries.units_below(asker, large.units["large"], limit=200)
    assert len(page.rows) == 200
    with django_assert_num_queries(2):
        queries.units_below(asker, large.units["large"], after=page.after, limit=200)


def test_ten_thousand_units_are_walked_by_key_each_once(large: World) -> None:
    asker = large.asker("clerk")
    seen: list[str] = []
    after: str | None = None
    while True:
        page = queries.units_below(asker, large.units["large"], kind=UnitKind.GRID, after=after, limit=2000)
        seen += [unit.path for unit in page.rows]
        if (after := page.after) is None:
            break
    assert len(seen) == len(set(seen)) == 8910
    assert seen == sorted(seen)


def test_a_subtree_is_read_and_moved_by_index_in_one_statement(
    large: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = Unit.objects.filter(queries.below("/u0/u3/u5/")).order_by("path").explain()
    assert "(path>? AND path<?)" in plan or "unit_path_once" in plan, plan
    district = Unit.objects.get(path="/u0/u3/")
    street = Unit.objects.get(path="/u0/u4/u5/")
    actions.rename_unit(unit_id=street.id, name="改名街道", code="moved-too", **act())
    started = time.perf_counter()
    actions.move_unit(unit_id=street.id, parent_id=district.id, **act())
    assert time.perf_counter() - started < 2
    assert Unit.objects.filter(queries.below("/u0/u3/moved-too/")).count() == 1 + 9 + 90
    assert not Unit.objects.filter(queries.below("/u0/u4/moved-too/")).exists()
    with django_assert_num_queries(1):
        list(Unit.objects.filter(queries.below("/u0/u3/moved-too/")))


def test_paths_are_compared_byte_by_byte(world: World) -> None:
    """A linguistic order would put "/a-b/" inside the range of "/a/"."""
    for code in ("a", "a-b", "a0", "ab"):
        actions.found_unit(parent_id=None, kind=UnitKind.CITY, name=code, code=code, time_zone="Asia/Shanghai", **act())
    assert list(Unit.objects.filter(queries.below("/a/")).values_list("path", flat=True)) == ["/a/"]
    paths = list(Unit.objects.order_by("path").values_list("path", flat=True))
    assert paths == sorted(paths), connection.vendor
