"""The notices of a unit: the list, a new one looked at before it is posted, where it hangs, taking it down."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.archive.actions import Taken, take_file
from qingli.archive.queries import open_file
from qingli.archive.rules import PHOTOS, FileRefusedError
from qingli.board import actions, queries
from qingli.board.rules import BoardError, NoticeKind, ReplyKind, Window, window
from qingli.desk.board import forms
from qingli.ground.rules import Asker, may, require, zone
from qingli.ground.rules.workdays import working_days_in
from qingli.lib import clock
from qingli.plan import queries as plans
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.notices import window_cells
from qingli.web.posting import blame, do, do_from, form_key
from qingli.web.words import explain


@in_unit
def board(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    today = local_day(unit)
    page = queries.notices_of_unit(who, unit.id, today=today, after=request.GET.get("after") or None)
    context = {"page": page, "today": today, "may_post": may(who, "notice.post", unit.path)}
    return render(request, "desk/board/board.html", context)


@in_unit
def new(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """Write, look at it with its window, post. The goals of the plan in force are filled in."""
    require(who, "notice.post", unit.path)
    goals = (request.POST or request.GET).get("kind", NoticeKind.GOALS.value) == NoticeKind.GOALS.value
    plan = plans.goals_of_unit(who, unit.id) if goals else None
    form = forms.NoticeForm(request.POST or None, goals=goals, initial=_first(plan, local_day(unit)))
    step = request.POST.get("step", "")
    if step == "change" or not form.is_valid():
        return _form(request, form, plan, wrong=bool(form.errors))
    if span := _window(form, unit):
        if step != "post":
            context = {"form": form, "window": span, "today": local_day(unit)}
            return render(request, "desk/board/check.html", context)
        about = {"about_type": "plan", "about_id": plan.plan_id} if plan else {}
        facts = {**form.cleaned_data, "kind": NoticeKind(form.cleaned_data["kind"]), **about}
        if done := do_from(request, who, form, actions.post_notice, unit_id=unit.id, **facts):
            messages.success(request, _("Posted. Now say where it hangs."))
            return redirect("desk:notice", unit.id, done.object_id)
    return _form(request, form, plan, wrong=True)


def _form(request: HttpRequest, form: forms.NoticeForm, plan: plans.Goals | None, *, wrong: bool) -> HttpResponse:
    context = {"form": form, "plan": plan, "form_errors": wrong}
    return render(request, "desk/board/new.html", context, status=422 if wrong else 200)


def _first(plan: plans.Goals | None, today: date) -> dict[str, Any]:
    if plan is None:
        return {"opens_on": today}
    return forms.first_values(_("Goals: %(plan)s") % {"plan": plan.title}, plan.lines, today)


def _window(form: forms.NoticeForm, unit: UnitView) -> Window | None:
    """The window that the notice would have; what cannot be counted is said at its field."""
    days = {"opens": form.cleaned_data["opens_on"], "ends_on": form.cleaned_data["ends_on"]}
    try:
        return window(calendar=working_days_in(unit.time_zone), today=local_day(unit), **days)
    except BoardError as error:
        blame(form, error)
        return None


@in_unit
def notice(request: HttpRequest, who: Asker, unit: UnitView, notice_id: UUID) -> HttpResponse:
    return notice_page(request, who, unit, notice_id)


def notice_page(
    request: HttpRequest, who: Asker, unit: UnitView, notice_id: UUID, *, answered: UUID | None = None, **bound: Any
) -> HttpResponse:
    """The notice with its forms; one that was filled in wrongly comes back as it was.

    `answered` is the reply to which a bound `answer_form` belongs.
    """
    today = local_day(unit)
    found = notice_in(who, unit, notice_id)
    page = queries.replies(who, notice_id, after=request.GET.get("after") or None)
    wrong = bound.get("answer_form")
    pairs = [(one, wrong if one.id == answered else _answer_form(one)) for one in page.rows]
    context = {
        "notice": found,
        "line": found.line,
        "cells": window_cells(found.line, today),
        "replies": pairs,
        "after": page.after,
        "first": next((one.id for one in page.rows if one.outcome is None), None),
        "answered": answered,
        "today": today,
        "place_form": forms.PlaceForm(initial={"hung_on": today}),
        "withdraw_form": forms.WithdrawForm(),
        **bound,
    }
    form = next((form for form in bound.values() if form.errors), None)
    more = {"form": form, "form_errors": form}
    return render(request, "desk/board/notice.html", {**context, **more}, status=422 if form else 200)


def notice_in(who: Asker, unit: UnitView, notice_id: UUID) -> queries.NoticeView:
    """A notice of this very unit; 404 for another's."""
    found = queries.notice(who, notice_id, today=local_day(unit))
    if found.line.unit_id != unit.id:
        raise Http404
    return found


def _answer_form(reply: queries.ReplyView) -> forms.AnswerForm | None:
    if reply.outcome is not None:
        return None
    return forms.AnswerForm(kind=ReplyKind(reply.kind), auto_id=f"id_{reply.id.hex[-8:]}_%s")


@require_POST
@in_unit
def prove(request: HttpRequest, who: Asker, unit: UnitView, notice_id: UUID) -> HttpResponse:
    """Where it hangs; the day it was hung up is kept as ten in the morning, or as now where that is today."""
    notice_in(who, unit, notice_id)
    form = forms.PlaceForm(request.POST, request.FILES)
    form_key(request)
    if form.is_valid():
        photo = _photo(form)
        hung = datetime.combine(form.cleaned_data["hung_on"], time(10), zone(unit.time_zone)).astimezone(UTC)
        when = clock.now() if form.cleaned_data["hung_on"] == local_day(unit) else hung
        facts = {"notice_id": notice_id, "place": form.cleaned_data["place"], "photo": photo}
        if not form.errors and _hang(request, who, form, when, facts):
            return redirect("desk:notice", unit.id, notice_id)
    return notice_page(request, who, unit, notice_id, place_form=form)


def _hang(request: HttpRequest, who: Asker, form: forms.PlaceForm, when: datetime, facts: dict[str, Any]) -> bool:
    def deed(**more: Any) -> Any:
        return actions.prove_posting(**{**more, "happened_at": when})

    done = do_from(request, who, form, deed, **facts)
    if done:
        messages.success(request, _("Noted where it hangs."))
    return done is not None


def _photo(form: forms.PlaceForm) -> Taken | None:
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
def withdraw(request: HttpRequest, who: Asker, unit: UnitView, notice_id: UUID) -> HttpResponse:
    notice_in(who, unit, notice_id)
    form = forms.WithdrawForm(request.POST)
    if not form.is_valid():
        return notice_page(request, who, unit, notice_id, withdraw_form=form)
    do(request, who, actions.withdraw_notice, _("Withdrawn."), notice_id=notice_id, **form.cleaned_data)
    return redirect("desk:notice", unit.id, notice_id)


@in_unit
def photo(request: HttpRequest, who: Asker, unit: UnitView, notice_id: UUID, posting_id: UUID) -> HttpResponse:
    """The photo of a place, for those who answer for the notice."""
    found = notice_in(who, unit, notice_id)
    photo_id = next((one.photo_id for one in found.postings if one.id == posting_id), None)
    file = open_file(photo_id) if photo_id else None
    if file is None:
        raise Http404
    with file:
        return HttpResponse(file.read(), content_type="image/jpeg")  # every photo is kept as one
