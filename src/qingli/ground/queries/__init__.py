"""Reads of the ground. They give frozen dataclasses (`views`), never rows: faces cannot change or follow them.

What the asker may not see is None for one thing and `NotAllowedError` for a list; lists hold only what the asker sees
in detail. Each says how many queries it costs.
"""

from qingli.ground.queries.askers import asker_for, asker_of
from qingli.ground.queries.groups import groups
from qingli.ground.queries.offices import covers, holders_in, office_holders, posts, seen_by
from qingli.ground.queries.people import held_about, people, person, phone
from qingli.ground.queries.scope import below, within
from qingli.ground.queries.sites import parties, site, site_counts, site_parts, sites
from qingli.ground.queries.units import (
    committees_below,
    offices_above,
    public_unit,
    surroundings,
    unit,
    units_below,
    units_of,
)
from qingli.ground.queries.views import (
    Child,
    CoverView,
    GroupView,
    Held,
    Page,
    PartyView,
    PersonView,
    PostView,
    SeatView,
    Sight,
    SiteView,
    Surroundings,
    UnitView,
)

__all__ = [
    "Child",
    "CoverView",
    "GroupView",
    "Held",
    "Page",
    "PartyView",
    "PersonView",
    "PostView",
    "SeatView",
    "Sight",
    "SiteView",
    "Surroundings",
    "UnitView",
    "asker_for",
    "asker_of",
    "below",
    "committees_below",
    "covers",
    "groups",
    "held_about",
    "holders_in",
    "office_holders",
    "offices_above",
    "parties",
    "people",
    "person",
    "phone",
    "posts",
    "public_unit",
    "seen_by",
    "site",
    "site_counts",
    "site_parts",
    "sites",
    "surroundings",
    "unit",
    "units_below",
    "units_of",
    "within",
]
