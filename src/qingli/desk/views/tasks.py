"""The tasks of a unit, one task, and what is done with it."""

from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.archive.actions import Taken, take_file
from qingli.archive.queries import open_file
from qingli.archive.rules import PHOTOS, FileRefusedError
from qingli.desk import forms
from qingli.desk.forms_approvals import AssignForm
from qingli.ground import queries as ground
from qingli.ground.rules import Asker, NotAllowedError, require
from qingli.plan import actions
from qingli.plan import queries as plans
from qingli.plan.queries.shapes import TaskCard
from qingli.plan.queries.tasks import Status
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.posting import do
from qingli.web.words import explain
from qingli.work import actions as work
from qingli.work import queries as records

PAGE = 50
AMOUNT = "amount"  # what the one number of a short record is kept under; its unit is the task's
STATES: tuple[Status, ...] = get_args(Status)


@in_unit
def tasks(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    asked = {name: request.GET[name] for name in ("plan", "mine", "day") if request.GET.get(name)}
    filters, day = _filters(request, asked), local_day(unit)
    if not filters.mine:
        require(who, "task.read", unit.path)
    page = plans.tasks(who, unit.id, today=day, filters=filters, after=request.GET.get("after") or None, limit=PAGE)
    context = {
        "page": page,
        "plan": plans.progress(who, filters.plan_id, today=day).plan if filters.plan_id else None,
        "filters": filters,
        "states": STATES,
        "day": day,
        "kept": asked,
        "further": urlencode({**asked, "state": filters.status, "after": page.after or ""}),
    }
    return render(request, "desk/tasks.html", context)


def _filters(request: HttpRequest, asked: dict[str, str]) -> plans.TaskFilters:
    """What the address narrows the list to; 404 for what no page of ours links to."""
    state = request.GET.get("state", "")
    try:
        day = date.fromisoformat(asked["day"]) if "day" in asked else None
        plan_id = UUID(asked["plan"]) if "plan" in asked else None
    except ValueError as error:
        raise Http404 from error
    status = state if state in STATES else "all"
    return plans.TaskFilters(status=status, plan_id=plan_id, mine="mine" in asked, since=day, until=day)


@in_unit
def task(request: HttpRequest, who: Asker, unit: UnitView, task_id: UUID) -> HttpResponse:
    return _task_page(request, who, unit, task_id)


def _task_page(request: HttpRequest, who: Asker, unit: UnitView, task_id: UUID, **bound: Any) -> HttpResponse:
    """The task with its forms; a form that was filled in wrongly comes back as it was."""
    detail = plans.task_detail(who, task_id, today=local_day(unit))
    people = _people(who, unit)
    context = {
        "detail": detail,
        "task": detail.task,
        "records": records.records_of_task(who, task_id),
        "history": plans.history(who, "task", task_id),
        "day": local_day(unit),
        "record_form": forms.RecordForm(unit=detail.task.wanted_unit),
        "not_done_form": forms.NotDoneForm(),
        "hand_over_form": forms.HandOverForm(people=people) if people else None,
        "assign_form": _assign_form(who, detail.task, local_day(unit)) if "assign" in detail.may else None,
        "reason_form": forms.ReasonForm(),
        "opened": request.GET.get("do", ""),
        **bound,
    }
    wrong = next((form for form in bound.values() if form.errors), None)
    return render(
        request, "desk/task.html", {**context, "form": wrong, "form_errors": wrong}, status=422 if wrong else 200
    )


def _people(who: Asker, unit: UnitView) -> list[tuple[str, str]]:
    """Whom one may choose from: for volunteers, who do not see the people of the unit, nobody."""
    try:
        return [(str(person.id), person.name) for person in ground.people(who, unit.id)]
    except NotAllowedError:
        return []


def _back(request: HttpRequest, unit: UnitView, task_id: UUID) -> HttpResponse:
    """To the page that the form stood on, when it is one of ours."""
    there = request.POST.get("back", "")
    if there and url_has_allowed_host_and_scheme(there, allowed_hosts=None):
        return redirect(there)
    return redirect("desk:task", unit.id, task_id)


@require_POST
@in_unit
def done(request: HttpRequest, who: Asker, unit: UnitView, task_id: UUID) -> HttpResponse:
    """A short record; it ticks the task off."""
    detail = plans.task_detail(who, task_id, today=local_day(unit))
    form = forms.RecordForm(request.POST, request.FILES, unit=detail.task.wanted_unit)
    if not form.is_valid():
        return _task_page(request, who, unit, task_id, record_form=form)
    photo = _photo(form)
    if form.errors:
        return _task_page(request, who, unit, task_id, record_form=form)
    amount = form.cleaned_data["amount"]
    said = _("Done and noted: %(title)s") % {"title": detail.task.title}
    facts = {"words": form.cleaned_data["words"], "quantities": {AMOUNT: amount and str(amount)}, "photo": photo}
    do(request, who, work.record_work, said, task_id=task_id, **facts)
    return _back(request, unit, task_id)


def _photo(form: forms.RecordForm) -> Taken | None:
    """The photo, cleaned and on disk; what cannot be taken is an error of its field."""
    upload = form.cleaned_data["photo"]
    if upload is None:
        return None
    try:
        return take_file(content=upload.read(), name=upload.name, accept=PHOTOS)
    except FileRefusedError as error:
        form.add_error("photo", explain(error))
        return None


@require_POST
@in_unit
def not_done(request: HttpRequest, who: Asker, unit: UnitView, task_id: UUID) -> HttpResponse:
    form = forms.NotDoneForm(request.POST)
    if not form.is_valid():
        return _task_page(request, who, unit, task_id, not_done_form=form)
    facts = {name: value for name, value in form.cleaned_data.items() if value}
    deed = actions.put_off_task if "new_due" in facts else actions.mark_not_done
    do(request, who, deed, _("Noted, with the reason."), task_id=task_id, **facts)
    return _back(request, unit, task_id)


def _assign_form(who: Asker, task: TaskCard, day: date, data: QueryDict | None = None) -> AssignForm:
    """The people and posts of the unit whose plan it is, or of the place where it is done."""
    at = task.unit_id
    try:
        people = ground.people(who, at)
    except NotAllowedError:
        at = task.place_id
        people = ground.people(who, at)
    return AssignForm(data, people=people, posts=ground.posts(who, at, day=day))


@require_POST
@in_unit
def assign(request: HttpRequest, who: Asker, unit: UnitView, task_id: UUID) -> HttpResponse:
    """From now on somebody else does it, or whoever holds a post."""
    detail = plans.task_detail(who, task_id, today=local_day(unit))
    if "assign" not in detail.may:
        require(who, "task.assign", unit.path)
    form = _assign_form(who, detail.task, local_day(unit), request.POST)
    if not form.is_valid():
        return _task_page(request, who, unit, task_id, assign_form=form)
    do(request, who, actions.assign_task, _("Kept: who does it."), task_id=task_id, **form.cleaned_data["to"])
    return _back(request, unit, task_id)


@require_POST
@in_unit
def hand_over(request: HttpRequest, who: Asker, unit: UnitView, task_id: UUID) -> HttpResponse:
    form = forms.HandOverForm(request.POST, people=_people(who, unit))
    if not form.is_valid():
        return _task_page(request, who, unit, task_id, hand_over_form=form)
    facts = {"person_id": form.cleaned_data["person"], "reason": form.cleaned_data["reason"]}
    do(request, who, actions.hand_over_task, _("Handed over."), task_id=task_id, **facts)
    return _back(request, unit, task_id)


@require_POST
@in_unit
def reopen(request: HttpRequest, who: Asker, unit: UnitView, task_id: UUID) -> HttpResponse:
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        return _task_page(request, who, unit, task_id, reason_form=form)
    do(request, who, actions.reopen_task, _("Open again."), task_id=task_id, **form.cleaned_data)
    return _back(request, unit, task_id)


@in_unit
def record(request: HttpRequest, who: Asker, unit: UnitView, record_id: UUID) -> HttpResponse:
    """Put a record right: the correction is added, the first words stay readable."""
    shown = records.record(who, record_id)
    first = {"words": shown.words, "amount": shown.quantities.get(AMOUNT)}
    form = forms.CorrectionForm(request.POST or None, initial=first)
    if form.is_valid():
        amount = form.cleaned_data["amount"]
        quantities = {**shown.quantities, AMOUNT: amount and str(amount)}
        facts = {"words": form.cleaned_data["words"], "reason": form.cleaned_data["reason"], "quantities": quantities}
        if do(request, who, work.correct_record, _("Corrected."), record_id=record_id, when=shown.happened_at, **facts):
            return redirect("desk:task", unit.id, shown.task_id) if shown.task_id else redirect("desk:today", unit.id)
    context = {"record": shown, "form": form, "form_errors": bool(form.errors)}
    return render(request, "desk/record.html", context, status=422 if form.errors else 200)


@in_unit
def photo(request: HttpRequest, who: Asker, unit: UnitView, record_id: UUID) -> HttpResponse:
    """The photo of a record, for whoever may read the record."""
    shown = records.record(who, record_id)
    file = open_file(shown.photo_id) if shown.photo_id else None
    if file is None:
        raise Http404
    with file:
        return HttpResponse(file.read(), content_type="image/jpeg")  # every photo is kept as one
