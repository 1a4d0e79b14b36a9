"""The self-assessment, what is behind each figure, and points for what is judged."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from qingli.catalogue import Criterion
from qingli.desk.proof.choosing import Chosen, chosen, name_of
from qingli.desk.proof.forms import MarkForm
from qingli.desk.proof.sentences import STATES, behind_state, figure_words, line_of, points, state_word, wanted
from qingli.ground.rules import Asker, NotAllowedError, may
from qingli.proof import actions, queries
from qingli.proof.queries import AssessmentView
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.posting import do_from
from qingli.web.words import SEAT_KINDS, word

PAGE = 50


@in_unit
def assessment(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """A standard applied to this unit as things stand now."""
    day = local_day(unit)
    choice = chosen(request.GET, day)
    view = queries.assessment(who, unit.id, **choice.asked, today=day)
    context = {**_shown(view), "choice": choice, "day": day, "may_judge": may(who, "proof.judge", unit.path)}
    return render(request, "desk/proof/assessment.html", context)


@in_unit
def kept(request: HttpRequest, who: Asker, unit: UnitView, assessment_id: UUID) -> HttpResponse:
    """An assessment as it was when it was handed in."""
    view = queries.frozen(who, assessment_id)
    if view.unit_id != unit.id:
        raise Http404
    return render(request, "desk/proof/kept.html", {**_shown(view), "day": view.day})


def _shown(view: AssessmentView) -> dict[str, object]:
    lines = [line_of(result) for result in view.results]
    return {
        "view": view,
        "lines": lines,
        "points": points(view.points),
        "standard_name": name_of(view.standard.names),
        "cells": ["is-done" if line.result.state == "met" else "" for line in lines],
    }


@in_unit
def behind(request: HttpRequest, who: Asker, unit: UnitView, criterion: str) -> HttpResponse:
    """The very tasks, records and so on that a figure was counted from."""
    day = local_day(unit)
    choice = chosen(request.GET, day)
    asked = _criterion(choice, criterion)
    if asked.kind != "record":
        raise Http404
    found = queries.behind(
        who,
        unit.id,
        asked.indicator,
        measures=asked.measures,
        since=choice.period.since,
        until=choice.period.until,
        today=day,
        min_n=asked.min_n,
        at_least=asked.at_least,
        after=request.GET.get("after") or None,
        limit=PAGE,
    )
    context = {
        "choice": choice,
        "criterion": asked,
        "name": name_of(asked.names),
        "shows": name_of(asked.shows),
        "found": found,
        "cell": STATES[found.figure.state],
        "state": state_word(found.figure.state),
        "said": figure_words(asked, found.figure.numerator, found.figure.n),
        "wanted": wanted(asked),
        "rows": [
            (
                row,
                *behind_state(row),
                _address(unit, row),
                word(SEAT_KINDS, row.title) if row.kind == "seat" else row.title,
            )
            for row in found.rows
        ],
        "day": day,
    }
    return render(request, "desk/proof/behind.html", context)


def _address(unit: UnitView, row: queries.BehindRow) -> str:
    """Where one of the things behind a figure stands."""
    if row.id is None:
        return ""
    pages = {"task": "desk:task", "site": "desk:task", "record": "desk:record", "action": "desk:plan"}
    return reverse(pages.get(row.kind, "desk:notice"), args=[unit.id, row.id])


@in_unit
def judge(request: HttpRequest, who: Asker, unit: UnitView, criterion: str) -> HttpResponse:
    """Points for what no record can show."""
    if not may(who, "proof.judge", unit.path):
        raise NotAllowedError
    choice = chosen(request.GET, local_day(unit))
    asked = _criterion(choice, criterion)
    if asked.kind != "judged":
        raise Http404
    form = MarkForm(request.POST or None, criterion=asked)
    back = f"{reverse('desk:proof', args=[unit.id])}?{choice.query}#{asked.id}"
    if form.is_valid():
        facts = {**choice.asked, **form.cleaned_data}
        if do_from(request, who, form, actions.judge, unit_id=unit.id, criterion=asked.id, **facts):
            messages.success(request, _("Noted, with your reason."))
            return redirect(back)
    context = {
        "choice": choice,
        "form": form,
        "form_errors": bool(form.errors),
        "name": name_of(asked.names),
        "shows": name_of(asked.shows),
        "back": back,
    }
    return render(request, "desk/proof/judge.html", context, status=422 if form.errors else 200)


def _criterion(choice: Chosen, identity: str) -> Criterion:
    try:
        return choice.standard.criterion(identity)
    except KeyError:
        raise Http404 from None
