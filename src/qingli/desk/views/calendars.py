"""The calendar of a unit: a year, a month, a list of days; and the feed for phones, by secret link."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from qingli.ground.rules import Asker
from qingli.plan import queries as plans
from qingli.web.asking import UnitView, in_unit, local_day

YEARS = range(1990, 2201)


@in_unit
def month(
    request: HttpRequest, who: Asker, unit: UnitView, year: int | None = None, month: int | None = None
) -> HttpResponse:
    day = local_day(unit)
    if year is None or month is None:
        year, month = day.year, day.month
    if year not in YEARS:
        raise Http404
    try:
        first = date(year, month, 1)
        before = date(year - (month == 1), month - 1 or 12, 1)
        after = date(year + (month == 12), month % 12 + 1, 1)
    except ValueError as error:
        raise Http404 from error
    page = plans.calendar_month(who, unit.id, year, month, today=day)
    context = {
        "page": page,
        "first": first,
        "before": before,
        "after": after,
        "blank": range(first.weekday()),
        "rest": range(6 - page.days[-1].day.weekday()),
        "day": day,
        "busy": [cell for cell in page.days if cell.counts.promised],
    }
    return render(request, "desk/month.html", context)


@in_unit
def year(request: HttpRequest, who: Asker, unit: UnitView, year: int) -> HttpResponse:
    if year not in YEARS:
        raise Http404
    day = local_day(unit)
    page = plans.calendar_year(who, unit.id, year, today=day)
    return render(request, "desk/year.html", {"page": page, "day": day})
