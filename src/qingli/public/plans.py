"""A published plan as residents see it: promised, done, late. No account, no names of people."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from qingli.lib import clock
from qingli.plan import queries as plans
from qingli.plan.queries.outside import PublicPlan
from qingli.plan.rules.progress import Progress


def plan(request: HttpRequest, slug: str) -> HttpResponse:
    today = clock.today(settings.TIME_ZONE)
    found = _published(slug)
    context = {
        "plan": found,
        "lines": [(action, _cells(action.counts)) for action in found.actions if action.counts.promised],
        "undated": [action for action in found.actions if not action.counts.promised],
        "today": today,
        "slug": slug,
    }
    return render(request, "public/plan.html", context)


def _published(slug: str) -> PublicPlan:
    try:
        return plans.public_plan(slug, today=clock.today(settings.TIME_ZONE))
    except plans.NotFoundError as error:
        raise Http404 from error


def _cells(counts: Progress) -> list[str]:
    cells = (
        ["is-done"] * counts.done + ["is-late"] * counts.late + ["is-skip"] * counts.not_done + [""] * counts.not_due
    )
    return cells if len(cells) <= 60 else []


def text(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "public/plan_text.html", {"plan": _published(slug), "slug": slug})
