"""What an office above does with words: send back, decline, name; and titles that it gave on paper."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qingli.archive.rules import Done
from qingli.desk.title.forms import EnterTitleForm, NameForm, ReasonForm
from qingli.desk.title.pages import application_in, application_page, enters
from qingli.ground import queries as ground
from qingli.ground.rules import Asker, NotAllowedError
from qingli.title import actions
from qingli.title.rules import TitleError
from qingli.title.rules.eligibility import MAY_APPLY
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.posting import do, do_from
from qingli.web.words import explain


@dataclass(frozen=True)
class Step:
    """A form with a reason: the deed that it does and the words around it."""

    deed: Callable[..., Done]
    title: str | Promise
    hint: str | Promise
    button: str | Promise
    said: str | Promise


STEPS = {
    "return": Step(
        actions.return_application,
        gettext_lazy("Send the application back"),
        gettext_lazy("The community puts it right and hands it in again; it has time for that, also after the window."),
        gettext_lazy("Send back"),
        gettext_lazy("Sent back, with the reason."),
    ),
    "decline": Step(
        actions.decline,
        gettext_lazy("Decline the application"),
        gettext_lazy("This is final for this year. The community reads the reason."),
        gettext_lazy("Decline it"),
        gettext_lazy("Declined, with the reason."),
    ),
}


@in_unit
def step(request: HttpRequest, who: Asker, unit: UnitView, application_id: UUID, name: str) -> HttpResponse:
    found, wanted = application_in(who, unit, application_id), STEPS[name]
    if request.method == "GET" and name not in found.moves:
        messages.error(request, explain(TitleError("move-not-open")))
        return redirect("desk:application", unit.id, application_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and do_from(request, who, form, wanted.deed, application_id=application_id, **form.cleaned_data):
        messages.success(request, str(wanted.said))
        return redirect("desk:titles", unit.id)
    context = {"it": found, "line": found.line, "step": wanted, "form": form, "form_errors": bool(form.errors)}
    return render(request, "desk/title/step.html", context, status=422 if form.errors else 200)


@require_POST
@in_unit
def name_it(request: HttpRequest, who: Asker, unit: UnitView, application_id: UUID) -> HttpResponse:
    found = application_in(who, unit, application_id)
    form = NameForm(request.POST)
    if not form.is_valid():
        return application_page(request, who, unit, application_id, name_form=form)
    said = _("Named: %(unit)s. It stands in the public register.") % {"unit": found.line.unit_name}
    do(request, who, actions.name_title, said, application_id=application_id, **form.cleaned_data)
    return redirect("desk:application", unit.id, application_id)


def _communities(who: Asker, unit: UnitView) -> list[UnitView]:
    """All that may hold a title in or below a unit, in the order of the tree, however many there are."""
    found: list[UnitView] = []
    for kind in MAY_APPLY:
        after: str | None = ""
        while after is not None:
            page = ground.units_below(who, unit.id, kind=kind, after=after)
            found += page.rows
            after = page.after
    return sorted(found, key=lambda one: one.path)


@in_unit
def enter(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """A title that was given on paper, by the district or, in former years, by the city."""
    level = enters(who, unit)
    if not level:
        raise NotAllowedError
    communities = _communities(who, unit)
    form = EnterTitleForm(
        request.POST or None, units=communities, initial={"named_on": local_day(unit), "issuing_body": unit.name}
    )
    if form.is_valid():
        values = dict(form.cleaned_data)
        unit_id = values.pop("unit")
        facts = {"unit_id": unit_id, "level": level, "goal": "named", **values}
        if do_from(request, who, form, actions.register_title, **facts):
            messages.success(request, _("Entered. It counts when the community applies."))
            return redirect("desk:titles", unit.id)
    context = {"form": form, "form_errors": bool(form.errors), "level": level}
    return render(request, "desk/title/enter.html", context, status=422 if form.errors else 200)
