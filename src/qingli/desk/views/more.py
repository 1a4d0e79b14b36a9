"""More: the pages that are not needed every day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingli.ground.rules import Asker
from qingli.web.asking import UnitView, in_unit
from qingli.web.context import further


@in_unit
def more(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    return render(request, "desk/more.html", {"places": further(who, unit)})
