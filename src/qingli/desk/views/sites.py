"""The places of a unit that need care, and the units that it is divided into."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.desk import forms_people as forms
from qingli.ground import actions
from qingli.ground import queries as ground
from qingli.ground.rules import Asker, NotAllowedError, SiteType, UnitKind, may
from qingli.web.asking import UnitView, in_unit
from qingli.web.posting import do, do_from, form_key

PAGE = 100


@in_unit
def sites(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """Site by site where the asker sees details; an office sees how many of each kind lie below it."""
    asked = request.GET.get("type", "")
    wanted = next((kind for kind in SiteType if kind == asked), None)
    context = {
        "page": ground.sites(who, unit.id, type=wanted, after=request.GET.get("after") or None, limit=PAGE),
        "counts": ground.site_counts(who, unit.id),
        "wanted": wanted,
        "may_write": may(who, "site.write", unit.path),
        "may_divide": may(who, "unit.write", unit.path) and bool(forms.kinds_below(unit)),
    }
    return render(request, "desk/sites.html", context)


@in_unit
def new(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    if not may(who, "site.write", unit.path):
        raise NotAllowedError
    units = ground.units_below(who, unit.id).rows
    first = {"unit": unit.id, "type": request.GET.get("type")}
    form = forms.SiteForm(request.POST or None, who=who, units=units, initial=first)
    if form.is_valid():
        values = form.cleaned_data
        facts = {"unit_id": values["unit"], "type": SiteType(values["type"]), "count": values["count"]}
        if do_from(request, who, form, actions.add_site, name=values["name"], place=values["place"], **facts):
            messages.success(request, _("Added: %(name)s") % {"name": values["name"]})
            again = "desk:site-new" if "again" in request.POST else "desk:sites"
            return redirect(again, unit.id)
    context = {"form": form, "form_errors": bool(form.errors)}
    return render(request, "desk/site_new.html", context, status=422 if form.errors else 200)


@require_POST
@in_unit
def close(request: HttpRequest, who: Asker, unit: UnitView, site_id: UUID) -> HttpResponse:
    do(request, who, actions.close_site, _("Closed. What was recorded about it stays."), site_id=site_id)
    return redirect("desk:sites", unit.id)


@in_unit
def units(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """What lies above and below a unit."""
    context = {
        "around": ground.surroundings(who, unit.id),
        "may_divide": may(who, "unit.write", unit.path) and bool(forms.kinds_below(unit)),
    }
    return render(request, "desk/units.html", context)


@in_unit
def unit_new(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """A grid, or whatever this unit is divided into. Its short name in addresses is made here."""
    if not may(who, "unit.write", unit.path) or not forms.kinds_below(unit):
        raise NotAllowedError
    form = forms.UnitForm(request.POST or None, parent=unit)
    if form.is_valid():
        name, kind = form.cleaned_data["name"], UnitKind(form.cleaned_data["kind"])
        code = f"{kind[0]}-{form_key(request).hex[:12]}"
        if do_from(request, who, form, actions.found_unit, parent_id=unit.id, kind=kind, name=name, code=code):
            messages.success(request, _("Added: %(name)s") % {"name": name})
            return redirect("desk:units", unit.id)
    context = {"form": form, "form_errors": bool(form.errors)}
    return render(request, "desk/units_new.html", context, status=422 if form.errors else 200)
