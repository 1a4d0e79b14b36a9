"""Reads of the territory."""

from uuid import UUID

from django.db.models import Count

from qingli.ground.models import Site, Unit
from qingli.ground.queries.scope import below, page_key, within
from qingli.ground.queries.views import Child, Page, Surroundings, UnitView
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.kinds import Script, UnitKind
from qingli.ground.rules.paths import ancestors
from qingli.ground.rules.permissions import may, reach


def unit_view(unit: Unit) -> UnitView:
    """A row as what queries give."""
    return UnitView(
        unit.id,
        unit.parent_id,
        UnitKind(unit.kind),
        unit.name,
        unit.code,
        unit.path,
        unit.depth,
        unit.time_zone,
        Script(unit.script),
    )


def public_unit(unit_id: UUID) -> UnitView | None:
    """A unit by its id, for anybody: what a unit is called and where it lies is no secret."""
    unit = Unit.objects.filter(id=unit_id).first()
    return unit_view(unit) if unit else None


def unit(asker: Asker, unit_id: UUID) -> UnitView | None:
    """A unit that the asker may see, or None. One query."""
    found = public_unit(unit_id)
    return found if found and may(asker, "unit.read", found.path) else None


def units_of(asker: Asker) -> tuple[UnitView, ...]:
    """The units in which the asker holds or covers a post, from above to below. One query."""
    paths = {post.unit_path for post in asker.held}
    return tuple(map(unit_view, Unit.objects.filter(path__in=sorted(paths)).order_by("path"))) if paths else ()


def surroundings(asker: Asker, unit_id: UUID) -> Surroundings | None:
    """The tree around a unit. Four queries at any size."""
    centre = unit(asker, unit_id)
    if centre is None:
        return None
    seen = within(reach(asker, "unit.read"))
    above = Unit.objects.filter(seen, path__in=ancestors(centre.path)).order_by("path")
    rows = list(Unit.objects.filter(seen, parent_id=unit_id).annotate(number=Count("children")).order_by("path"))
    in_use = Site.objects.filter(unit__in=rows, active=True).values("unit_id").annotate(number=Count("id"))
    sites = {row["unit_id"]: row["number"] for row in in_use}
    children = (Child(unit_view(row), row.number, sites.get(row.id, 0)) for row in rows)
    return Surroundings(centre, tuple(map(unit_view, above)), tuple(children))


def units_below(
    asker: Asker, unit_id: UUID, *, kind: UnitKind | None = None, after: str | None = None, limit: int = 200
) -> Page[UnitView]:
    """A unit and everything below it that the asker may see, in the order of the tree. Three queries at most."""
    centre = unit(asker, unit_id)
    if centre is None:
        return Page((), None)
    rows = Unit.objects.filter(within(reach(asker, "unit.read")), below(centre.path))
    if kind is not None:
        rows = rows.filter(kind=kind)
    if key := page_key(after):
        rows = rows.filter(path__gt=Unit.objects.filter(id=key).values("path")[:1])
    found = list(rows.order_by("path")[: limit + 1])
    return Page(tuple(map(unit_view, found[:limit])), str(found[limit - 1].id) if len(found) > limit else None)


def committees_below(path: str) -> frozenset[UUID]:
    """For the house: the communities and lis below a path. One query; what a unit is and where it lies is no secret."""
    kinds = (UnitKind.COMMUNITY.value, UnitKind.LI.value)
    return frozenset(Unit.objects.filter(below(path, itself=False), kind__in=kinds).values_list("id", flat=True))


def offices_above() -> tuple[UnitView, ...]:
    """For the house: the units that lie above communities or lis. One query."""
    kinds = (UnitKind.CITY.value, UnitKind.DISTRICT.value, UnitKind.STREET.value, UnitKind.TOWNSHIP.value)
    return tuple(map(unit_view, Unit.objects.filter(kind__in=kinds).order_by("path")))
