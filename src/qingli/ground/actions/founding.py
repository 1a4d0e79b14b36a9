"""One deed that makes a whole community, for somebody who starts with nothing but last year's plan."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act, Done
from qingli.ground.actions.people import hashed, write_account, write_person
from qingli.ground.actions.posts import write_post
from qingli.ground.actions.units import write_unit
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.errors import GroundError, NotAllowedError
from qingli.ground.rules.kinds import Language, Role, Script, UnitKind
from qingli.ground.rules.shapes import COMMITTEES
from qingli.ground.rules.terms import day_of
from qingli.lib.ids import derived

# What the first person of a community is until colleagues come: able to plan, and to let colleagues in.
FIRST_ROLES = (Role.CLERK, Role.ADMINISTRATOR)
MOST_GRIDS = 99

_unit = deed("unit.founded")(write_unit)
_person = deed("person.added")(write_person)
_account = deed("account.opened")(write_account)
_post = deed("post.added")(write_post)


class _Envelope(TypedDict):
    by: Asker
    happened_at: datetime
    recorded_at: datetime


def found_community(
    *,
    name: str,
    person_name: str,
    username: str,
    password: str,
    kind: UnitKind = UnitKind.COMMUNITY,
    grids: Sequence[str] = (),
    time_zone: str = "Asia/Shanghai",
    script: Script = Script.HANT,
    language: Language | None = None,
    phone: str = "",
    roles: Sequence[Role] = FIRST_ROLES,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Done:
    """A community (or a li) without anything above it, its grids by name, and its first person with account and posts.

    Only a visitor or the system founds one: whoever has an account belongs to a unit already. The result names the
    community. Raises what the single deeds raise, with the same fields.
    """
    secret = hashed(password, username)
    return _found_community(
        name=name,
        person_name=person_name,
        username=username,
        secret=secret,
        kind=kind,
        grids=grids,
        time_zone=time_zone,
        script=script,
        language=language,
        phone=phone,
        roles=roles,
        by=by,
        happened_at=happened_at,
        recorded_at=recorded_at,
        key=key,
    )


@deed("community.founded")
def _found_community(
    *,
    name: str,
    person_name: str,
    username: str,
    secret: str,
    kind: UnitKind,
    grids: Sequence[str],
    time_zone: str,
    script: Script,
    language: Language | None,
    phone: str,
    roles: Sequence[Role],
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    if by.person_id is not None:
        raise NotAllowedError
    if kind not in COMMITTEES:
        raise GroundError("unit-not-here", "kind")
    if len(grids) > MOST_GRIDS:
        raise GroundError("grids-too-many", "grids")
    when: _Envelope = {"by": by, "happened_at": happened_at, "recorded_at": recorded_at}
    code = f"{kind[0]}-{key.hex[:12]}"
    unit_id = _unit(
        parent_id=None,
        kind=kind,
        name=name,
        code=code,
        time_zone=time_zone,
        script=script,
        key=derived(key, "unit"),
        **when,
    ).object_id
    _divide(unit_id, kind, grids, key, when)
    person_id = _person(
        unit_id=unit_id, name=person_name, phone=phone, language=language, key=derived(key, "person"), **when
    ).object_id
    _account(person_id=person_id, username=username, secret=secret, key=derived(key, "account"), **when)
    _appoint(person_id, unit_id, roles, starts_on=day_of(happened_at, time_zone), key=key, when=when)
    return Act("unit", unit_id, f"/{code}/", {"grids": len(grids), "person": str(person_id)})


def _divide(unit_id: UUID, kind: UnitKind, names: Sequence[str], key: UUID, when: _Envelope) -> None:
    grid_kind = UnitKind.NEIGHBOURHOOD if kind is UnitKind.LI else UnitKind.GRID
    for number, name in enumerate(names, start=1):
        _unit(
            parent_id=unit_id,
            kind=grid_kind,
            name=name,
            code=f"{number:02}",
            time_zone="",
            script=None,
            key=derived(key, f"grid {number}"),
            **when,
        )


def _appoint(
    person_id: UUID, unit_id: UUID, roles: Sequence[Role], *, starts_on: date, key: UUID, when: _Envelope
) -> None:
    for role in roles:
        _post(
            person_id=person_id,
            unit_id=unit_id,
            role=role,
            starts_on=starts_on,
            ends_on=None,
            party_id=None,
            key=derived(key, f"post {role}"),
            **when,
        )
