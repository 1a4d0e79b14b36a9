"""What the room's queries give: frozen values, ready for a page, a paper or a feed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from qingli.ground.rules.kinds import GroupKind, Language, PartyKind, Role, Script, SeatKind, SiteType, UnitKind
from qingli.ground.rules.paths import Level
from qingli.ground.rules.permissions import Access

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a longer list. `after` is the key by which the next page is asked for; None at the end."""

    rows: tuple[T, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class UnitView:
    id: UUID
    parent_id: UUID | None
    kind: UnitKind
    name: str
    code: str
    path: str
    depth: int
    time_zone: str
    script: Script


@dataclass(frozen=True, slots=True)
class Child:
    """A unit directly below another, with how many lie directly below it, and its sites that are in use."""

    unit: UnitView
    children: int
    sites: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A unit, those above it from the root down, and those directly below it."""

    unit: UnitView
    above: tuple[UnitView, ...]
    below: tuple[Child, ...]


@dataclass(frozen=True, slots=True)
class PartyView:
    id: UUID
    unit_id: UUID
    kind: PartyKind
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class SiteView:
    id: UUID
    unit_id: UUID
    unit_name: str
    type: SiteType
    name: str
    place: str
    count: int | None
    party_id: UUID | None
    party_name: str
    active: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person; `phone` is masked. An erased person has no name and `erased` set: a face says so in words.

    `account_id` is the account that they sign in with, None once it has ended.
    """

    id: UUID
    unit_id: UUID
    unit_name: str
    name: str
    phone: str
    language: Language
    erased: bool
    account_id: UUID | None


@dataclass(frozen=True, slots=True)
class CoverView:
    """Who covers a post, from when to before when."""

    id: UUID
    post_id: UUID
    by_post_id: UUID
    by_person_id: UUID
    by_name: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PostView:
    """A post on a day, with the cover that holds on that day."""

    id: UUID
    person_id: UUID
    person_name: str
    role: Role
    unit_id: UUID
    unit_name: str
    party_name: str
    starts_on: date
    ends_on: date | None
    cover: CoverView | None


@dataclass(frozen=True, slots=True)
class Sight:
    """How far those who hold a role in a unit see something, and how many people that is. Nobody is named.

    `level` is where the thing lies, seen from their unit.
    """

    role: Role
    unit_name: str
    level: Level
    access: Access
    people: int


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat in a group. `name` is the person's, the party's, or the words of the paper."""

    id: UUID
    kind: SeatKind
    name: str
    person_id: UUID | None
    party_id: UUID | None
    words: str


@dataclass(frozen=True, slots=True)
class GroupView:
    id: UUID
    unit_id: UUID
    kind: GroupKind
    name: str
    purpose: str
    seats: tuple[SeatView, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that the ground holds about one person, for that person."""

    person_id: UUID
    name: str
    phone: str
    language: Language
    unit_name: str
    erased_at: datetime | None
    username: str
    posts: tuple[PostView, ...]
    seats: tuple[tuple[str, SeatKind], ...]
