"""Writers of sites and parties."""

from datetime import datetime
from uuid import UUID

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.actions import load
from qingli.ground.models import Party, Site
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.errors import GroundError
from qingli.ground.rules.kinds import PartyKind, SiteType
from qingli.ground.rules.permissions import require
from qingli.ground.rules.words import clean_text

NAME_LENGTH = 80
PLACE_LENGTH = 120
MOST = 1_000_000


@deed("site.added")
def add_site(
    *,
    unit_id: UUID,
    type: SiteType,
    name: str,
    place: str = "",
    count: int | None = None,
    party_id: UUID | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Something in a unit that needs care. `count`: households, floors or whatever the site has many of."""
    unit = load.unit(unit_id)
    require(by, "site.write", unit.path)
    site = Site(unit=unit, type=type, party=load.party_for(party_id, unit.path))
    _describe(site, name, place, count)
    site.save(force_insert=True)
    return Act("site", site.id, unit.path, _site_facts(site))


@deed("site.changed")
def change_site(
    *,
    site_id: UUID,
    name: str,
    place: str = "",
    count: int | None = None,
    party_id: UUID | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """What is known of a site, all of it as it now is. Its unit and type stay. Raises `site-closed`."""
    site = load.site(site_id)
    require(by, "site.write", site.unit.path)
    if not site.active:
        raise GroundError("site-closed", "site")
    load.unit(site.unit_id)
    before = _site_facts(site)
    site.party = load.party_for(party_id, site.unit.path)
    _describe(site, name, place, count)
    site.save(update_fields=["name", "place", "count", "party"])
    return Act("site", site.id, site.unit.path, {**_site_facts(site), "before": before})


@deed("site.closed")
def close_site(*, site_id: UUID, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """The site needs no care any more; what was recorded about it stays."""
    site = load.site(site_id)
    require(by, "site.write", site.unit.path)
    if not site.active:
        raise GroundError("site-closed", "site")
    site.active = False
    site.save(update_fields=["active"])
    return Act("site", site.id, site.unit.path, {"active": False})


@deed("party.added")
def add_party(
    *,
    unit_id: UUID,
    kind: PartyKind,
    name: str,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Somebody outside who has duties in a unit. Raises `party-already-there`."""
    unit = load.unit(unit_id)
    require(by, "party.write", unit.path)
    party = Party(unit=unit, kind=kind)
    _name_party(party, name)
    party.save(force_insert=True)
    return Act("party", party.id, unit.path, {"kind": str(party.kind), "name": party.name})


@deed("party.changed")
def change_party(
    *,
    party_id: UUID,
    kind: PartyKind,
    name: str,
    active: bool = True,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A party as it now is; `active=False` when it has no duties here any more."""
    party = load.party(party_id)
    require(by, "party.write", party.unit.path)
    load.unit(party.unit_id)
    before = {"kind": party.kind, "name": party.name, "active": party.active}
    party.kind, party.active = kind, active
    _name_party(party, name)
    party.save(update_fields=["kind", "name", "active"])
    now = {"kind": str(party.kind), "name": party.name, "active": active}
    return Act("party", party.id, party.unit.path, {**now, "before": before})


def _describe(site: Site, name: str, place: str, count: int | None) -> None:
    site.name = clean_text(name, NAME_LENGTH, "name")
    site.place = clean_text(place, PLACE_LENGTH, "place", needed=False)
    if count is not None and not 0 <= count <= MOST:
        raise GroundError("count-out-of-range", "count")
    site.count = count
    same = Site.objects.filter(unit_id=site.unit_id, type=site.type, name=site.name, place=site.place, active=True)
    if same.exclude(id=site.id).exists():
        raise GroundError("site-already-there", "name")


def _name_party(party: Party, name: str) -> None:
    party.name = clean_text(name, NAME_LENGTH, "name")
    if Party.objects.filter(unit_id=party.unit_id, name=party.name).exclude(id=party.id).exists():
        raise GroundError("party-already-there", "name")


def _site_facts(site: Site) -> dict[str, object]:
    party = str(site.party_id) if site.party_id else None
    return {"type": str(site.type), "name": site.name, "place": site.place, "count": site.count, "party": party}
