"""The places of a unit that need care."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingli.ground import queries as ground
from qingli.ground.rules import Asker
from qingli.web.asking import UnitView, in_unit


@in_unit
def sites(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    page = ground.sites(who, unit.id, after=request.GET.get("after") or None, limit=100)
    return render(request, "desk/sites.html", {"page": page})
