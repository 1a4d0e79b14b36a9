"""Awards that a city's finance pays: part by part, from a source of the city into a fund of the community."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.desk.title.forms import PayForm
from qingli.ground.rules import Asker
from qingli.ledger import queries as ledger
from qingli.ledger.queries import AccountView
from qingli.ledger.rules import AccountKind
from qingli.title import actions, queries
from qingli.title.queries import AwardDue
from qingli.web.asking import UnitView, in_unit
from qingli.web.posting import do


@dataclass(frozen=True)
class Payment:
    """A payment with its form; `form` is None when it is paid, or when one side has no account for it."""

    due: AwardDue
    form: PayForm | None
    no_fund: bool


@in_unit
def awards(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    due = queries.awards_due(who, unit.id)
    accounts = ledger.accounts(who, unit.id)
    sources = [one for one in accounts if one.kind is AccountKind.SOURCE]
    funds = ledger.funds_of({one.unit_id for one in due if not one.paid})
    payments = [_payment(one, sources, funds) for one in due]
    context = {
        "open": [one for one in payments if not one.due.paid],
        "paid": [one for one in payments if one.due.paid],
        "sources": sources,
        "accounts": accounts,
    }
    return render(request, "desk/title/awards.html", context)


def _payment(due: AwardDue, sources: Sequence[AccountView], funds: Mapping[UUID, Sequence[AccountView]]) -> Payment:
    theirs = funds.get(due.unit_id, ())
    able = bool(sources and theirs) and not due.paid
    auto_id = f"id_{due.title_id.hex[-8:]}_{due.part}_%s"
    return Payment(due, PayForm(sources=sources, funds=theirs, auto_id=auto_id) if able else None, not theirs)


@require_POST
@in_unit
def pay(request: HttpRequest, who: Asker, unit: UnitView, title_id: UUID, part: str) -> HttpResponse:
    due = queries.awards_due(who, unit.id)
    wanted = next((one for one in due if (one.title_id, one.part) == (title_id, part)), None)
    if wanted is None:
        raise Http404
    sources = [one for one in ledger.accounts(who, unit.id) if one.kind is AccountKind.SOURCE]
    funds = ledger.funds_of({wanted.unit_id}).get(wanted.unit_id, ())
    form = PayForm(request.POST, sources=sources, funds=funds)
    if not form.is_valid():
        messages.error(request, _("Choose the account from which it is paid, and the fund into which it goes."))
        return redirect("desk:title-awards", unit.id)
    accounts = {f"{name}_id": value for name, value in form.cleaned_data.items()}
    do(request, who, actions.pay_award, _("Paid."), title_id=title_id, part=part, **accounts)
    return redirect("desk:title-awards", unit.id)
