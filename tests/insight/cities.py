"""A district with many communities, and what is counted of each."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from qingli.ground.rules import Role, UnitKind
from qingli.proof.models import Tally
from tests.ground.world import World

CLEANING, MEETINGS, TANKS = "corridor-clearing", "regular-meeting", "water-tank-cleaning"


def add_communities(world: World, number: int, street: str = "hl") -> list[str]:
    """Further communities in a street, each with a grid; the short names of the communities."""
    names = [f"c{n}" for n in range(number)]
    for name in names:
        world.unit(name, UnitKind.COMMUNITY, f"{name}社區", street)
        world.unit(f"{name}g", UnitKind.GRID, "第1網格", name)
    return names


def office(world: World) -> None:
    world.person("city", "宋遠山", "qj", Role.CITY_OFFICE)


def tally(unit: UUID, day: date, measure: str, done: int = 0, late: int = 0, records: int = 0) -> None:
    """What the worker would have counted: tasks of a day, done on time or still open, and records."""
    if done or late:
        counts = {"promised": done + late, "done": done, "on_time": done, "open": late}
        Tally.objects.create(id=uuid4(), unit_id=unit, kind="due", day=day, measure=measure, **counts)
    if records:
        Tally.objects.create(id=uuid4(), unit_id=unit, kind="record", day=day, measure=measure, records=records)


def everywhere(world: World, names: Iterable[str], day: date, measure: str, done: int = 1) -> None:
    for name in names:
        tally(world.units[name], day, measure, done=done, records=done)
