"""Today: what one person has before them."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from qingli.board import queries as board
from qingli.ground import queries as ground
from qingli.ground.rules import Access, Asker, Deed, access, may
from qingli.plan import queries as plans
from qingli.plan.queries.today import SHOWN
from qingli.title import queries as titles
from qingli.web.asking import UnitView, in_unit, local_day, signed_in
from qingli.work import queries as records

OFFICES = {"city", "district", "street", "township"}  # they see sums of the units below
STEPS: tuple[Deed, ...] = ("title.endorse", "title.recommend", "title.decide")
DUE, OPEN = 20, 8  # shown one by one; the list of tasks has the others


@signed_in
def start(request: HttpRequest, who: Asker) -> HttpResponse:
    """Lead to the person's own unit; without a post, say so."""
    units = ground.units_of(who)
    if not units:
        return render(request, "desk/no_post.html", status=403)
    return redirect("desk:today", units[0].id)


@in_unit
def today(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    day = local_day(unit)
    page = plans.today_page(who, today=day)
    pressing = [*page.late, *page.due]
    sums = _sees_sums(who, unit)
    context = {
        "page": page,
        "day": day,
        "first": pressing[0] if pressing else None,
        "rest": pressing[1:DUE],
        "more_due": len(pressing) > DUE,
        "open": page.open[:OPEN],
        "more_open": len(page.open) > OPEN,
        "count": len(pressing),
        "many": len(pressing) + len(page.tomorrow) >= SHOWN,
        "all_mine": reverse("desk:tasks", args=[unit.id]) + "?state=open&mine=1",
        "beside": list(_beside(who, unit)),
        "records": records.recorded_on(who, day, time_zone=unit.time_zone),
        "below": plans.below(who, unit.id, today=day) if sums else None,
        "given": plans.given_above(who, unit.id) if sums and may(who, "plan.approve", f"{unit.path}below/") else None,
        "may_read_plans": may(who, "plan.read", unit.path),
    }
    return render(request, "desk/today.html", context)


def _beside(who: Asker, unit: UnitView) -> Iterator[tuple[str, str]]:
    """What waits for this person beside tasks, with the page on which it is answered."""
    if may(who, "reply.answer", unit.path) and (count := board.unanswered(who, unit.id)):
        said = ngettext("One reply waits for an answer", "%(n)s replies wait for an answer", count) % {"n": count}
        yield said, reverse("desk:board", args=[unit.id])
    if unit.kind.value in OFFICES and any(may(who, step, f"{unit.path}below/") for step in STEPS):
        waiting = titles.applications_below(who, unit.id, today=local_day(unit), limit=1).waiting
        if count := len(waiting):
            said = ngettext("One application waits for you", "%(n)s applications wait for you", count) % {"n": count}
            yield said, reverse("desk:titles", args=[unit.id])
    pays = unit.kind.value == "city" and may(who, "money.write", unit.path)
    if count := sum(not due.paid for due in titles.awards_due(who, unit.id)) if pays else 0:
        said = ngettext("One award is to be paid", "%(n)s awards are to be paid", count) % {"n": count}
        yield said, reverse("desk:title-awards", args=[unit.id])


def _sees_sums(who: Asker, unit: UnitView) -> bool:
    """Whether this is an office, and the person's post reads the sums of the units below it."""
    return unit.kind.value in OFFICES and access(who, "plan.read", f"{unit.path}below/") >= Access.AGGREGATE
