"""What every page's frame shows."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from qingli.ground import queries as ground
from qingli.ground.rules import Asker, may
from qingli.web import asking


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, the unit of this page, the other units of this person, the menu."""
    if not hasattr(request, "user"):  # a page that failed before anybody could be recognised
        return {}
    who = asking.asker(request)
    unit: asking.UnitView | None = getattr(request, "_qingli_unit", None)
    if who is None or unit is None:
        return {"asker": who}
    own = ground.units_of(who)
    return {
        "asker": who,
        "unit": unit,
        "other_units": [other for other in own if other.id != unit.id],
        "navigation": _navigation(request, who, unit),
    }


def _navigation(request: HttpRequest, who: Asker, unit: asking.UnitView) -> list[dict[str, Any]]:
    here = request.path
    words = [
        ("desk:today", gettext("Today")),
        ("desk:plans", gettext("Plans")),
        ("desk:tasks", gettext("Tasks")),
        ("desk:calendar", gettext("Calendar")),
        ("desk:sites", gettext("Sites")),
    ]
    if may(who, "person.read", unit.path):
        words.append(("desk:people", gettext("People")))
    items = [{"href": reverse(name, args=[unit.id]), "label": label} for name, label in words]
    return [{**item, "here": here.startswith(item["href"])} for item in items]
