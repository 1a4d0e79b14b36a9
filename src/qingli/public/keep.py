"""Keep it: a visitor's plan makes a community, its first person, and a draft to check."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingli.ground import actions as ground_actions
from qingli.ground import queries as ground
from qingli.ground.rules import GroundError, Script, UnitKind, visitor
from qingli.lib import clock
from qingli.lib.ids import derived
from qingli.plan import actions
from qingli.public.first import in_turn, visitors_trial
from qingli.public.forms import KeepForm
from qingli.public.trial import Trial, TrialError
from qingli.web.measures import catalogue
from qingli.web.posting import blame, form_key


@require_POST
@in_turn
def keep(request: HttpRequest) -> HttpResponse:
    """Sent twice, it is done once: both deeds carry the form's key."""
    form = KeepForm(request.POST)
    try:
        trial = visitors_trial(request)
    except TrialError:
        messages.error(request, _("This page is no longer complete. Paste the plan again."))
        return redirect("public:first")
    if not form.is_valid():
        return _again(request, trial, form)
    key = form_key(request)
    try:
        community_id = _found(form, trial, key)
    except GroundError as error:
        blame(form, error, _FIELDS)
        return _again(request, trial, form)
    account = authenticate(request, username=form.cleaned_data["username"], password=form.cleaned_data["password"])
    if account is None:
        messages.success(request, _("The community was made. Sign in to go on."))
        return redirect("web:sign-in")
    login(request, account)
    plan_id = _take_in(account, community_id, trial, key)
    messages.success(request, _("Kept. Now look at each action beside the original text."))
    return redirect("desk:review", community_id, plan_id)


_FIELDS = {"name": "community"}


def _again(request: HttpRequest, trial: Trial, form: KeepForm) -> HttpResponse:
    return render(request, "public/keep.html", {"trial": trial, "form": form, "form_errors": True}, status=422)


def _found(form: KeepForm, trial: Trial, key: UUID) -> UUID:
    now = clock.now()
    name = form.cleaned_data["community"]
    return ground_actions.found_community(
        name=name,
        person_name=form.cleaned_data["name"],
        username=form.cleaned_data["username"],
        password=form.cleaned_data["password"],
        kind=UnitKind.LI if name.endswith("里") else UnitKind.COMMUNITY,
        script=Script.HANS if trial.plan.script == "Hans" else Script.HANT,
        by=visitor(str(key)),
        happened_at=now,
        recorded_at=now,
        key=key,
    ).object_id


def _take_in(account: AbstractBaseUser, community_id: UUID, trial: Trial, key: UUID) -> UUID:
    now = clock.now()
    who = ground.asker_of(account.pk, at=now)
    assert who is not None
    done = actions.take_in_plan(
        unit_id=community_id,
        reading=trial.plan,
        text=trial.text,
        catalogue=catalogue(),
        by=who,
        happened_at=now,
        recorded_at=now,
        key=derived(key, "plan"),
    )
    return done.object_id
