"""How long a visit may last and how much one request may bring."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingli.lib import clock

STEP = 300  # seconds: how exactly a visit's last sign of life is kept; each costs a write

View = Callable[[HttpRequest], HttpResponse]


class VisitEnd:
    """End a visit in which nobody has done anything for a while, and every visit after `SESSION_COOKIE_AGE`.

    Committees share their computers, and people walk away from them.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            _keep_time(request.session, int(clock.machine().timestamp()))
        return self.get_response(request)


def _keep_time(session: SessionBase, now: int) -> None:
    since, seen = session.get("since", now), session.get("seen", 0)
    if now - since > settings.SESSION_COOKIE_AGE or (seen and now - seen > settings.SESSION_IDLE_AGE):
        session.flush()
    elif abs(now - seen) > STEP:
        session["since"], session["seen"] = since, now


class BodyLimit:
    """Turn a request away that brings more than any page takes, before its files fill the disk."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # What a request brings beyond the length that it states, or without stating one, is never read.
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length) > settings.BODY_LIMIT:
            return render(request, "400.html", status=413)
        return self.get_response(request)
