"""Named people at one community: what each of them may do there. The table's sense, in plain cases."""

import pytest

from qingli.ground.rules import Access, Deed, access, may, visitor
from tests.ground.world import World

READING: tuple[Deed, ...] = ("task.read", "record.read", "site.read", "person.read", "file.read")
RUNNING: tuple[Deed, ...] = ("plan.draft", "plan.adopt", "plan.publish", "task.assign", "record.write", "site.write")
PLANNING: tuple[Deed, ...] = ("plan.read", "plan.amend", "plan.close", "plan.carry_over")


def test_the_owner_runs_the_community_and_its_grids(world: World) -> None:
    for deed in (*READING, *RUNNING, *PLANNING, "group.write"):
        assert may(world.asker("clerk"), deed, world.path("xl")), deed
        assert may(world.asker("head"), deed, world.path("xl1")), deed


def test_a_colleague_keeps_the_records_and_leaves_the_plan_alone(world: World) -> None:
    colleague = world.asker("colleague")
    assert all(may(colleague, deed, world.path("xl")) for deed in READING)
    assert may(colleague, "record.write", world.path("xl2"))
    assert not any(may(colleague, deed, world.path("xl")) for deed in ("plan.draft", "plan.adopt", "task.assign"))


def test_a_grid_worker_does_her_own_grids_work_and_what_is_handed_to_her(world: World) -> None:
    grid = world.asker("grid")
    assert may(grid, "task.do", world.path("xl1"))
    assert not may(grid, "task.do", world.path("xl"))
    assert may(grid, "task.do", world.path("xl"), taken_up=True)
    assert not may(grid, "task.do", world.path("xl2"), taken_up=True)
    assert may(grid, "plan.read", world.path("xl"))
    assert not may(grid, "plan.draft", world.path("xl"))


@pytest.mark.parametrize("who", ["neighbour", "outsider"])
def test_neighbours_and_outsiders_see_that_the_unit_exists(world: World, who: str) -> None:
    asker = world.asker(who)
    assert may(asker, "unit.read", world.path("xl"))
    for deed in (*READING, *RUNNING, "plan.read", "group.read", "journal.read"):
        assert access(asker, deed, world.path("xl"), taken_up=True) is Access.NONE, deed


@pytest.mark.parametrize("who", ["street", "district"])
def test_the_upper_unit_sees_figures_unless_a_detail_was_taken_up(world: World, who: str) -> None:
    asker = world.asker(who)
    for deed in READING:
        assert access(asker, deed, world.path("xl")) is Access.AGGREGATE, deed
        assert may(asker, deed, world.path("xl"), taken_up=True), deed
    assert may(asker, "plan.approve", world.path("xl"))
    assert not any(may(asker, deed, world.path("xl"), taken_up=True) for deed in RUNNING)


def test_an_upper_unit_of_another_line_has_no_say(world: World) -> None:
    assert not may(world.asker("district"), "plan.approve", world.path("ht"))


def test_the_administrator_lets_people_in_and_reads_none_of_their_work(world: World) -> None:
    administrator = world.asker("administrator")
    assert may(administrator, "account.write", world.path("xl"))
    assert all(access(administrator, deed, world.path("xl")) is Access.NONE for deed in ("record.read", "file.read"))


def test_a_resident_and_a_visitor_have_no_say_here(world: World) -> None:
    for asker in (world.asker("resident"), visitor("x")):
        for deed in (*READING, *RUNNING, "plan.read", "unit.read"):
            assert access(asker, deed, world.path("xl"), taken_up=True) is Access.NONE
