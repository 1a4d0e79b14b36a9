"""A plan as Word, PDF and Excel, and its calendar for phones."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qingli.desk.views.plans import plan_page, progress_in
from qingli.ground.rules import Asker
from qingli.lib import clock
from qingli.plan import actions
from qingli.plan import queries as plans
from qingli.web import papers
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.posting import do


@in_unit
def plan_file(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID, kind: str) -> HttpResponse:
    progress_in(who, unit, plan_id)
    plan = plans.plan_paper(who, plan_id, today=local_day(unit))
    body = papers.make(kind, papers.paper_of(plan), clock.now())
    answer = HttpResponse(body, content_type=papers.MEDIA_TYPES[kind])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{plan.title}.{kind}")
    return answer


@require_POST
@in_unit
def calendar_link(request: HttpRequest, who: Asker, unit: UnitView, plan_id: UUID) -> HttpResponse:
    """A secret address, shown once; only its hash is kept. A new one makes the old one invalid."""
    token = get_random_string(40)
    made = do(request, who, actions.make_calendar_link, _("Here is the new address."), plan_id=plan_id, token=token)
    page = progress_in(who, unit, plan_id)
    address = request.build_absolute_uri(f"/feed/{token}.ics") if made and not made.replayed else ""
    return plan_page(request, unit, page, calendar_address=address)


@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the address may read; a wrong one tells nothing."""
    try:
        found = plans.feed(token, today=clock.today(settings.TIME_ZONE))
    except plans.NotFoundError as error:
        raise Http404 from error
    return HttpResponse(papers.feed(found, clock.now()), content_type=papers.MEDIA_TYPES["ics"])
