"""Sites that are drawn and looked at, and how anybody can draw them again."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.desk.proof.choosing import chosen, name_of
from qingli.desk.proof.sentences import line_of
from qingli.ground.rules import Asker, may
from qingli.proof import actions, queries
from qingli.proof.queries import CriterionResult, SampleView
from qingli.proof.rules import frame_text
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.posting import do

OUTCOMES = ("met", "not-met", "not-seen")


@in_unit
def sample(request: HttpRequest, who: Asker, unit: UnitView, criterion: str) -> HttpResponse:
    """Before it is drawn, the button that draws; afterwards the sites one by one."""
    day = local_day(unit)
    choice = chosen(request.GET, day)
    here = f"{reverse('desk:proof-sample', args=[unit.id, criterion])}?{choice.query}"
    if request.method == "POST":
        facts = {**choice.asked, "unit_id": unit.id, "criterion": criterion}
        do(request, who, actions.draw_sample, _("Asked for. The sites are drawn in a moment."), **facts)
        return redirect(here)
    view = queries.assessment(who, unit.id, **choice.asked, today=day)
    result = _found(view.results, criterion)
    drawn = queries.sample(who, result.sample_id) if result.sample_id else None
    context = {
        "choice": choice,
        "line": line_of(result),
        "criterion": result.criterion,
        "name": name_of(result.criterion.names),
        "sample": drawn,
        "next_site": next((site for site in drawn.sites if not site.outcome), None) if drawn else None,
        "may_judge": may(who, "proof.judge", unit.path),
        "day": day,
    }
    return render(request, "desk/proof/sample.html", context)


def _found(results: tuple[CriterionResult, ...], identity: str) -> CriterionResult:
    for result in results:
        if result.criterion.id == identity and result.criterion.kind == "sample":
            return result
    raise Http404


@require_POST
@in_unit
def check(request: HttpRequest, who: Asker, unit: UnitView, sample_id: UUID, site_id: UUID) -> HttpResponse:
    """What was found at one site: one tap."""
    view = _here(who, unit, sample_id)
    outcome = request.POST.get("outcome", "")
    said = {
        "met": _("In order: noted."),
        "not-met": _("Not in order: noted."),
        "not-seen": _("Could not be seen: noted."),
    }.get(outcome, "")
    words = request.POST.get("words", "")
    do(request, who, actions.check_sample_site, said, sample_site_id=site_id, outcome=outcome, words=words)
    query = f"standard={view.standard_id}&version={view.version}&period={request.GET.get('period', '')}"
    return redirect(f"{reverse('desk:proof-sample', args=[unit.id, view.criterion])}?{query}#sites")


@in_unit
def frame(request: HttpRequest, who: Asker, unit: UnitView, sample_id: UUID) -> HttpResponse:
    """The ids of all sites from which was drawn, one a line."""
    _here(who, unit, sample_id)
    answer = HttpResponse(frame_text(queries.sample_frame(who, sample_id)), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="sites-{sample_id}.txt"'
    return answer


def _here(who: Asker, unit: UnitView, sample_id: UUID) -> SampleView:
    view = queries.sample(who, sample_id)
    if view.unit_id != unit.id:
        raise Http404
    return view
