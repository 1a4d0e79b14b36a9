"""Plans of a unit: the list, one plan's progress, its life, its papers."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qingli.desk import approving, forms
from qingli.ground.rules import SYSTEM, Asker, may
from qingli.lib import clock
from qingli.lib.ids import derived
from qingli.plan import actions
from qingli.plan import queries as plans
from qingli.plan.queries import TaskFilters
from qingli.plan.queries.shapes import MonthCounts, PlanLine, ProgressPage, SectionProgress
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.posting import do, form_key

CELLS = 60  # more than that are a number with its whole
LATE = 20  # shown one by one; the list of tasks has the others


@in_unit
def plan_list(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    lines = plans.plans_of_unit(who, unit.id, today=local_day(unit))
    context = {"plans": lines, "may_draft": may(who, "plan.draft", unit.path)}
    return render(request, "desk/plans.html", context)


@in_unit
def plan(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID) -> HttpResponse:
    """Plan against done. A plan that nobody has adopted yet is still being checked, so lead there."""
    page = progress_in(who, unit, plan_id)
    if page.plan.state in ("draft", "submitted"):
        return redirect("desk:review", unit.id, plan_id)
    return plan_page(request, unit, page)


def progress_in(who: Asker, unit: UnitView, plan_id: UUID) -> ProgressPage:
    """The progress of a plan of this very unit; 404 for another's, whose address is another."""
    page = plans.progress(who, plan_id, today=local_day(unit))
    if page.plan.unit_id != unit.id:
        raise Http404
    return page


def plan_page(request: HttpRequest, unit: UnitView, page: ProgressPage, **more: Any) -> HttpResponse:
    """The plan's page; a form of it that was filled in wrongly comes back as it was."""
    day = local_day(unit)
    cells = ["is-done"] * page.counts.done + ["is-late"] * page.counts.late + [""] * page.counts.not_due
    counts = page.counts
    context = {
        "page": page,
        "plan": page.plan,
        "due_so_far": counts.done + counts.late + counts.not_done,
        "day": day,
        "cells": cells if len(cells) <= CELLS else [],
        "late": page.late[:LATE],
        "sections": [(line, _heading(line)) for line in page.sections if line.counts.promised],
        "months": _months(page.months, day),
        "close_form": forms.CloseForm(),
        "carry_form": forms.CarryOverForm(initial=_next_period(page.plan)),
        **approving.of_plan(page),
        **more,
    }
    wrong = next((form for form in more.values() if getattr(form, "errors", None)), None)
    return render(
        request, "desk/plan.html", {**context, "form": wrong, "form_errors": wrong}, status=422 if wrong else 200
    )


def _heading(line: SectionProgress) -> str:
    """一、加強組織領導: the number as written, with the comma that stands after bare ones."""
    comma = "、" if line.number and line.heading and line.number[-1].isalnum() else ""
    return f"{line.number}{comma}{line.heading}"


def _months(months: Sequence[MonthCounts], day: date) -> list[dict[str, Any]]:
    """The strip of months. One month with too many tasks for cells takes them from all, so that they compare."""
    few = all(month.counts.promised <= CELLS for month in months)
    return [_month(month, day, few) for month in months]


def _month(month: MonthCounts, day: date, few: bool) -> dict[str, Any]:
    counts = month.counts
    cells = (
        ["is-done"] * counts.done
        + ["is-late"] * counts.late
        + ["is-skip"] * counts.not_done
        + ["is-open"] * counts.not_due
    )
    return {
        "month": month,
        "cells": cells if few else [],
        "now": (month.year, month.month) == (day.year, day.month),
    }


def _next_period(plan: PlanLine) -> dict[str, Any]:
    """The same half-year or year after this one, as a proposal."""
    if plan.starts is None or plan.ends is None:
        return {}
    whole_year = (plan.ends - plan.starts).days > 200
    if whole_year:
        return {"starts": date(plan.starts.year + 1, 1, 1), "ends": date(plan.starts.year + 1, 12, 31)}
    if plan.starts.month <= 6:
        return {"starts": date(plan.starts.year, 7, 1), "ends": date(plan.starts.year, 12, 31)}
    return {"starts": date(plan.starts.year + 1, 1, 1), "ends": date(plan.starts.year + 1, 6, 30)}


@in_unit
def history(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID) -> HttpResponse:
    page = progress_in(who, unit, plan_id)
    return render(request, "desk/history.html", {"plan": page.plan, "lines": plans.history(who, "plan", plan_id)})


@in_unit
def difference(
    request: HttpRequest, who: Asker, unit: UnitView, /, plan_id: UUID, *, old: int, new: int
) -> HttpResponse:
    page = progress_in(who, unit, plan_id)
    context = {"plan": page.plan, "difference": plans.difference(who, plan_id, old, new)}
    return render(request, "desk/difference.html", context)


@in_unit
def adopt(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID) -> HttpResponse:
    """Who adopted it, and when. The period must be known first."""
    page = plans.review_page(who, plan_id, today=local_day(unit))
    if page.plan.unit_id != unit.id:
        raise Http404
    amending = page.plan.number > 0
    made = forms.AmendmentForm if amending else forms.AdoptForm
    unread = len(page.actions) - page.reviewed
    form = made(request.POST or None, initial={"on": local_day(unit), "way": page.approval_way}, unread=unread)
    deed = actions.adopt_amendment if amending else actions.adopt_plan
    said = _("Adopted. The tasks follow the new version.") if amending else _("Adopted. Publish it next.")
    if form.is_valid() and do(request, who, deed, said, plan_id=plan_id, **form.facts):
        if amending:
            _make_tasks(request, plan_id)
        return redirect("desk:plan", unit.id, plan_id)
    context = {"page": page, "plan": page.plan, "form": form, "form_errors": bool(form.errors)}
    return render(request, "desk/adopt.html", context, status=422 if form.errors else 200)


def _make_tasks(request: HttpRequest, plan_id: UUID) -> None:
    """At once, so that the next page shows them; the worker would do the same later."""
    now = clock.now()
    key = derived(form_key(request), "make-tasks")
    actions.make_tasks(plan_id=plan_id, by=SYSTEM, happened_at=now, recorded_at=now, key=key)


SIMPLE_DEEDS = {
    "publish": (actions.publish_plan, gettext_lazy("Published. Residents can read it.")),
    "start": (actions.start_plan, gettext_lazy("In force. The tasks are on the list.")),
    "drop-amendment": (actions.drop_amendment, gettext_lazy("The amendment was dropped. The plan holds as it was.")),
}


@require_POST
@in_unit
def deed(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID, name: str) -> HttpResponse:
    action, said = SIMPLE_DEEDS[name]
    if do(request, who, action, str(said), plan_id=plan_id) and name == "start":
        _make_tasks(request, plan_id)
    return redirect("desk:plan", unit.id, plan_id)


@require_POST
@in_unit
def amend(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID) -> HttpResponse:
    if do(request, who, actions.amend_plan, _("This is the amendment. What is done stays done."), plan_id=plan_id):
        return redirect("desk:review", unit.id, plan_id)
    return redirect("desk:plan", unit.id, plan_id)


@require_POST
@in_unit
def close(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID) -> HttpResponse:
    form = forms.CloseForm(request.POST)
    if not form.is_valid():
        return plan_page(request, unit, progress_in(who, unit, plan_id), close_form=form)
    reason, words = form.cleaned_data["reason"], form.cleaned_data["words"]
    reasons = dict.fromkeys(_open_tasks(who, unit, plan_id), reason) if reason else {}
    do(request, who, actions.close_plan, _("Closed."), plan_id=plan_id, words=words, reasons=reasons)
    return redirect("desk:plan", unit.id, plan_id)


def _open_tasks(who: Asker, unit: UnitView, plan_id: UUID) -> Iterator[UUID]:
    """Every task of a plan that nobody has answered yet."""
    filters, after = TaskFilters(status="open", plan_id=plan_id), None
    while True:
        page = plans.tasks(who, unit.id, today=local_day(unit), filters=filters, after=after, limit=200)
        yield from (task.id for task in page.tasks)
        if (after := page.after) is None:
            return


@require_POST
@in_unit
def carry_over(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID) -> HttpResponse:
    form = forms.CarryOverForm(request.POST)
    if not form.is_valid():
        return plan_page(request, unit, progress_in(who, unit, plan_id), carry_form=form)
    done = do(
        request, who, actions.carry_over, _("What was left is in a new draft."), plan_id=plan_id, **form.cleaned_data
    )
    return redirect("desk:review", unit.id, done.object_id) if done else redirect("desk:plan", unit.id, plan_id)
