"""Spending, receiving, undoing; opening and closing accounts and earmarks. For those who may write in the books."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.desk.ledger import forms
from qingli.desk.ledger.views import asked_id, booking_page
from qingli.ground.rules import Asker, GroundError, NotAllowedError, may
from qingli.ledger import actions, queries
from qingli.ledger.queries import AccountView, EarmarkView
from qingli.ledger.rules import AccountKind, Category, LedgerError, LineFact
from qingli.lib import clock
from qingli.lib.ids import derived
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.posting import blame, do, do_from, form_key
from qingli.web.templatetags.money import yuan

MOST = 200  # earmarks to choose from, the newest


@in_unit
def spend(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """Money out of a fund, on what it is for."""
    _writer(who, unit)
    earmark = queries.earmark(who, asked) if (asked := asked_id(request, "earmark")) else None
    accounts = queries.accounts(who, unit.id)
    funds = {row.id: row for row in accounts if row.kind is AccountKind.FUND}
    money = [
        row
        for row in queries.balances(unit.id, kind=AccountKind.FUND)
        if row.account_id in funds and (earmark is None or row.earmark_id == earmark.id)
    ]
    offered, missing = _categories(accounts, earmark)
    form = forms.SpendForm(
        request.POST or None, balances=money, funds=funds.values(), categories=offered, today=local_day(unit)
    )
    if form.is_valid():
        values = dict(form.cleaned_data)
        values["account_id"], values["earmark_id"] = values.pop("money")
        if done := do_from(request, who, form, actions.spend, {"account": "money", "earmark": "money"}, **values):
            messages.success(request, _("Booked: %(amount)s") % {"amount": yuan(values["amount"])})
            return redirect("desk:money-booking", unit.id, done.object_id)
    context = {"form": form, "earmark": earmark, "money": money, "offered": offered, "missing": missing}
    return _form(request, "desk/ledger/spend.html", form, context)


@in_unit
def receive(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """Money into a fund, from a source of this unit."""
    _writer(who, unit)
    accounts, earmarks = queries.accounts(who, unit.id), queries.earmarks(who, unit.id, limit=MOST).rows
    form = forms.ReceiveForm(request.POST or None, accounts=accounts, earmarks=earmarks, today=local_day(unit))
    if form.is_valid():
        values = form.cleaned_data
        lines = [
            LineFact(values["source"], values["earmark"], -values["amount"]),
            LineFact(values["fund"], values["earmark"], values["amount"]),
        ]
        facts = {"unit_id": unit.id, "words": values["words"], "on": values["on"], "lines": lines}
        if done := do_from(request, who, form, actions.book, {"account": "fund"}, **facts):
            messages.success(request, _("Booked: %(amount)s") % {"amount": yuan(values["amount"])})
            return redirect("desk:money-booking", unit.id, done.object_id)
    kinds = {row.kind for row in accounts}
    return _form(
        request,
        "desk/ledger/receive.html",
        form,
        {"form": form, "ready": {AccountKind.SOURCE, AccountKind.FUND} <= kinds},
    )


@require_POST
@in_unit
def undo(request: HttpRequest, who: Asker, unit: UnitView, booking_id: UUID) -> HttpResponse:
    if queries.booking(who, booking_id).unit_id != unit.id:
        raise Http404
    form = forms.UndoForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = do_from(request, who, form, actions.reverse_booking, booking_id=booking_id, reason=reason)
        if done:
            messages.success(request, _("Undone. Both bookings can be read."))
            return redirect("desk:money-booking", unit.id, done.object_id)
    context = booking_page(who, unit, booking_id, form)
    if context["form"] is None:  # somebody else was first: the page says how it stands now
        messages.error(request, _("This booking cannot be undone here. Look how it stands."))
    return render(request, "desk/ledger/booking.html", context, status=422)


@in_unit
def open_account(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    _writer(who, unit)
    taken = {row.category for row in queries.accounts(who, unit.id)}
    first = {"kind": request.GET.get("kind"), "category": request.GET.get("category")}
    form = forms.AccountForm(request.POST or None, unit=unit, taken=taken, initial=first)
    if form.is_valid():
        values = form.cleaned_data
        if do_from(request, who, form, actions.open_account, unit_id=unit.id, **values):
            messages.success(request, _("Opened: %(name)s") % {"name": values["name"]})
            return redirect("desk:money", unit.id)
    return _form(request, "desk/ledger/account_new.html", form, {"form": form})


@require_POST
@in_unit
def close_account(request: HttpRequest, who: Asker, unit: UnitView, account_id: UUID) -> HttpResponse:
    if queries.account(who, account_id)[0].unit_id != unit.id:
        raise Http404
    said = _("Closed. Its bookings can still be read.")
    if do(request, who, actions.close_account, said, account_id=account_id):
        return redirect("desk:money", unit.id)
    return redirect("desk:money-account", unit.id, account_id)


@in_unit
def open_earmark(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """What some money is for; what it may be spent on gets its accounts in the same step."""
    _writer(who, unit)
    taken = {row.category for row in queries.accounts(who, unit.id)}
    form = forms.EarmarkForm(request.POST or None)
    if form.is_valid() and _open(request, who, unit, form, taken):
        messages.success(request, _("Opened: %(name)s") % {"name": form.cleaned_data["name"]})
        return redirect("desk:money", unit.id)
    return _form(request, "desk/ledger/earmark_new.html", form, {"form": form})


def _open(request: HttpRequest, who: Asker, unit: UnitView, form: forms.EarmarkForm, taken: set[str]) -> bool:
    values, key, now = form.cleaned_data, form_key(request), clock.now()
    try:
        with transaction.atomic():
            actions.open_earmark(
                unit_id=unit.id,
                name=values["name"],
                categories=values["categories"],
                by=who,
                happened_at=now,
                recorded_at=now,
                key=key,
            )
            for code in values["categories"]:
                if code not in taken:
                    actions.open_account(
                        unit_id=unit.id,
                        kind=AccountKind.EXPENSE,
                        name=forms.category_name(unit, code),
                        category=code,
                        by=who,
                        happened_at=now,
                        recorded_at=now,
                        key=derived(key, f"account {code}"),
                    )
    except NotAllowedError:
        raise
    except (LedgerError, GroundError) as error:
        blame(form, error)
        return False
    return True


def _categories(accounts: tuple[AccountView, ...], earmark: EarmarkView | None) -> tuple[list[str], list[str]]:
    """What can be spent on: what the earmark allows and has an account; and what still lacks one."""
    allowed = set(earmark.categories) if earmark else {category.value for category in Category}
    open_ = {row.category for row in accounts if row.category}
    ordered: list[str] = [category.value for category in Category if category.value in allowed]
    missing = [code for code in ordered if code not in open_] if earmark else []
    return [code for code in ordered if code in open_], missing


def _writer(who: Asker, unit: UnitView) -> None:
    if not may(who, "money.write", unit.path):
        raise NotAllowedError


def _form(request: HttpRequest, template: str, form: Form, context: Mapping[str, object]) -> HttpResponse:
    context = {**context, "form_errors": bool(form.errors)}
    return render(request, template, context, status=422 if form.errors else 200)
