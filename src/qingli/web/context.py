"""What every page's frame shows."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from qingli.ground import queries as ground
from qingli.ground.rules import Asker, Deed, may
from qingli.web import asking
from qingli.web.words import ROLES, word


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
        "post_here": _post_here(who, unit),
    }


def _post_here(who: Asker, unit: asking.UnitView) -> str:
    """What this person is in this unit; empty where they hold no post in it."""
    post = next((post for post in who.held if post.unit_id == unit.id), None)
    return word(ROLES, post.role.value) if post else ""


def _navigation(request: HttpRequest, who: Asker, unit: asking.UnitView) -> list[dict[str, Any]]:
    here = request.path
    words: list[tuple[str, str, Deed | None]] = [
        ("desk:today", gettext("Today"), None),
        ("desk:plans", gettext("Plans"), "plan.read"),
        ("desk:tasks", gettext("Tasks"), "task.read"),
        ("desk:calendar", gettext("Calendar"), "task.read"),
        ("desk:sites", gettext("Sites"), "site.read"),
        ("desk:people", gettext("People"), "person.read"),
    ]
    items = [
        {"href": reverse(name, args=[unit.id]), "label": label}
        for name, label, needed in words
        if needed is None or may(who, needed, unit.path)
    ]
    return [{**item, "here": here.startswith(item["href"])} for item in items]
