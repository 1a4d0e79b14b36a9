"""A city's programmes and their years: set up, opened, posted, decided."""

from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.desk.title.forms import CycleForm, PostForm, ProgrammeForm
from qingli.ground.rules import Asker, require
from qingli.proof import queries as proof
from qingli.title import actions, queries
from qingli.title.queries import ApplicationLine, CycleView
from qingli.title.rules import Windows
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.posting import do, do_from
from qingli.web.templatetags.title import named

PAGE = 50
DAY = timedelta(days=1)
FIELDS = {"evidence_until": "evidence_last", "standard_version": "standard"}


@in_unit
def new_programme(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    require(who, "title.manage", unit.path)
    form = ProgrammeForm(request.POST or None, initial={"issuing_body": unit.name, "valid_years": 3})
    if form.is_valid() and (
        done := do_from(request, who, form, actions.set_up_programme, unit_id=unit.id, **form.cleaned_data)
    ):
        messages.success(request, _("Set up. Now open its first year."))
        return redirect("desk:cycle-new", unit.id, done.object_id)
    context = {"form": form, "form_errors": bool(form.errors)}
    return render(request, "desk/title/programme_new.html", context, status=422 if form.errors else 200)


@in_unit
def new_year(request: HttpRequest, who: Asker, unit: UnitView, programme_id: UUID) -> HttpResponse:
    require(who, "title.manage", unit.path)
    programme = next((one for one in queries.programmes(who, unit.id) if one.id == programme_id), None)
    if programme is None:
        raise Http404
    today = local_day(unit)
    form = CycleForm(request.POST or None, standards=standards(), initial=_usual(today.year))
    if form.is_valid() and (
        done := do_from(request, who, form, actions.open_cycle, FIELDS, **_facts(form, programme_id))
    ):
        messages.success(request, _("Opened. Communities see it now."))
        return redirect("desk:cycle", unit.id, done.object_id)
    context = {"form": form, "form_errors": bool(form.errors), "programme": programme}
    return render(request, "desk/title/cycle_new.html", context, status=422 if form.errors else 200)


def standards() -> list[tuple[str, str]]:
    """Every version of every standard, newest first."""
    known = sorted(proof.standards().items(), reverse=True)
    return [(f"{code}@{version}", f"{named(one.names)} {version}") for (code, version), one in known]


def _usual(year: int) -> dict[str, Any]:
    """The days of the plans that programmes were built from: apply May to September, decide by the end of the year."""
    return {
        "year": year,
        "evidence_from": date(year - 1, 10, 1),
        "evidence_last": date(year, 9, 30),
        "apply_from": date(year, 5, 1),
        "apply_until": date(year, 9, 30),
        "endorse_until": date(year, 10, 10),
        "recommend_until": date(year, 10, 31),
        "decide_until": date(year, 12, 31),
    }


def _facts(form: CycleForm, programme_id: UUID) -> dict[str, Any]:
    values = dict(form.cleaned_data)
    standard_id, _at, version = cast(str, values["standard"]).partition("@")
    names = ("apply_from", "apply_until", "endorse_until", "recommend_until", "decide_until")
    return {
        "programme_id": programme_id,
        "year": values["year"],
        "standard_id": standard_id,
        "standard_version": version,
        "evidence_from": values["evidence_from"],
        "evidence_until": min(values["evidence_last"], date.max - DAY) + DAY,
        "windows": Windows(*(values[name] for name in names)),
        "quota": values["quota"],
        "award_rule": values["award_rule"],
    }


@in_unit
def year(request: HttpRequest, who: Asker, unit: UnitView, cycle_id: UUID) -> HttpResponse:
    """One year: its terms, who was recommended, who hangs on the board, who is named."""
    return _year_page(request, who, unit, cycle_id)


@require_POST
@in_unit
def post(request: HttpRequest, who: Asker, unit: UnitView, cycle_id: UUID) -> HttpResponse:
    """Hang the candidates on the city's board."""
    cycle = queries.cycle(who, cycle_id)
    form = PostForm(request.POST, candidates=_candidates(who, unit, cycle))
    if form.is_valid():
        facts = {**form.cleaned_data, "application_ids": form.cleaned_data["applications"]}
        facts.pop("applications")
        if do_from(
            request, who, form, actions.post_candidates, {"subjects": "applications"}, cycle_id=cycle_id, **facts
        ):
            messages.success(request, _("Posted. Everybody can read it and object until its last day."))
            return redirect("desk:cycle", unit.id, cycle_id)
    return _year_page(request, who, unit, cycle_id, form)


@require_POST
@in_unit
def standard(request: HttpRequest, who: Asker, unit: UnitView, cycle_id: UUID) -> HttpResponse:
    """Another version for whoever begins from now on."""
    said = _("In force for new applications. Those that have begun keep their version.")
    version = request.POST.get("version", "")[:20]
    do(request, who, actions.change_standard, said, cycle_id=cycle_id, version=version)
    return redirect("desk:cycle", unit.id, cycle_id)


def _year_page(
    request: HttpRequest, who: Asker, unit: UnitView, cycle_id: UUID, form: PostForm | None = None
) -> HttpResponse:
    cycle, today = queries.cycle(who, cycle_id), local_day(unit)
    page = queries.applications_below(
        who, unit.id, today=today, cycle_id=cycle_id, after=request.GET.get("after"), limit=PAGE
    )
    candidates = [line for line in page.waiting if to_post(line)]
    manages = cycle.programme.unit_id == unit.id
    shown = form or (PostForm(candidates=candidates, initial=_words(unit, cycle)) if candidates and manages else None)
    context = {
        "cycle": cycle,
        "page": page,
        "to_decide": [line for line in page.waiting if not to_post(line)],
        "form": shown,
        "form_errors": bool(form and form.errors),
        "left": queries.quota_left(cycle_id),
        "versions": [
            version
            for code, version in sorted(proof.standards())
            if code == cycle.standard_id and version != cycle.standard_version
        ],
        "manages": manages,
        "standard_names": proof.standard_of(cycle.standard_id, cycle.standard_version).names,
        "evidence_last": cycle.evidence_until - DAY,
        "today": today,
    }
    return render(request, "desk/title/cycle.html", context, status=422 if context["form_errors"] else 200)


def to_post(line: ApplicationLine) -> bool:
    """Recommended, or posted in a notice that was withdrawn."""
    return line.state == "recommended" or bool(line.posted and line.posted.withdrawn)


def _candidates(who: Asker, unit: UnitView, cycle: CycleView) -> list[ApplicationLine]:
    page = queries.applications_below(who, unit.id, today=local_day(unit), cycle_id=cycle.id)
    return [line for line in page.waiting if to_post(line)]


def _words(unit: UnitView, cycle: CycleView) -> dict[str, str]:
    """The usual words of such a notice, in the unit's own script."""
    facts = {"name": cycle.programme.name, "year": cycle.year, "body": cycle.programme.issuing_body}
    with translation.override(unit.script.value):
        return {
            "title": _("Candidates for %(name)s %(year)s") % facts,
            "body": _(
                "After application, endorsement by the street and recommendation by the district, these communities are"
                " to be named %(name)s %(year)s by %(body)s. Whoever objects says so in the window of this notice, with"
                " name, contact and facts; every objection is answered before anybody is named."
            )
            % facts,
        }
