"""Two people at the same moment: one of them is told why not, and nothing is half done."""

import threading
from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import connection

from qingli.ground import actions
from qingli.ground.models import Post, Site, Unit
from qingli.ground.rules import GroundError, Role, SiteType, UnitKind
from tests.ground.world import TODAY, World, act


def together(deeds: list[Callable[[], object]]) -> list[str]:
    """Run all at once; "done" or the code of the refusal of each, sorted."""
    start = threading.Barrier(len(deeds))
    said: list[str] = []

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            deed()
            said.append("done")
        except GroundError as error:
            said.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(said)


def test_the_same_site_twice(shared_world: World) -> None:
    def add() -> object:
        return actions.add_site(unit_id=shared_world.units["xl"], type=SiteType.SHOP, name="老街麵館", **act())

    assert together([add] * 6) == ["done"] + ["site-already-there"] * 5
    assert Site.objects.count() == 1


def test_one_key_sent_many_times(shared_world: World) -> None:
    key = uuid4()

    def add() -> object:
        return actions.add_site(unit_id=shared_world.units["xl"], type=SiteType.SHOP, name="老街麵館", **act(key=key))

    said = together([add] * 6)
    assert said.count("done") >= 1
    assert Site.objects.count() == 1


def test_the_same_post_twice(shared_world: World) -> None:
    def add() -> object:
        return actions.add_post(
            person_id=shared_world.people["resident"],
            unit_id=shared_world.units["xl"],
            role=Role.VOLUNTEER,
            starts_on=TODAY,
            **act(),
        )

    assert together([add] * 4) == ["done"] + ["post-overlaps"] * 3
    assert Post.objects.filter(role=Role.VOLUNTEER.value).count() == 1


def test_two_streets_that_move_at_once_keep_the_tree_whole(shared_world: World) -> None:
    shared_world.unit("bs", UnitKind.STREET, "北街", "bei")

    def move(unit: str, parent: str) -> Callable[[], object]:
        ids: dict[str, UUID] = {"unit_id": shared_world.units[unit], "parent_id": shared_world.units[parent]}
        return lambda: actions.move_unit(**ids, **act())

    said = together([move("hl", "bei"), move("bs", "nan"), move("xl", "bs"), move("ht", "hl")])
    assert said == ["done"] * 4
    for unit in Unit.objects.select_related("parent"):
        above = unit.parent.path if unit.parent else "/"
        assert unit.path == f"{above}{unit.code}/"
        assert unit.depth == unit.path.count("/") - 2
