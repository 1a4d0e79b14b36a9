"""Approval by the office above: sent there, taken back, approved, sent back; or only filed there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qingli.archive.rules import Done
from qingli.desk.approving import above_name, office_of
from qingli.desk.forms_approvals import ApproveAmendmentForm, ApproveForm, FileForm, SendBackForm, WayForm
from qingli.desk.views.plans import progress_in
from qingli.ground.rules import Asker, NotAllowedError
from qingli.plan import actions
from qingli.plan import queries as plans
from qingli.plan.queries.shapes import ProgressPage
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.posting import do
from qingli.web.words import explain


@dataclass(frozen=True)
class Step:
    """A form of its own page: the deed that it does and the words around it."""

    moves: frozenset[str]
    right: str
    deed: Callable[..., Done]
    form: type[forms.Form]
    title: str | Promise
    hint: str | Promise
    button: str | Promise
    said: str | Promise


STEPS = {
    "approve": Step(
        frozenset({"approve"}),
        "plan.approve",
        actions.approve_above,
        ApproveForm,
        gettext_lazy("Approve the plan"),
        gettext_lazy("After this the wording is fixed; the community publishes the plan and puts it in force."),
        gettext_lazy("Approve"),
        gettext_lazy("Approved. The community can publish it now."),
    ),
    "approve-amendment": Step(
        frozenset({"send-amendment-back"}),  # what can be sent back can be approved
        "plan.approve",
        partial(actions.adopt_amendment, way="above"),
        ApproveAmendmentForm,
        gettext_lazy("Approve the amendment"),
        gettext_lazy("What is done stays done; what is open follows the new version at once."),
        gettext_lazy("Approve"),
        gettext_lazy("Approved. The tasks follow the new version."),
    ),
    "send-back": Step(
        frozenset({"send-back", "send-amendment-back"}),
        "plan.approve",
        actions.send_back_plan,
        SendBackForm,
        gettext_lazy("Send the plan back"),
        gettext_lazy("It becomes a draft again; the community changes it and sends it anew."),
        gettext_lazy("Send back"),
        gettext_lazy("Sent back, with the reason."),
    ),
    "file": Step(
        frozenset({"file"}),
        "plan.file",
        actions.file_above,
        FileForm,
        gettext_lazy("File with the office above"),
        gettext_lazy("The office above may then read the plan in full. This stops nothing and needs no answer."),
        gettext_lazy("File"),
        gettext_lazy("Filed. The office above can read it."),
    ),
}


@in_unit
def approvals(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """Plans that units below sent here: those that wait, and those that were answered or filed."""
    return render(request, "desk/approvals.html", {"given": plans.given_above(who, unit.id)})


@in_unit
def step(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID, name: str) -> HttpResponse:
    """Approve, send back or file: the form, and what it does."""
    page, wanted = progress_in(who, unit, plan_id), STEPS[name]
    if wanted.right not in page.may:
        raise NotAllowedError
    if request.method == "GET" and wanted.moves.isdisjoint(page.moves):
        messages.error(request, explain(actions.RefusedError("not-now")))
        return redirect("desk:plan", unit.id, plan_id)
    form = wanted.form(request.POST or None, initial={"on": local_day(unit)})
    if form.is_valid() and do(request, who, wanted.deed, str(wanted.said), plan_id=plan_id, **form.cleaned_data):
        return _after(who, unit, page)
    context = {"plan": page.plan, "step": wanted, "above_name": above_name(unit)}
    status = 422 if form.errors else 200
    return render(
        request, "desk/approvals_step.html", {**context, "form": form, "form_errors": bool(form.errors)}, status=status
    )


def _after(who: Asker, unit: UnitView, page: ProgressPage) -> HttpResponse:
    """Whoever approves goes on with what else waits; the community goes back to its plan."""
    office = office_of(who, unit)
    return redirect("desk:approvals", office) if office else redirect("desk:plan", unit.id, page.plan.id)


@require_POST
@in_unit
def way(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID) -> HttpResponse:
    """Who decides about this plan. The way back leads to the place of the form, at the end of the page."""
    progress_in(who, unit, plan_id)
    form = WayForm(request.POST, above=above_name(unit))
    if form.is_valid():
        do(request, who, actions.set_approval_way, _("Kept: who decides."), plan_id=plan_id, **form.cleaned_data)
    else:
        messages.error(request, explain(actions.RefusedError("bad-answer")))
    return redirect(reverse("desk:review", args=[unit.id, plan_id]) + "#end")


SENDING: dict[str, tuple[Callable[..., Done], Any]] = {
    "send": (actions.submit_plan, gettext_lazy("Sent to the office above. You can take it back until it is decided.")),
    "take-back": (actions.take_back_plan, gettext_lazy("Taken back. It is a draft again.")),
}


@require_POST
@in_unit
def sending(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID, name: str) -> HttpResponse:
    """To the office above, or back from there."""
    progress_in(who, unit, plan_id)
    deed, said = SENDING[name]
    do(request, who, deed, str(said), plan_id=plan_id)
    return redirect("desk:review", unit.id, plan_id)
