"""Answering replies, and forgetting who sent them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.board import actions, queries
from qingli.board.rules import Outcome
from qingli.desk.board import forms
from qingli.desk.board.posting import notice_in, notice_page
from qingli.ground.rules import Asker
from qingli.web.asking import UnitView, in_unit
from qingli.web.posting import do, do_from


@require_POST
@in_unit
def answer(request: HttpRequest, who: Asker, unit: UnitView, notice_id: UUID, reply_id: UUID) -> HttpResponse:
    notice_in(who, unit, notice_id)
    kind = queries.reply(who, reply_id).kind
    form = forms.AnswerForm(request.POST, kind=kind, auto_id=f"id_{reply_id.hex[-8:]}_%s")
    if form.is_valid():
        facts = {"outcome": Outcome(form.cleaned_data["outcome"]), "reason": form.cleaned_data["reason"]}
        if do_from(request, who, form, actions.answer_reply, reply_id=reply_id, **facts):
            messages.success(request, _("Answered. The sender finds it at the address of the receipt."))
            return redirect("desk:notice", unit.id, notice_id)
    return notice_page(request, who, unit, notice_id, answered=reply_id, answer_form=form)


@require_POST
@in_unit
def forget(request: HttpRequest, who: Asker, unit: UnitView, notice_id: UUID, reply_id: UUID) -> HttpResponse:
    notice_in(who, unit, notice_id)
    do(request, who, actions.forget_replier, _("Name and contact are erased."), reply_id=reply_id)
    return redirect("desk:notice", unit.id, notice_id)
