"""Who may see figures, of which territory, by which standard."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from qingli.catalogue import Catalogue, Criterion, Standard, load_catalogue
from qingli.ground.queries import UnitView, public_unit, units_below
from qingli.ground.rules import SYSTEM, Asker, Deed, UnitKind, require
from qingli.proof.rules import ProofError

COMMUNITIES = frozenset({UnitKind.COMMUNITY, UnitKind.LI})
PARTS = frozenset({UnitKind.GRID, UnitKind.NEIGHBOURHOOD})
MOST_PARTS = 2000


def unit_for(asker: Asker, unit_id: UUID, deed: Deed = "proof.read", *, taken_up: bool = False) -> UnitView:
    """The unit, of which the asker may see this in detail. Raises not-found, or the ground's NotAllowedError."""
    unit = public_unit(unit_id)
    if unit is None:
        raise ProofError("not-found")
    require(asker, deed, unit.path, taken_up=taken_up)
    return unit


def parts_of(unit: UnitView) -> tuple[UUID, ...]:
    """What is counted as one: a community with its grids; any other unit by itself. Two queries at most."""
    if unit.kind not in COMMUNITIES:
        return (unit.id,)
    found = units_below(SYSTEM, unit.id, limit=MOST_PARTS).rows
    return tuple(one.id for one in found if one.id == unit.id or one.kind in PARTS)


def catalogue() -> Catalogue:
    """The content of this house."""
    return _loaded(settings.CATALOGUE)


@cache
def _loaded(extra: Path | None) -> Catalogue:
    return load_catalogue(extra)


def standards() -> Mapping[tuple[str, str], Standard]:
    """Every version of every standard."""
    return catalogue().standards


def standard_of(standard_id: str, version: str) -> Standard:
    """Raises unknown-standard."""
    found = standards().get((standard_id, version))
    if found is None:
        raise ProofError("unknown-standard")
    return found


def criterion_of(standard_id: str, version: str, criterion: str) -> Criterion:
    """Raises unknown-standard, unknown-criterion."""
    try:
        return standard_of(standard_id, version).criterion(criterion)
    except KeyError:
        raise ProofError("unknown-criterion") from None
