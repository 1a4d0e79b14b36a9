"""The public register of titles, the check of one number, and its certificate. No account."""

from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from qingli.lib import clock
from qingli.papers import Certificate, certificate_pdf
from qingli.title import queries
from qingli.title.rules import TitleError, read_number
from qingli.web.words import explain

PAGE = 50


def register(request: HttpRequest, wrong: str = "", typed: str = "") -> HttpResponse:
    """Who holds which title, of one year or of all."""
    year = request.GET.get("year", "")
    today = clock.today(settings.TIME_ZONE)
    wanted = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
    context = {
        "register": queries.register(today=today, year=wanted, after=request.GET.get("after"), limit=PAGE),
        "year": wanted,
        "today": today,
        "wrong": wrong,
        "typed": typed,
        "form_errors": bool(wrong),
    }
    return render(request, "public/title/register.html", context, status=422 if wrong else 200)


def find(request: HttpRequest) -> HttpResponse:
    """A number that somebody copied from a certificate."""
    typed = request.GET.get("number", "")[:40]
    try:
        return redirect("public:title", read_number(typed))
    except TitleError as error:
        return register(request, explain(error), typed)


def title(request: HttpRequest, number: str) -> HttpResponse:
    """What a title is, whether it is valid, how it was decided, what became of its money."""
    found = _found(number)
    context = {"it": found, "today": clock.today(settings.TIME_ZONE)}
    return render(request, "public/title/title.html", context)


def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate of a title that was decided here; of others the original is on paper."""
    found = _found(number)
    if found.decided is None:
        raise Http404
    paper = Certificate(
        unit=found.title.unit_name,
        place=found.place,
        title=found.title.name,
        number=found.title.number,
        issuing_body=found.title.issuing_body,
        document=found.title.document,
        named_on=found.title.named_on,
        valid_until=found.title.valid_until,
        address=request.build_absolute_uri(reverse("public:title", args=[found.title.number])),
        script="zh-Hans" if found.script == "zh-hans" else "zh-Hant",
    )
    answer = HttpResponse(certificate_pdf(paper), content_type="application/pdf")
    name = quote(f"{found.title.unit_name}-{found.title.name}-{found.title.number}.pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    return answer


def _found(number: str) -> queries.Certificate:
    try:
        return queries.certificate(number, today=clock.today(settings.TIME_ZONE))
    except TitleError as error:
        raise Http404 from error
