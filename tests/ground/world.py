"""An invented city with people of every kind, made by the deeds themselves."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TypedDict
from uuid import UUID, uuid4

from qingli.ground import actions, queries
from qingli.ground.rules import SYSTEM, Asker, Role, SiteType, UnitKind

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine in the morning in Shanghai
TODAY = date(2026, 3, 2)
SPRING = date(2026, 1, 1)


class Envelope(TypedDict):
    by: Asker
    happened_at: datetime
    recorded_at: datetime
    key: UUID


def act(by: Asker = SYSTEM, key: UUID | None = None, at: datetime = NOW) -> Envelope:
    """What every deed is told beside its own facts."""
    return {"by": by, "happened_at": at, "recorded_at": at, "key": key or uuid4()}


@dataclass
class World:
    """Units and people by their short names."""

    units: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)

    def unit(self, short: str, kind: UnitKind, name: str, parent: str = "", code: str = "") -> None:
        self.units[short] = actions.found_unit(
            parent_id=self.units[parent] if parent else None,
            kind=kind,
            name=name,
            code=code or short,
            time_zone="" if parent else "Asia/Shanghai",
            **act(),
        ).object_id

    def person(self, short: str, name: str, unit: str, role: Role | None = None) -> None:
        self.people[short] = actions.add_person(unit_id=self.units[unit], name=name, **act()).object_id
        if role:
            self.posts[short] = actions.add_post(
                person_id=self.people[short], unit_id=self.units[unit], role=role, starts_on=SPRING, **act()
            ).object_id

    def asker(self, short: str, at: datetime = NOW) -> Asker:
        asker = queries.asker_for(self.people[short], at=at)
        assert asker is not None
        return asker

    def path(self, short: str) -> str:
        unit = queries.public_unit(self.units[short])
        assert unit is not None
        return unit.path

    def site(self, unit: str, type: SiteType, name: str, **more: object) -> UUID:
        place, count = str(more.get("place", "")), more.get("count")
        assert count is None or isinstance(count, int)
        return actions.add_site(
            unit_id=self.units[unit], type=type, name=name, place=place, count=count, **act()
        ).object_id


def build(code: str = "qj") -> World:
    """Two districts; in the southern one a street with two communities of two grids each. `code`: that of the city."""
    world = World()
    world.unit("qj", UnitKind.CITY, "青江市", code=code)
    world.unit("nan", UnitKind.DISTRICT, "南湖區", "qj")
    world.unit("bei", UnitKind.DISTRICT, "北塘區", "qj")
    world.unit("hl", UnitKind.STREET, "鶴林街道", "nan")
    world.unit("xl", UnitKind.COMMUNITY, "杏林社區", "hl")
    world.unit("ll", UnitKind.COMMUNITY, "柳浪社區", "hl")
    for community in ("xl", "ll"):
        for number in (1, 2):
            world.unit(f"{community}{number}", UnitKind.GRID, f"第{number}網格", community)
    world.unit("ht", UnitKind.COMMUNITY, "荷塘社區", "bei")
    for short, name, unit, role in (
        ("clerk", "林秋月", "xl", Role.CLERK),
        ("colleague", "沈國棟", "xl", Role.REGISTRAR),
        ("head", "周明遠", "xl", Role.HEAD),
        ("grid", "何小滿", "xl1", Role.GRID_WORKER),
        ("grid2", "吳承志", "xl2", Role.GRID_WORKER),
        ("neighbour", "趙雅琴", "ll", Role.CLERK),
        ("street", "孫立文", "hl", Role.STREET_OFFICE),
        ("district", "馬思源", "nan", Role.DISTRICT_OFFICE),
        ("administrator", "丁海清", "qj", Role.ADMINISTRATOR),
        ("outsider", "葉知秋", "ht", Role.CLERK),
        ("resident", "羅阿婆", "xl", None),
    ):
        world.person(short, name, unit, role)
    return world
