"""The half-year report: its page and its files."""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from qingli import papers
from qingli.desk.insight.forms import OwnWordsForm
from qingli.ground.rules import Asker
from qingli.insight.half_year import half_year_report
from qingli.insight.periods import HalfYear, reported_on
from qingli.insight.telling import Telling
from qingli.lib import clock
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.measures import catalogue, language
from qingli.web.papers import MEDIA_TYPES
from qingli.web.templatetags.web import bcp47

FIRST_YEAR, LAST_YEAR = 2000, 2099
PAGES = {"sites": "desk:sites", "people": "desk:people"}
ONE = {"task": "desk:task", "plan": "desk:plan", "earmark": "desk:money-earmark", "application": "desk:application"}
"""Pages of the other rooms: lists, and those of one thing. The lists behind the other figures are this page's own."""


@in_unit
def latest(_request: HttpRequest, _who: Asker, unit: UnitView) -> HttpResponse:
    """To the report that people write in these days."""
    return redirect("desk:half-year-report", unit.id, name_of(reported_on(local_day(unit))))


@in_unit
def report(request: HttpRequest, who: Asker, unit: UnitView, half: str) -> HttpResponse:
    """The report in the reader's language, with the form that makes its files."""
    return _page(request, who, unit, half, OwnWordsForm())


def _page(request: HttpRequest, who: Asker, unit: UnitView, half: str, form: OwnWordsForm) -> HttpResponse:
    period, today = period_of(half), local_day(unit)
    telling = Telling(who, unit, period, today, language(), catalogue(), _addresses(unit, half))
    context = {
        "paper": half_year_report(telling),
        "half": half,
        "before": name_of(period.before),
        "after": name_of(period.after) if period.after.since <= today else "",
        "form": form,
        "form_errors": bool(form.errors),
    }
    return render(request, "desk/insight/half_year.html", context, status=422 if form.errors else 200)


@in_unit
def file(request: HttpRequest, who: Asker, unit: UnitView, half: str, kind: str) -> HttpResponse:
    """The report in the unit's own script, as Word or PDF. What a person adds goes into the file and nowhere else."""
    form = OwnWordsForm(request.POST if request.method == "POST" else {})
    if not form.is_valid():
        return _page(request, who, unit, half, form)
    written = cast(papers.Language, bcp47(unit.script))
    at = _addresses(unit, half, request.build_absolute_uri)
    telling = Telling(who, unit, period_of(half), local_day(unit), written, catalogue(), at)
    paper = form.add_to(half_year_report(telling))
    make = papers.half_year_docx if kind == "docx" else papers.half_year_pdf
    answer = HttpResponse(make(paper, made=clock.now()), content_type=MEDIA_TYPES[kind])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{paper.title}.{kind}")
    return answer


def period_of(half: str) -> HalfYear:
    """What the address names; 404 for years of another century: nothing of ours is of them."""
    year, number = map(int, half.split("-"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return HalfYear(year, number)


def name_of(period: HalfYear) -> str:
    return f"{period.year:04}-{period.half}"


def _addresses(unit: UnitView, half: str, whole: Callable[[str], str] = str) -> Callable[..., str]:
    """Where the figures of a report lead; `whole` makes addresses that hold outside of the house too."""

    def address(place: str, **query: str) -> str:
        of = query.pop("half", half)
        if place in ONE:
            there = reverse(ONE[place], args=[unit.id, query.pop("id")])
        elif place in PAGES:
            there = reverse(PAGES[place], args=[unit.id])
        elif place == "title":
            there = reverse("public:title", args=[query.pop("number")])
        elif place in ("standard", "criterion"):
            slug = [query.pop("criterion")] if place == "criterion" else []
            there = reverse("desk:proof-behind" if slug else "desk:proof", args=[unit.id, *slug])
            query = {"standard": query["id"], "version": query["version"], "period": of.replace("-", "H")}
        else:
            there = reverse(f"desk:half-year-{place}", args=[unit.id, of])
        return whole(f"{there}?{urlencode(query)}" if query else there)

    return address
