"""From the words of a plan to who is known here: a person or a party by name, a post by what it is called."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from qingli.ground.queries import parties, people
from qingli.ground.rules import SYSTEM, Role
from qingli.plan.queries.access import SPREAD
from qingli.reading import ActorHit

NOT_OWNERS = frozenset({"recipient", "supervisor", "approver", "funder"})
ROLE_WORDS: tuple[tuple[str, Role], ...] = (
    ("網格員", Role.GRID_WORKER),
    ("网格员", Role.GRID_WORKER),
    ("網格長", Role.GRID_WORKER),
    ("网格长", Role.GRID_WORKER),
    ("網格", Role.GRID_WORKER),
    ("网格", Role.GRID_WORKER),
    ("樓棟長", Role.BUILDING_HEAD),
    ("楼栋长", Role.BUILDING_HEAD),
    ("樓長", Role.BUILDING_HEAD),
    ("楼长", Role.BUILDING_HEAD),
    ("環保專幹", Role.CLERK),
    ("环保专干", Role.CLERK),
    ("里幹事", Role.CLERK),
    ("城管專幹", Role.CITY_MANAGEMENT_OFFICER),
    ("城管专干", Role.CITY_MANAGEMENT_OFFICER),
    ("社區主任", Role.HEAD),
    ("社区主任", Role.HEAD),
    ("居委會主任", Role.HEAD),
    ("居委会主任", Role.HEAD),
    ("里長", Role.HEAD),
    ("志願者", Role.VOLUNTEER),
    ("志愿者", Role.VOLUNTEER),
    ("志工", Role.VOLUNTEER),
)


@dataclass(frozen=True, slots=True)
class Known:
    """Who is known in a unit, by name. A name that two people share grounds nothing: a person must choose."""

    people: dict[str, UUID]
    parties: dict[str, UUID]
    unit_id: UUID

    @classmethod
    def of(cls, unit_id: UUID) -> "Known":
        names: dict[str, list[UUID]] = {}
        for person in people(SYSTEM, unit_id):
            names.setdefault(person.name, []).append(person.id)
        return cls(
            {name: ids[0] for name, ids in names.items() if len(ids) == 1},
            {party.name: party.id for party in parties(SYSTEM, unit_id)},
            unit_id,
        )


def owner_of(actors: list[ActorHit], known: Known) -> dict[str, Any]:
    """Fields of an action for who answers for it, from the first actor who may: always the words, more where known."""
    actor = next((actor for actor in actors if actor.role not in NOT_OWNERS), None)
    if actor is None:
        return {}
    fields: dict[str, Any] = {"owner_words": actor.surface[:300]}
    if actor.name in known.people:
        return fields | {"person_id": known.people[actor.name]}
    for name, party_id in known.parties.items():
        if name in actor.surface:
            return fields | {"party_id": party_id}
    for words, role in ROLE_WORDS:
        if words in actor.surface:
            return fields | {"role": role.value, "role_unit_id": None if role in SPREAD else known.unit_id}
    return fields
