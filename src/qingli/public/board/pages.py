"""The board without an account: open notices, one notice with its form, the receipt, the journal's daily roots."""

from datetime import UTC, date, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qingli.archive.queries import day_roots
from qingli.board import actions, queries
from qingli.board.rules import NotFoundError, ReplyKind
from qingli.ground.queries import UnitView, public_unit
from qingli.ground.rules import visitor
from qingli.lib import clock
from qingli.public.board.forms import ReplyForm
from qingli.web.notices import window_cells
from qingli.web.posting import do_from, form_key

ROOT_DAYS = 60


def _today() -> date:
    return clock.today(settings.TIME_ZONE)


def board(request: HttpRequest) -> HttpResponse:
    """Open notices or, with `past`, those that hang no more; of one unit, where the address names it."""
    unit = _unit(request.GET.get("unit", ""))
    past = "past" in request.GET
    after = request.GET.get("after") or None
    page = queries.public_notices(today=_today(), unit_id=unit.id if unit else None, past=past, after=after)
    context = {"page": page, "place": unit, "past": past, "today": _today()}
    return render(request, "public/board/board.html", context)


def _unit(text: str) -> UnitView | None:
    if not text:
        return None
    try:
        unit = public_unit(UUID(text))
    except ValueError as error:
        raise Http404 from error
    if unit is None:
        raise Http404
    return unit


def notice(request: HttpRequest, slug: str) -> HttpResponse:
    found = _notice(slug)
    return _page(request, found, ReplyForm(subjects=found.subjects))


def _notice(slug: str) -> queries.PublicNotice:
    try:
        return queries.public_notice(slug, today=_today())
    except NotFoundError as error:
        raise Http404 from error


def _page(request: HttpRequest, found: queries.PublicNotice, form: ReplyForm) -> HttpResponse:
    """The notice with its form, which comes back as it was typed where something is wrong with it."""
    context = {
        "notice": found,
        "line": found.line,
        "cells": window_cells(found.line, _today()),
        "form": form,
        "form_errors": bool(form.errors),
        "today": _today(),
    }
    return render(request, "public/board/notice.html", context, status=422 if form.errors else 200)


@require_POST
def reply(request: HttpRequest, slug: str) -> HttpResponse:
    """Sent twice, it is one reply: the key of the form stands for the visitor, too."""
    found = _notice(slug)
    form = ReplyForm(request.POST, subjects=found.subjects)
    key = form_key(request)
    if form.is_valid():
        facts = {**form.cleaned_data, "kind": ReplyKind(form.cleaned_data["kind"])}
        done = do_from(request, visitor(key.hex), form, actions.reply, notice_id=found.line.id, **facts)
        if done:
            messages.success(request, _("It has arrived."))
            return redirect("public:board-receipt", queries.receipt_token(done.object_id))
    return _page(request, found, form)


@never_cache
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a reply, for whoever has its address."""
    try:
        found = queries.receipt(token, today=_today())
    except NotFoundError as error:
        raise Http404 from error
    address = request.build_absolute_uri()
    answer = render(request, "public/board/receipt.html", {"receipt": found, "address": address, "today": _today()})
    answer["X-Robots-Tag"] = "noindex"
    return answer


def roots(request: HttpRequest) -> HttpResponse:
    """The journal's root at the end of each day (UTC): whoever keeps one notices if the days before are rewritten."""
    today = clock.now().astimezone(UTC).date()
    found = sorted(day_roots(today - timedelta(days=ROOT_DAYS), today).items(), reverse=True)
    return render(request, "public/board/roots.html", {"roots": found})
