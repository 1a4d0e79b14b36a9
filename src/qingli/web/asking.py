"""Who asks, and about which unit: the one way by which every page gets there."""

import functools
from collections.abc import Callable
from datetime import date
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from qingli.ground import queries as ground
from qingli.ground.rules import Asker, NotAllowedError
from qingli.lib import clock

P = ParamSpec("P")
UnitView = ground.UnitView
View = Callable[..., HttpResponse]


def asker(request: HttpRequest) -> Asker | None:
    """Who is signed in, with the posts held at this moment; nobody when nobody is."""
    if not request.user.is_authenticated:
        return None
    known: Asker | None = getattr(request, "_qingli_asker", None)
    if known is None:
        known = ground.asker_of(request.user.pk, at=clock.now())
        if known is None:  # the account has ended since
            return None
        request._qingli_asker = known  # type: ignore[attr-defined]  # kept for this one request
    return known


def signed_in(view: Callable[Concatenate[HttpRequest, Asker, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a page the person who asks; without one, lead to the sign-in and back.

    What the rooms refuse to show becomes 403, what they do not have 404.
    """

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        who = asker(request)
        if who is None:
            return redirect_to_login(request.get_full_path())
        try:
            return view(request, who, *args, **kwargs)
        except NotAllowedError as error:
            raise PermissionDenied from error
        except Exception as error:
            if getattr(error, "code", None) in ("not-found", "page-key"):
                raise Http404 from error
            raise

    return run


def in_unit(view: Callable[Concatenate[HttpRequest, Asker, UnitView, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a page the person who asks and the unit that the address names, if that person may see the unit."""

    @signed_in
    @functools.wraps(view)
    def run(request: HttpRequest, who: Asker, unit_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        unit = ground.unit(who, unit_id)
        if unit is None:
            raise Http404
        request._qingli_unit = unit  # type: ignore[attr-defined]  # for the header of the page
        return view(request, who, unit, *args, **kwargs)

    return run


def local_day(unit: UnitView) -> date:
    """What day it is in a unit."""
    return clock.today(unit.time_zone)
