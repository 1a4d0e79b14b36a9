"""What every page's frame shows."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from qingli.ground import queries as ground
from qingli.ground.rules import Access, Asker, Deed, NotAllowedError, UnitKind, access, may
from qingli.insight.city import require_office
from qingli.web import asking
from qingli.web.words import ROLES, word

COMMITTEES = (UnitKind.COMMUNITY, UnitKind.LI)

# A page of a unit: its name in the addresses, its label, the deed of which something must be allowed, what it is for.
Place = tuple[str, str, Deed | None, str]


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


def allowed(who: Asker, unit: asking.UnitView, places: Iterable[Place]) -> list[dict[str, str]]:
    """Those of the pages that this person may open here: href, label, and what it is for."""
    return [
        {"href": reverse(name, args=[unit.id]), "label": label, "says": says}
        for name, label, needed, says in places
        if needed is None or access(who, needed, unit.path) is not Access.NONE
    ]


def further(who: Asker, unit: asking.UnitView) -> list[dict[str, str]]:
    """The pages that are not needed every day, each with a line that says what it is for."""
    places: list[Place] = [
        (
            "desk:calendar",
            gettext("Calendar"),
            "task.read",
            gettext("What is due in a month, and in the year."),
        ),
        (
            "desk:sites",
            gettext("Sites"),
            "site.read",
            gettext("Buildings, water tanks, shops and other places that need care."),
        ),
        (
            "desk:board",
            gettext("Notices"),
            "reply.read",
            gettext("What is posted for everybody, where it hangs, and what people replied."),
        ),
        (
            "desk:people",
            gettext("People"),
            "person.read",
            gettext("Who works here, in which post, and who stands in."),
        ),
        (
            "desk:groups",
            gettext("Groups"),
            "group.read",
            gettext("The leading group and others, and who sits in them."),
        ),
    ]
    if unit.kind in COMMITTEES and may(who, "record.read", unit.path):
        says = gettext("What was promised and done in half a year, ready as Word and PDF.")
        places.append(("desk:half-year", gettext("Half-year report"), "record.read", says))
    if _reads_sums(who, unit):
        says = gettext("Sums over the communities below, beside the half-year before. Nobody is named.")
        places.append(("desk:figures", gettext("Figures"), None, says))
    if may(who, "money.read", unit.path):  # there is no page of sums for those who see no more
        places.append(
            (
                "desk:money",
                gettext("Earmarked money"),
                "money.read",
                gettext("What was given for a purpose, what it was spent on, what is left."),
            )
        )
    return allowed(who, unit, places)


def _reads_sums(who: Asker, unit: asking.UnitView) -> bool:
    """Whether the page of sums below this unit opens for this person."""
    try:
        require_office(who, unit)
    except NotAllowedError:
        return False
    return True


def _proving(who: Asker, unit: asking.UnitView) -> list[Place]:
    """The self-assessment is a community's, and is read by whoever sees it in detail: sums have a page of their own."""
    if unit.kind not in (UnitKind.COMMUNITY, UnitKind.LI) or not may(who, "proof.read", unit.path):
        return []
    return [("desk:proof", pgettext("menu", "Proof"), "proof.read", "")]


def _navigation(request: HttpRequest, who: Asker, unit: asking.UnitView) -> list[dict[str, Any]]:
    """The pages of every day; the others stand under "More"."""
    places: list[Place] = [
        ("desk:today", gettext("Today"), None, ""),
        ("desk:plans", gettext("Plans"), "plan.read", ""),
        ("desk:tasks", gettext("Tasks"), "task.read", ""),
        *_proving(who, unit),
        ("desk:titles", gettext("Titles"), "title.read", ""),
        ("desk:more", pgettext("menu", "More"), None, ""),
    ]
    *daily, more = allowed(who, unit, places)
    under = [more["href"], *(item["href"] for item in further(who, unit))]
    here = request.path
    return [
        *({**item, "here": here.startswith(item["href"])} for item in daily),
        {**more, "here": any(here.startswith(href) for href in under)},
    ]
