"""Reads of sites and parties."""

from uuid import UUID

from django.db.models import Count, Q, Sum

from qingli.ground.models import Party, Site, Unit
from qingli.ground.queries.scope import below, page_key, path_for, within
from qingli.ground.queries.views import Page, PartyView, SiteView
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.errors import GroundError, NotAllowedError
from qingli.ground.rules.kinds import PartyKind, SiteType
from qingli.ground.rules.permissions import Access, access, may, reach


def sites(
    asker: Asker,
    unit_id: UUID,
    *,
    type: SiteType | None = None,
    closed: bool = False,
    after: str | None = None,
    limit: int = 100,
) -> Page[SiteView]:
    """The sites of a unit and of what lies below it, by name, as far as the asker sees details. Two queries.

    `after` is the key that the page before gave; `closed=True` shows also those that are closed. Raises `not-found`,
    `not-allowed`.
    """
    path = path_for(asker, "site.read", unit_id)
    rows = Site.objects.filter(below(path, "unit__path"), within(reach(asker, "site.read"), "unit__path"))
    if type is not None:
        rows = rows.filter(type=type)
    if not closed:
        rows = rows.filter(active=True)
    if key := page_key(after):
        last = Site.objects.filter(id=key).values("name")[:1]
        rows = rows.filter(Q(name__gt=last) | Q(name=last, id__gt=key))
    found = list(rows.select_related("unit", "party").order_by("name", "id")[: limit + 1])
    return Page(tuple(map(_site_view, found[:limit])), str(found[limit - 1].id) if len(found) > limit else None)


def site(asker: Asker, site_id: UUID) -> SiteView | None:
    """One site, or None where there is none or the asker may not see it."""
    row = Site.objects.select_related("unit", "party").filter(id=site_id).first()
    return _site_view(row) if row and may(asker, "site.read", row.unit.path) else None


def site_counts(asker: Asker, unit_id: UUID) -> dict[SiteType, int]:
    """How many sites in use a unit and everything below it have, by type: what a level above sees. Two queries."""
    path = Unit.objects.filter(id=unit_id).values_list("path", flat=True).first()
    if path is None:
        raise GroundError("not-found", "unit")
    if access(asker, "site.read", path) < Access.AGGREGATE:
        raise NotAllowedError
    rows = Site.objects.filter(below(path, "unit__path"), active=True).values("type").annotate(number=Count("id"))
    return {SiteType(row["type"]): row["number"] for row in rows.order_by("type")}


def site_parts(asker: Asker, unit_id: UUID, type: SiteType) -> tuple[int, int, int]:
    """Sites of a type in use, how many of them say how many households or parts they have, and the sum. Two queries."""
    path = path_for(asker, "site.read", unit_id)
    rows = Site.objects.filter(below(path, "unit__path"), active=True, type=type)
    found = rows.aggregate(sites=Count("id"), told=Count("count"), parts=Sum("count"))
    return found["sites"], found["told"], found["parts"] or 0


def parties(asker: Asker, unit_id: UUID, *, closed: bool = False) -> tuple[PartyView, ...]:
    """The parties of a unit, by name. Two queries. Raises `not-found`, `not-allowed`."""
    path_for(asker, "party.read", unit_id)
    rows = Party.objects.filter(unit_id=unit_id).order_by("name")
    return tuple(map(_party_view, rows if closed else rows.filter(active=True)))


def _site_view(row: Site) -> SiteView:
    return SiteView(
        row.id,
        row.unit_id,
        row.unit.name,
        SiteType(row.type),
        row.name,
        row.place,
        row.count,
        row.party_id,
        row.party.name if row.party else "",
        row.active,
    )


def _party_view(row: Party) -> PartyView:
    return PartyView(row.id, row.unit_id, PartyKind(row.kind), row.name, row.active)
