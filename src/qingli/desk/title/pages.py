"""A unit's titles and applications, one application, and what is behind one of its figures."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from qingli.catalogue import Criterion
from qingli.desk.title.forms import NameForm, WordsForm
from qingli.ground import queries as ground
from qingli.ground.rules import Asker, may
from qingli.proof import queries as proof
from qingli.title import queries
from qingli.title.queries import ApplicationView
from qingli.title.rules.eligibility import MAY_APPLY
from qingli.web.asking import UnitView, in_unit, local_day

PAGE = 50


@in_unit
def titles(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """A community's own; of an office, what was handed in below it."""
    if unit.kind not in MAY_APPLY:
        return render(request, "desk/title/office.html", _office(request, who, unit))
    today = local_day(unit)
    openings = queries.openings(who, unit.id, today=today)
    context = {
        "openings": openings,
        "first": next((one.cycle.id for one in openings if _is_turn(one)), None),
        "held": queries.titles_of_unit(who, unit.id, today=today),
        "may_apply": may(who, "title.apply", unit.path),
        "today": today,
    }
    return render(request, "desk/title/titles.html", context)


def _is_turn(opening: queries.Opening) -> bool:
    """Whether the community itself has the next step in this cycle."""
    line = opening.application
    return line.waits == "community" if line else not opening.reasons


def _office(request: HttpRequest, who: Asker, unit: UnitView) -> dict[str, Any]:
    today = local_day(unit)
    cycles = queries.cycles(who, unit.id)
    return {
        "page": queries.applications_below(who, unit.id, today=today, after=request.GET.get("after"), limit=PAGE),
        "cycles": cycles,
        "programmes": queries.programmes(who, unit.id),
        "may_manage": may(who, "title.manage", unit.path),
        "may_enter": enters(who, unit),
        "today": today,
    }


def enters(who: Asker, unit: UnitView) -> str:
    """Whose titles of former days this person enters from papers: the district's, the city's, or "" for nobody's."""
    below = f"{unit.path}x/"
    if may(who, "title.decide", below):
        return "city"
    return "district" if may(who, "title.recommend", below) else ""


@in_unit
def application(request: HttpRequest, who: Asker, unit: UnitView, application_id: UUID) -> HttpResponse:
    return application_page(request, who, unit, application_id)


def application_page(
    request: HttpRequest,
    who: Asker,
    unit: UnitView,
    application_id: UUID,
    form: WordsForm | None = None,
    *,
    name_form: NameForm | None = None,
) -> HttpResponse:
    """One application with whatever this person may do with it; a form that was refused keeps what was typed."""
    found = application_in(who, unit, application_id)
    writing = "save" in found.moves
    shown = form or (WordsForm(initial={"words": found.words}) if writing else None)
    context = {
        "it": found,
        "line": found.line,
        "form": shown,
        "form_errors": any(one is not None and one.errors for one in (shown, name_form)),
        "name_form": name_form or (NameForm() if "name" in found.moves else None),
        "today": local_day(unit),
        "own": found.line.unit_id == unit.id,
    }
    return render(request, "desk/title/application.html", context, status=422 if context["form_errors"] else 200)


def application_in(who: Asker, unit: UnitView, application_id: UUID) -> ApplicationView:
    """An application of this unit or of one below it."""
    found = queries.application(who, application_id, today=local_day(unit))
    home = ground.public_unit(found.line.unit_id)
    if home is None or not home.path.startswith(unit.path):
        raise Http404
    return found


@in_unit
def figure(request: HttpRequest, who: Asker, unit: UnitView, application_id: UUID, criterion: str) -> HttpResponse:
    """What one result of the assessment was counted from. The application takes these details up, and no others."""
    found = application_in(who, unit, application_id)
    results = found.assessment.results if found.assessment else ()
    result = next((one for one in results if one.criterion.id == criterion), None)
    if result is None:
        raise Http404
    taken_up = found.frozen
    context = {"it": found, "line": found.line, "result": result, "today": local_day(unit)}
    if result.criterion.kind == "record":
        context["behind"] = _behind(request, who, found, result.criterion, taken_up=taken_up)
    elif result.sample_id is not None:
        context["sample"] = proof.sample(who, result.sample_id, taken_up=taken_up)
    return render(request, "desk/title/figure.html", context)


def _behind(
    request: HttpRequest, who: Asker, found: ApplicationView, criterion: Criterion, *, taken_up: bool
) -> proof.Behind:
    """As of the day of the assessment, so that the rows add up to the figure that was frozen."""
    assert found.assessment is not None
    return proof.behind(
        who,
        found.line.unit_id,
        criterion.indicator,
        measures=criterion.measures,
        since=found.assessment.since,
        until=found.assessment.until,
        today=found.assessment.day,
        min_n=criterion.min_n,
        at_least=criterion.at_least,
        after=request.GET.get("after"),
        taken_up=taken_up,
    )
