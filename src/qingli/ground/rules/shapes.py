"""Which unit may lie in which, and which role may be held where.

The mainland's shape is city, district, street, community, grid; Taiwan's is city, district or township, li,
neighbourhood. Any kind above the grid may be a root: a single community can start alone.
"""

from collections.abc import Mapping

from qingli.ground.rules.errors import GroundError
from qingli.ground.rules.kinds import Role, UnitKind
from qingli.ground.rules.paths import PATH_LENGTH

_U = UnitKind
PARENTS: Mapping[UnitKind, frozenset[UnitKind | None]] = {
    _U.CITY: frozenset({None}),
    _U.DISTRICT: frozenset({None, _U.CITY}),
    _U.STREET: frozenset({None, _U.DISTRICT, _U.CITY}),
    _U.TOWNSHIP: frozenset({None, _U.DISTRICT, _U.CITY}),
    _U.COMMUNITY: frozenset({None, _U.STREET, _U.TOWNSHIP, _U.DISTRICT}),
    _U.LI: frozenset({None, _U.DISTRICT, _U.TOWNSHIP, _U.STREET}),
    _U.GRID: frozenset({_U.COMMUNITY, _U.LI}),
    _U.NEIGHBOURHOOD: frozenset({_U.LI, _U.COMMUNITY}),
}

COMMITTEES = frozenset({_U.COMMUNITY, _U.LI})
_PATCHES = frozenset({_U.GRID, _U.NEIGHBOURHOOD})
_STREETS = frozenset({_U.STREET, _U.TOWNSHIP})
_OFFICES = _STREETS | {_U.DISTRICT, _U.CITY}

# A role that sees the details of everything below its unit is held in a committee only, whose below is its grids.
HELD_IN: Mapping[Role, frozenset[UnitKind]] = {
    Role.CLERK: COMMITTEES,
    Role.HEAD: COMMITTEES,
    Role.GRID_WORKER: COMMITTEES | _PATCHES,
    Role.BUILDING_HEAD: COMMITTEES | _PATCHES,
    Role.REGISTRAR: COMMITTEES,
    Role.CITY_MANAGEMENT_OFFICER: COMMITTEES,
    Role.PARTY_STAFF: frozenset(UnitKind),
    Role.VOLUNTEER: COMMITTEES | _PATCHES | _STREETS,
    Role.STREET_OFFICE: _STREETS,
    Role.DISTRICT_OFFICE: frozenset({_U.DISTRICT}),
    Role.CITY_OFFICE: frozenset({_U.CITY}),
    Role.REVIEWER: _OFFICES,
    Role.FINANCE: COMMITTEES | _OFFICES,
    Role.AUDITOR: COMMITTEES | _OFFICES,
    Role.ADMINISTRATOR: COMMITTEES | _OFFICES,
}


def check_parent(kind: UnitKind, parent: UnitKind | None) -> None:
    """Raises `unit-not-here` where a unit of this kind cannot lie in such a parent (None: it would be a root)."""
    if parent not in PARENTS[kind]:
        raise GroundError("unit-not-here", "parent")


def check_move(path: str, new_parent: str) -> None:
    """Raises `unit-into-itself`."""
    if new_parent.startswith(path):
        raise GroundError("unit-into-itself", "parent")


def check_fit(path: str, new_path: str, longest: int) -> None:
    """Raises `path-too-long` where what lies below would not fit; `longest` is the longest path there until now."""
    if longest + len(new_path) - len(path) > PATH_LENGTH:
        raise GroundError("path-too-long", "code")


def check_role(role: Role, kind: UnitKind) -> None:
    """Raises `role-not-here` where a unit of this kind has no such post."""
    if kind not in HELD_IN[role]:
        raise GroundError("role-not-here", "role")
