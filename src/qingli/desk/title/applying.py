"""What a community does with its application, and the moves that need no words."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qingli.desk.title.forms import WordsForm
from qingli.desk.title.pages import application_in, application_page
from qingli.ground.rules import Asker
from qingli.lib import clock
from qingli.lib.ids import derived
from qingli.title import actions
from qingli.web.asking import UnitView, in_unit
from qingli.web.posting import blame, do, do_from, form_key


@require_POST
@in_unit
def begin(request: HttpRequest, who: Asker, unit: UnitView, cycle_id: UUID) -> HttpResponse:
    done = do(request, who, actions.begin_application, cycle_id=cycle_id, unit_id=unit.id)
    return redirect("desk:application", unit.id, done.object_id) if done else redirect("desk:titles", unit.id)


@require_POST
@in_unit
def write(request: HttpRequest, who: Asker, unit: UnitView, application_id: UUID) -> HttpResponse:
    """Keep the text; with the other button hand in as well. What is refused stays on the page as it was typed."""
    application_in(who, unit, application_id)
    form = WordsForm(request.POST)
    if form.is_valid() and do_from(
        request, who, form, actions.save_application, application_id=application_id, **form.cleaned_data
    ):
        if "hand_in" not in request.POST:
            messages.success(request, _("Kept. Nobody above sees it before you hand it in."))
            return redirect("desk:application", unit.id, application_id)
        if _hand_in(request, who, form, application_id):
            messages.success(request, _("Handed in. The street office has it now."))
            return redirect("desk:application", unit.id, application_id)
    return application_page(request, who, unit, application_id, form)


def _hand_in(request: HttpRequest, who: Asker, form: WordsForm, application_id: UUID) -> bool:
    """After saving, with a key of its own."""
    now = clock.now()
    try:
        actions.submit(
            application_id=application_id,
            by=who,
            happened_at=now,
            recorded_at=now,
            key=derived(form_key(request), "hand-in"),
        )
    except Exception as error:
        blame(form, error)
        return False
    return True


SAID = {
    "withdraw": gettext_lazy("Withdrawn. You can take it up again while applications are taken."),
    "resume": gettext_lazy("Taken up again. Nobody above sees it before you hand it in."),
    "endorse": gettext_lazy("Endorsed. The district office has it now."),
    "recommend": gettext_lazy("Recommended. The city office has it now."),
}


@require_POST
@in_unit
def move(request: HttpRequest, who: Asker, unit: UnitView, application_id: UUID, name: str) -> HttpResponse:
    application_in(who, unit, application_id)
    do(request, who, getattr(actions, name), str(SAID[name]), application_id=application_id)
    own = name in ("withdraw", "resume")
    return redirect("desk:application", unit.id, application_id) if own else redirect("desk:titles", unit.id)
