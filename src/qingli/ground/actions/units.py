"""Writers of the territory."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Max, Value
from django.db.models.functions import Concat, Length, Substr

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.actions import load
from qingli.ground.models import Unit
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.errors import GroundError, NotAllowedError
from qingli.ground.rules.kinds import Script, UnitKind
from qingli.ground.rules.paths import child_path, clean_code, subtree
from qingli.ground.rules.permissions import require
from qingli.ground.rules.shapes import check_fit, check_move, check_parent
from qingli.ground.rules.terms import zone
from qingli.ground.rules.words import clean_text

NAME_LENGTH = 60


def write_unit(
    *,
    parent_id: UUID | None,
    kind: UnitKind,
    name: str,
    code: str,
    time_zone: str,
    script: Script | None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """The row of a new unit, for deeds that have already asked whether it may be."""
    parent = load.unit(parent_id, "parent") if parent_id else None
    check_parent(kind, UnitKind(parent.kind) if parent else None)
    code = clean_code(code)
    path = child_path(parent.path if parent else "", code)
    if Unit.objects.filter(path=path).exists():
        raise GroundError("code-taken", "code")
    time_zone = time_zone or (parent.time_zone if parent else "")
    zone(time_zone)
    unit = Unit.objects.create(
        parent=parent,
        kind=kind,
        name=clean_text(name, NAME_LENGTH, "name"),
        code=code,
        path=path,
        depth=parent.depth + 1 if parent else 0,
        time_zone=time_zone,
        script=script or (parent.script if parent else Script.HANT),
    )
    payload = {"kind": unit.kind, "name": unit.name, "path": path, "time_zone": time_zone, "script": str(unit.script)}
    return Act("unit", unit.id, path, payload)


@deed("unit.founded")
def found_unit(
    *,
    parent_id: UUID | None,
    kind: UnitKind,
    name: str,
    code: str,
    time_zone: str = "",
    script: Script | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A new unit below another, whose zone and script it takes unless told; a root only by the system.

    Raises `not-allowed`, `unit-not-here`, `code-malformed`, `code-taken`, `path-too-long`, `zone-unknown`.
    """
    if parent_id is not None:
        require(by, "unit.write", load.unit(parent_id, "parent").path)
    elif not by.is_system:
        raise NotAllowedError
    return write_unit(
        parent_id=parent_id,
        kind=kind,
        name=name,
        code=code,
        time_zone=time_zone,
        script=script,
        by=by,
        happened_at=happened_at,
        recorded_at=recorded_at,
        key=key,
    )


@deed("unit.renamed")
def rename_unit(
    *, unit_id: UUID, name: str, code: str = "", by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Another name and, where given, another code, which changes the paths of everything below."""
    _lock_roots()
    unit = load.unit(unit_id)
    require(by, "unit.write", unit.path)
    before = {"name": unit.name, "path": unit.path}
    unit.name = clean_text(name, NAME_LENGTH, "name")
    unit.save(update_fields=["name"])
    path = unit.path
    if code and (code := clean_code(code)) != unit.code:
        path = _set_path(unit, unit.path[: -len(unit.code) - 1], code, 0)
        Unit.objects.filter(id=unit.id).update(code=code)
    return Act("unit", unit.id, path, {"name": unit.name, "path": path, "before": before})


@deed("unit.moved")
def move_unit(
    *, unit_id: UUID, parent_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """The unit with everything below it comes to lie in another parent.

    Raises `not-allowed` unless both places are the asker's to write; `unit-into-itself`, `unit-not-here`, `code-taken`,
    `path-too-long`.
    """
    _lock_roots()
    unit, parent = load.unit(unit_id), load.unit(parent_id, "parent")
    require(by, "unit.write", unit.path)
    require(by, "unit.write", parent.path)
    check_parent(UnitKind(unit.kind), UnitKind(parent.kind))
    check_move(unit.path, parent.path)
    before = unit.path
    path = _set_path(unit, parent.path, unit.code, parent.depth + 1 - unit.depth)
    Unit.objects.filter(id=unit.id).update(parent=parent)
    return Act("unit", unit.id, path, {"path": path, "before": {"path": before}})


def _lock_roots() -> None:
    """One move at a time: two at once could each come to lie in the other."""
    list(Unit.objects.select_for_update().filter(parent=None).order_by("path").values_list("id", flat=True))


def _set_path(unit: Unit, parent_path: str, code: str, deeper: int) -> str:
    """Write the paths and depths of a whole subtree in one statement."""
    path = child_path(parent_path, code)
    if path == unit.path:
        return path
    if Unit.objects.filter(path=path).exists():
        raise GroundError("code-taken", "code")
    low, high = subtree(unit.path)
    rows = Unit.objects.filter(path__gte=low, path__lt=high)
    check_fit(unit.path, path, rows.aggregate(longest=Max(Length("path")))["longest"])
    rows.update(path=Concat(Value(path), Substr("path", len(unit.path) + 1)), depth=F("depth") + deeper)
    return path
