"""The very tasks, records, notices, replies and bookings behind the figures of a half-year report."""

from collections.abc import Iterable
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from qingli.board.queries.spans import FATES, notices_between, replies_between
from qingli.board.rules import ReplyKind
from qingli.desk.insight.half_year import period_of
from qingli.ground.rules import Asker
from qingli.insight.behind import Choice, records_behind, tasks_behind
from qingli.ledger import queries as ledger
from qingli.ledger.rules import AccountKind
from qingli.plan.queries.promised import OUTCOMES
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.measures import catalogue, language

T = TypeVar("T")


@in_unit
def tasks(request: HttpRequest, who: Asker, unit: UnitView, half: str) -> HttpResponse:
    """The tasks behind a figure."""
    outcome = request.GET.get("outcome", "promised")
    if outcome not in OUTCOMES:
        raise Http404
    page = tasks_behind(
        who,
        unit.id,
        period_of(half),
        today=local_day(unit),
        outcome=outcome,
        choice=_choice(request.GET),
        catalogue=catalogue(),
        after=request.GET.get("after") or None,
    )
    context = {"page": page, "outcome": outcome, "topic": _topic(request.GET)}
    return _list(request, unit, half, "desk/insight/tasks.html", context)


@in_unit
def records(request: HttpRequest, who: Asker, unit: UnitView, half: str) -> HttpResponse:
    """The records behind a figure."""
    page = records_behind(
        who,
        unit.id,
        period_of(half),
        today=local_day(unit),
        choice=_choice(request.GET),
        beside="beside" in request.GET,
        catalogue=catalogue(),
        after=request.GET.get("after") or None,
    )
    context = {"page": page, "topic": _topic(request.GET)}
    return _list(request, unit, half, "desk/insight/records.html", context)


def _list(request: HttpRequest, unit: UnitView, half: str, template: str, context: dict[str, Any]) -> HttpResponse:
    """A list with its period, the way back, and the way on."""
    after = context["page"].after
    further = urlencode({**request.GET.dict(), "after": after}) if after else ""
    more = {"half": half, "period": period_of(half), "further": further, "day": local_day(unit)}
    return render(request, template, {**context, **more})


@in_unit
def notices(request: HttpRequest, who: Asker, unit: UnitView, half: str) -> HttpResponse:
    """The notices behind a figure."""
    period, today = period_of(half), local_day(unit)
    after = request.GET.get("after") or None
    page = notices_between(who, unit.id, since=period.since, until=period.until, today=today, after=after)
    return _list(request, unit, half, "desk/insight/notices.html", {"page": page})


@in_unit
def replies(request: HttpRequest, who: Asker, unit: UnitView, half: str) -> HttpResponse:
    """The replies behind a figure, without who sent them."""
    period = period_of(half)
    kind = _one_of(ReplyKind, request.GET.get("kind", ReplyKind.OPINION.value))
    fate = _one_of(FATES, request.GET.get("fate", "all"))
    after = request.GET.get("after") or None
    page = replies_between(who, unit.id, since=period.since, until=period.until, kind=kind, fate=fate, after=after)
    return _list(request, unit, half, "desk/insight/replies.html", {"page": page, "kind": kind, "fate": fate})


@in_unit
def money(request: HttpRequest, who: Asker, unit: UnitView, half: str) -> HttpResponse:
    """The bookings behind a figure of an earmark: what came in or was used in the half-year, or all that is left of."""
    period = period_of(half)
    so_far = "so_far" in request.GET
    kind = AccountKind.FUND if so_far else _one_of(AccountKind, request.GET.get("kind", ""))
    try:
        earmark = ledger.earmark(who, UUID(request.GET.get("earmark", "")))
    except ValueError as error:
        raise Http404 from error
    page = ledger.bookings(
        who,
        unit.id,
        earmark_id=earmark.id,
        kind=kind,
        since=None if so_far else period.since,
        until=period.until,
        after=request.GET.get("after") or None,
    )
    sign = -1 if kind is AccountKind.SOURCE else 1
    rows = [
        (
            row,
            sign * sum(line.amount for line in row.lines if (line.earmark_id, line.account_kind) == (earmark.id, kind)),
        )
        for row in page.rows
    ]
    context = {"page": page, "rows": rows, "earmark": earmark, "kind": kind.value, "so_far": so_far}
    return _list(request, unit, half, "desk/insight/money.html", context)


def _choice(asked: QueryDict) -> Choice:
    return Choice(**{name: asked.get(name, "") for name in ("plan", "heading", "topic", "action")})


def _topic(asked: QueryDict) -> str:
    """The name of the topic that a list is narrowed to."""
    topic = catalogue().topics.get(asked.get("topic", ""))
    return topic.names.get(language()) if topic else ""


def _one_of(known: Iterable[T], asked: str) -> T:
    """What the address says, if it is one of ours; else 404."""
    for one in known:
        if one == asked:
            return one
    raise Http404
