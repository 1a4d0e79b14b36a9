"""Checking a draft beside its text: one page, and the deeds of its buttons."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.archive.rules import Done
from qingli.desk import approving
from qingli.desk.review.cards import cards_of, passage_of
from qingli.desk.review.deeds import Doer
from qingli.desk.review.forms import DaysForm, EditForm, SplitForm
from qingli.desk.review.layout import Part, Row, draw, parts_of, row_of
from qingli.desk.review.marks import Marks
from qingli.desk.review.open import open_of
from qingli.ground import queries as ground
from qingli.ground.rules import Asker, NotAllowedError
from qingli.lib.ids import derived
from qingli.plan import actions
from qingli.plan import queries as plans
from qingli.plan.queries.shapes import ActionCard, ReviewPage
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.posting import do

CELLS = 60  # beyond this many actions a meter takes the place of cells


@in_unit
def review(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID) -> HttpResponse:
    """The draft beside its text, where one left it. `at` opens the part of an action, `edit` and `split` its form."""
    sheet = Sheet(request, who, unit, _page(who, unit, plan_id))
    for mode in ("edit", "split"):
        if action := sheet.action(request.GET.get(mode, "")):
            sheet.open_form(mode, action)
    return sheet.answer(sheet.at)


@require_POST
@in_unit
def act(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID) -> HttpResponse:
    """One tap. Whatever comes of it, the person is led back to the card."""
    undoing = request.POST.get("do") == "undo"
    if not undoing and not request.headers.get("HX-Request"):
        return _led_back(request, who, unit, plan_id)
    before = _page(who, unit, plan_id) if undoing else None
    done = Doer(request, who, plan_id, unit.id).perform()
    after = _page(who, unit, plan_id)
    at = _changed(before, after) if before else _where(request, done, after)
    return Sheet(request, who, unit, after).answer(at, done)


def _led_back(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID) -> HttpResponse:
    """The tap of a browser without JavaScript, which asks for the page next."""
    if plans.unit_of_plan(who, plan_id) != unit.id:
        raise Http404
    done = Doer(request, who, plan_id, unit.id).perform()
    here = (done.object_id if done else None, _uuid(request.POST.get("action", "")))
    return HttpResponseRedirect(_address(unit, plan_id, plans.action_in_newest(who, plan_id, here)))


@require_POST
@in_unit
def edit(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """Put an action differently, its time among it."""
    sheet = Sheet(request, who, unit, _page(who, unit, plan_id))
    action = sheet.action(str(action_id))
    if action is None:
        raise Http404
    form = sheet.open_form("edit", action)
    if not form.is_valid():
        return sheet.answer(action_id, status=422)
    assert isinstance(form, EditForm)
    done = do(request, who, actions.edit_action, _("Changed."), action_id=action_id, changes=form.changes)
    if done and form.time:
        done = _set_time(request, who, done, form)
    return Sheet(request, who, unit, _page(who, unit, plan_id)).answer(done.object_id if done else action_id, done)


def _set_time(request: HttpRequest, who: Asker, done: Done, form: EditForm) -> Done | None:
    def set_time(*, key: UUID, **facts: Any) -> Done:
        return actions.set_schedule(key=derived(key, "time"), **facts)

    return do(request, who, set_time, action_id=done.object_id, answer=form.time)


@require_POST
@in_unit
def split(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """Two actions from one, where a person broke the line."""
    sheet = Sheet(request, who, unit, _page(who, unit, plan_id))
    action = sheet.action(str(action_id))
    if action is None or action.begin is None:
        raise Http404
    form = sheet.open_form("split", action)
    if not form.is_valid():
        return sheet.answer(action_id, status=422)
    assert isinstance(form, SplitForm)
    said = _("These are two actions now. Check both.")
    done = do(request, who, actions.split_action, said, action_id=action_id, at=form.cleaned_data["at"])
    after = _page(who, unit, plan_id)
    kept = next((one.id for one in after.actions if one.lineage == action.lineage), action_id)
    return Sheet(request, who, unit, after).answer(kept, done)


def _address(unit: UnitView, plan_id: UUID, at: UUID | None) -> str:
    address = reverse("desk:review", args=[unit.id, plan_id])
    return f"{address}?at={at}#a-{at}" if at else address


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _page(who: Asker, unit: UnitView, plan_id: UUID) -> ReviewPage:
    page = plans.review_page(who, plan_id, today=local_day(unit))
    if page.plan.unit_id != unit.id:
        raise Http404
    return page


def _where(request: HttpRequest, done: Done | None, after: ReviewPage) -> UUID | None:
    """The action that the person is led to: what came of the deed, or whose question was answered, or where they were.

    An amendment gives an action a row of its own when it is first touched, so the form's id may be an older one's.
    """
    wanted = done.object_id if done else None
    for action in after.actions:
        if action.id == wanted or any(question.id == wanted for question in action.questions):
            return action.id
    here = request.POST.get("action", "")
    return next((action.id for action in after.actions if str(action.id) == here), None)


def _changed(before: ReviewPage, after: ReviewPage) -> UUID | None:
    known = {action.id: action for action in before.actions}
    return next((action.id for action in after.actions if known.get(action.id) != action), None)


@dataclass
class Sheet:
    """One answer: the whole page, or for htmx the row in use with what counts."""

    request: HttpRequest
    who: Asker
    unit: UnitView
    page: ReviewPage
    forms: dict[UUID, tuple[str, EditForm | SplitForm]] = field(default_factory=dict)

    @property
    def may_edit(self) -> bool:
        drafting = self.page.is_draft and not self.page.is_sent  # what lies above stays as it is
        return drafting and "plan.draft" in self.page.may

    @property
    def at(self) -> UUID | None:
        """The action that the address names."""
        names = (self.request.GET.get(name, "") for name in ("edit", "split", "at"))
        found = next((action for name in names if (action := self.action(name))), None)
        return found.id if found else None

    def action(self, text: str) -> ActionCard | None:
        return next((one for one in self.page.actions if str(one.id) == text), None)

    def open_form(self, mode: str, action: ActionCard) -> EditForm | SplitForm:
        """The form of a card, filled in if this is its submission. Whoever may not edit gets none."""
        if not self.may_edit:
            raise NotAllowedError
        data = self.request.POST if self.request.method == "POST" else None
        form: EditForm | SplitForm
        if mode == "split":
            form = SplitForm(data, action=action, text=self.page.text)
        else:
            form = EditForm(data, action=action, people=self._people())
        self.forms[action.id] = (mode, form)
        return form

    def _people(self) -> tuple[ground.PersonView, ...]:
        try:
            return ground.people(self.who, self.unit.id)
        except NotAllowedError:
            return ()

    def answer(self, at: UUID | None, done: Done | None = None, *, status: int = 200) -> HttpResponse:
        """The row for htmx where it is still the same row, the page where one is asked for, else the way back."""
        parts = parts_of(self.page, at=at)
        if self.request.headers.get("HX-Request"):
            row = row_of(parts, at) if at else None
            wanted = self.request.POST.get("row") or self.request.GET.get("row")
            if row is not None and wanted == row.name:
                return self._row(parts, row, at, done)
            return self._away(at, htmx=True)
        if self.request.method == "POST" and status == 200:
            return self._away(at)
        return self._whole(parts, at, status)

    def _away(self, at: UUID | None, *, htmx: bool = False) -> HttpResponse:
        address = _address(self.unit, self.page.plan.id, at)
        if not htmx:
            return HttpResponseRedirect(address)
        answer = HttpResponse()
        # Another query than before, or the browser would only jump within the page that it has.
        step = f"step={self.request.POST.get('key', '')[:8]}"
        answer["HX-Redirect"] = address.replace("#", f"&{step}#") if at else f"{address}?{step}"
        return answer

    def _row(self, parts: list[Part], row: Row, at: UUID | None, done: Done | None) -> HttpResponse:
        self._draw([row])
        answer = render(self.request, "desk/review_row.html", {**self._context(parts), "row": row})
        following = next((one.id for one in _after(self.page, at) if one.review == "unseen"), None)
        stay = done is None or self._still_asks(at)
        answer["HX-Push-Url"] = "false"  # the page stays where it is
        answer["HX-Trigger-After-Settle"] = json.dumps({"review": {"card": str(at if stay else following or at)}})
        return answer

    def _still_asks(self, at: UUID | None) -> bool:
        action = self.action(str(at))
        return action is not None and (
            action.review == "unseen" or (action.review == "edited" and any(one.is_open for one in action.questions))
        )

    def _whole(self, parts: list[Part], at: UUID | None, status: int) -> HttpResponse:
        self._draw([row for part in parts if not part.folded for row in part.rows])
        return render(self.request, "desk/review.html", self._context(parts) | {"at": at}, status=status)

    def _draw(self, rows: list[Row]) -> None:
        draw(rows, Marks(self.page), frozenset(section.begin for section in self.page.sections))
        for row in rows:
            row.cards = [
                (card, *self.forms.get(UUID(card.id), ("", None))) for card in cards_of(self.page, row.actions)
            ]
            row.passages = [passage_of(self.page, unread, self._number_at) for unread in row.unread]

    def _number_at(self, offset: int) -> str:
        inside = [section for section in self.page.sections if section.begin <= offset < section.end]
        return max(inside, key=lambda section: section.level).path if inside else ""

    def _context(self, parts: list[Part]) -> dict[str, Any]:
        page = self.page
        states = {"unseen": "", "ignored": "is-skip"}
        cells = [states.get(action.review, "is-done") for action in page.actions]
        shown = {action.id for part in parts if not part.folded for action in part.actions}
        following = next((action.id for action in page.actions if action.review == "unseen"), None)
        return {
            "page": page,
            "plan": page.plan,
            "parts": parts,
            "whole": len(page.actions),
            "cells": cells if len(cells) <= CELLS else [],
            "next": following,
            "next_here": following in shown,
            "may_edit": self.may_edit,
            "open": open_of(page, local_day(self.unit)),
            "days_form": DaysForm(),
            **approving.of_draft(self.who, self.unit, page),
            "form_errors": any(form.errors for _mode, form in self.forms.values()),
            "said": list(get_messages(self.request)),
            "messages": (),  # they stand in the dock, which is always in sight
            "htmx_row": bool(self.request.headers.get("HX-Request")),
        }


def _after(page: ReviewPage, at: UUID | None) -> tuple[ActionCard, ...]:
    """The actions behind one, then those before it."""
    place = next((index for index, action in enumerate(page.actions) if action.id == at), -1)
    return (*page.actions[place + 1 :], *page.actions[: place + 1])
