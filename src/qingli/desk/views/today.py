"""Today: what one person has before them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingli.ground import queries as ground
from qingli.ground.rules import Asker
from qingli.plan import queries as plans
from qingli.web.asking import UnitView, in_unit, local_day, signed_in
from qingli.work import queries as records

OFFICES = {"city", "district", "street", "township"}  # they see sums of the units below


@signed_in
def start(request: HttpRequest, who: Asker) -> HttpResponse:
    """Lead to the person's own unit; without a post, say so."""
    units = ground.units_of(who)
    if not units:
        return render(request, "desk/no_post.html", status=403)
    return redirect("desk:today", units[0].id)


@in_unit
def today(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    day = local_day(unit)
    page = plans.today_page(who, today=day)
    waiting = [*page.late, *page.due]
    office = unit.kind.value in OFFICES
    context = {
        "page": page,
        "day": day,
        "first": waiting[0] if waiting else None,
        "rest": waiting[1:],
        "count": len(waiting),
        "records": records.recorded_on(who, day, time_zone=unit.time_zone),
        "below": plans.below(who, unit.id, today=day) if office else None,
    }
    return render(request, "desk/today.html", context)
