"""The one table of permissions: what each role may do in its own unit, below it, above it and beside it.

In the words of the people it binds: docs/rules/permissions.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, get_args

from qingli.ground.rules.asker import Asker, PostFact
from qingli.ground.rules.errors import NotAllowedError
from qingli.ground.rules.kinds import Role
from qingli.ground.rules.paths import Level, ancestors, level

Deed = Literal[
    "plan.read",
    "plan.draft",
    "plan.adopt",
    "plan.file",
    "plan.approve",
    "plan.publish",
    "plan.amend",
    "plan.close",
    "plan.carry_over",
    "task.read",
    "task.assign",
    "task.do",
    "task.hand_over",
    "task.reschedule",
    "record.read",
    "record.write",
    "record.correct",
    "site.read",
    "site.write",
    "unit.read",
    "unit.write",
    "person.read",
    "person.write",
    "post.write",
    "group.read",
    "group.write",
    "party.read",
    "party.write",
    "file.read",
    "file.write",
    "notice.post",
    "reply.read",
    "reply.answer",
    "proof.read",
    "proof.judge",
    "title.read",
    "title.apply",
    "title.endorse",
    "title.recommend",
    "title.decide",
    "title.manage",
    "money.read",
    "money.write",
    "journal.read",
    "settings.write",
    "account.write",
]
DEEDS: tuple[Deed, ...] = get_args(Deed)


class Access(IntEnum):
    """How far a deed reaches.

    AGGREGATE, of reading, is figures without the things counted; of writing, nothing. Either becomes DETAIL for one
    thing that a case or an application took up, or that was handed to the asker.
    """

    NONE = 0
    AGGREGATE = 1
    DETAIL = 2


Relations = Mapping[Level, Access]


def _relations(own: Access, below: Access, above: Access, beside: Access = Access.NONE) -> Relations:
    return {Level.OWN: own, Level.BELOW: below, Level.ABOVE: above, Level.BESIDE: beside}


_N, _A, _D = Access.NONE, Access.AGGREGATE, Access.DETAIL
_ANYWHERE = _relations(_D, _D, _D, _D)
_HERE = _relations(_D, _N, _N)
_HERE_AND_ABOVE = _relations(_D, _N, _D)
_TEAM = _relations(_D, _D, _N)
_TEAM_AND_ABOVE = _relations(_D, _D, _D)
_OFFICE = _relations(_D, _A, _N)
_OFFICE_AND_ABOVE = _relations(_D, _A, _D)
_BELOW_ONLY = _relations(_N, _D, _N)
_TAKEN_UP = _relations(_A, _A, _N)
_HANDED = _relations(_A, _A, _A)
_HERE_OR_HANDED = _relations(_D, _A, _A)
_NOWHERE = _relations(_N, _N, _N)


def _role(*rows: tuple[Relations, str]) -> Mapping[Deed, Relations]:
    wanted = {deed: relations for relations, deeds in rows for deed in deeds.split()}
    unknown = wanted.keys() - set(DEEDS)
    assert not unknown, unknown
    assert len(wanted) == sum(len(deeds.split()) for _, deeds in rows), "a deed is named twice"
    return {deed: wanted.get(deed, _NOWHERE) for deed in DEEDS}


_WORK = "task.read task.assign task.do task.hand_over task.reschedule record.read record.write record.correct"
_PLANNING = "plan.draft plan.adopt plan.file plan.publish plan.amend plan.close plan.carry_over"
_KEEPING = "site.read site.write person.read person.write group.write party.read party.write file.read file.write"
_PROVING = "notice.post reply.read reply.answer proof.read proof.judge title.read title.apply money.read"
_HANDED_WORK = "task.read task.do task.hand_over record.read record.write record.correct file.read file.write"


def _office(step: str, manage: str = "") -> Mapping[Deed, Relations]:
    """An office above communities; `step` is its own part in what a community applies for."""
    return _role(
        (_ANYWHERE, "unit.read"),
        (_OFFICE_AND_ABOVE, "plan.read group.read"),
        (_BELOW_ONLY, f"plan.approve {step}"),
        (_OFFICE, "task.read record.read site.read person.read party.read file.read"),
        (_OFFICE, "proof.read title.read money.read"),
        (_TEAM, "unit.write"),
        (_HERE, _PLANNING),
        (_HERE, "task.assign task.do task.hand_over task.reschedule record.write record.correct journal.read"),
        (_HERE, "site.write person.write group.write party.write file.write"),
        (_HERE, f"notice.post reply.read reply.answer {manage}"),
    )


PERMISSIONS: Mapping[Role, Mapping[Deed, Relations]] = {
    Role.CLERK: _role(
        (_ANYWHERE, "unit.read"),
        (_TEAM_AND_ABOVE, "plan.read group.read"),
        (_TEAM, f"{_PLANNING} {_WORK} {_KEEPING} {_PROVING} unit.write journal.read"),
    ),
    Role.HEAD: _role(
        (_ANYWHERE, "unit.read"),
        (_TEAM_AND_ABOVE, "plan.read group.read"),
        (_TEAM, f"{_PLANNING} {_WORK} {_KEEPING} {_PROVING} unit.write post.write journal.read settings.write"),
    ),
    Role.GRID_WORKER: _role(
        (_ANYWHERE, "unit.read"),
        (_HERE_AND_ABOVE, "plan.read group.read site.read person.read party.read"),
        (_HERE_OR_HANDED, "task.read task.do record.read record.write file.read file.write"),
        (_HANDED, "task.hand_over task.reschedule record.correct"),
        (_HERE, "site.write proof.read"),
    ),
    Role.BUILDING_HEAD: _role(
        (_ANYWHERE, "unit.read"),
        (_HERE_AND_ABOVE, "plan.read group.read"),
        (_HERE, "site.read person.read"),
        (_HANDED, _HANDED_WORK),
    ),
    Role.REGISTRAR: _role(
        (_ANYWHERE, "unit.read"),
        (_TEAM_AND_ABOVE, "plan.read group.read"),
        (_TEAM, "task.read task.do record.read record.write record.correct"),
        (_TEAM, "site.read site.write person.read person.write party.read file.read file.write"),
        (_TEAM, "reply.read proof.read title.read"),
        (_HANDED, "task.hand_over"),
    ),
    Role.CITY_MANAGEMENT_OFFICER: _role(
        (_ANYWHERE, "unit.read"),
        (_TEAM_AND_ABOVE, "plan.read group.read"),
        (_TEAM, "task.read task.do record.read record.write"),
        (_TEAM, "site.read site.write person.read party.read file.read file.write proof.read"),
        (_HANDED, "task.hand_over task.reschedule record.correct"),
    ),
    Role.PARTY_STAFF: _role(
        (_ANYWHERE, "unit.read"),
        (_HANDED, f"{_HANDED_WORK} plan.read site.read"),
    ),
    Role.VOLUNTEER: _role(
        (_ANYWHERE, "unit.read"),
        (_HANDED, f"{_HANDED_WORK} plan.read site.read"),
    ),
    Role.STREET_OFFICE: _office("title.endorse"),
    Role.DISTRICT_OFFICE: _office("title.recommend"),
    Role.CITY_OFFICE: _office("title.decide", "title.manage"),
    Role.REVIEWER: _role(
        (_ANYWHERE, "unit.read"),
        (_TAKEN_UP, "plan.read task.read record.read site.read group.read party.read file.read"),
        (_TAKEN_UP, "proof.read proof.judge title.read"),
    ),
    Role.FINANCE: _role(
        (_ANYWHERE, "unit.read"),
        (_OFFICE, "plan.read party.read money.read"),
        (_TAKEN_UP, "task.read record.read title.read"),
        (_HERE, "file.read file.write money.write"),
    ),
    Role.AUDITOR: _role(
        (_ANYWHERE, "unit.read"),
        (_OFFICE, "plan.read task.read record.read site.read person.read group.read party.read file.read journal.read"),
        (_OFFICE, "reply.read proof.read title.read money.read"),
    ),
    Role.ADMINISTRATOR: _role(
        (_ANYWHERE, "unit.read"),
        (_TEAM, "unit.write person.read person.write post.write settings.write account.write"),
    ),
}

# The posts that a committee fills itself. The others, which watch over it or open doors, an administrator gives.
TEAM_ROLES = frozenset(
    {
        Role.CLERK,
        Role.GRID_WORKER,
        Role.BUILDING_HEAD,
        Role.REGISTRAR,
        Role.CITY_MANAGEMENT_OFFICER,
        Role.PARTY_STAFF,
        Role.VOLUNTEER,
    }
)


def access_of(post: PostFact, deed: Deed, unit_path: str) -> Access:
    """What one post gives."""
    return PERMISSIONS[post.role][deed][level(post.unit_path, unit_path)]


def access(asker: Asker, deed: Deed, unit_path: str, *, taken_up: bool = False) -> Access:
    """The farthest that any post of the asker, own or covered, reaches for this deed in this unit.

    `taken_up`: the thing itself was taken up by a case or an application that the asker deals with, or was handed to
    the asker (their task, their record).
    """
    if asker.is_system:
        return Access.DETAIL
    best = max((access_of(post, deed, unit_path) for post in asker.held), default=Access.NONE)
    return Access.DETAIL if taken_up and best is Access.AGGREGATE else best


def may(asker: Asker, deed: Deed, unit_path: str, *, taken_up: bool = False) -> bool:
    """Whether the asker may do this deed, or see this in detail."""
    return access(asker, deed, unit_path, taken_up=taken_up) is Access.DETAIL


def require(asker: Asker, deed: Deed, unit_path: str, *, taken_up: bool = False) -> None:
    """Raises `NotAllowedError` unless the asker may."""
    if not may(asker, deed, unit_path, taken_up=taken_up):
        raise NotAllowedError


def require_grant(asker: Asker, role: Role, unit_path: str) -> None:
    """Whether the asker may give somebody this role: a committee's own helpers, or anything for an administrator."""
    require(asker, "post.write", unit_path)
    if role not in TEAM_ROLES and not may(asker, "account.write", unit_path):
        raise NotAllowedError("role-not-yours-to-give")


@dataclass(frozen=True, slots=True)
class Reach:
    """Every unit in which a deed is allowed: these units, everything strictly below those roots, or all there are."""

    units: frozenset[str] = frozenset()
    roots: frozenset[str] = frozenset()
    everywhere: bool = False

    def holds(self, unit_path: str) -> bool:
        return (
            self.everywhere
            or unit_path in self.units
            or any(level(root, unit_path) is Level.BELOW for root in self.roots)
        )


def reach(asker: Asker, deed: Deed, wanted: Access = Access.DETAIL) -> Reach:
    """Where `access(asker, deed, …) >= wanted`, so that a list can be filtered in the database."""
    if asker.is_system:
        return Reach(everywhere=True)
    units: set[str] = set()
    roots: set[str] = set()
    everywhere = False
    for post in asker.held:
        levels = {where for where, given in PERMISSIONS[post.role][deed].items() if given >= wanted}
        everywhere |= Level.BESIDE in levels
        units |= {post.unit_path} if Level.OWN in levels else set()
        units |= set(ancestors(post.unit_path)) if Level.ABOVE in levels else set()
        roots |= {post.unit_path} if Level.BELOW in levels else set()
    return Reach(frozenset(units), frozenset(roots), everywhere)
