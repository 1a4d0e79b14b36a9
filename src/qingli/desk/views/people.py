"""The people of a unit, their posts and who stands in for them, and how they sign in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qingli.desk import forms_people as forms
from qingli.desk.person_steps import STEPS, person_page, words_of
from qingli.ground import actions
from qingli.ground import queries as ground
from qingli.ground.queries import Held, PartyView
from qingli.ground.rules import Asker, GroundError, NotAllowedError, Role, UnitKind, may
from qingli.lib import clock
from qingli.lib.ids import derived
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.posting import blame, do_from, form_key

MOST_UNITS = 200  # in a list to choose from; a city's administrator goes to the unit first
PATCHES = {UnitKind.GRID, UnitKind.NEIGHBOURHOOD}


@in_unit
def people(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """Everybody of the unit and below it, with the posts they hold today."""
    posts: dict[UUID, list[ground.PostView]] = {}
    names: dict[UUID, str] = {}
    known = {person.id: person for person in ground.people(who, unit.id)}
    for post in ground.posts(who, unit.id, day=local_day(unit)):
        posts.setdefault(post.person_id, []).append(post)
        names[post.person_id] = post.person_name
    context = {
        "in_office": [(person_id, names[person_id], known.get(person_id), held) for person_id, held in posts.items()],
        "others": [person for person in known.values() if person.id not in posts],
        "may_add": may(who, "person.write", unit.path),
        "may_divide": may(who, "unit.write", unit.path),
    }
    return render(request, "desk/people.html", context)


def _units(who: Asker, unit: UnitView) -> tuple[UnitView, ...]:
    return ground.units_below(who, unit.id, limit=MOST_UNITS).rows


def _parties(who: Asker, unit: UnitView) -> tuple[PartyView, ...]:
    return ground.parties(who, unit.id) if may(who, "party.read", unit.path) else ()


@in_unit
def new(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    """A new colleague: the person, their post and their way to sign in, all or nothing."""
    if not may(who, "person.write", unit.path):
        raise NotAllowedError
    units = _units(who, unit)
    accounts = may(who, "account.write", unit.path)
    form = forms.ColleagueForm(
        request.POST or None, who=who, units=units, parties=_parties(who, unit), accounts=accounts
    )
    if form.is_valid() and (person_id := _add(request, who, unit, units, form)):
        messages.success(request, _("Added: %(name)s") % {"name": form.cleaned_data["name"]})
        return redirect("desk:person", unit.id, person_id)
    context = {"form": form, "form_errors": bool(form.errors)}
    return render(request, "desk/person_new.html", context, status=422 if form.errors else 200)


def _add(
    request: HttpRequest, who: Asker, unit: UnitView, units: tuple[UnitView, ...], form: forms.ColleagueForm
) -> UUID | None:
    """The person who was added; None where it was refused, which the form then says."""
    values, key, now = form.cleaned_data, form_key(request), clock.now()
    when: dict[str, Any] = {"by": who, "happened_at": now, "recorded_at": now}
    place = next((one for one in units if one.id == values.get("unit")), unit)
    home = place.parent_id if place.kind in PATCHES and place.id != unit.id and place.parent_id else place.id
    try:
        with transaction.atomic():
            person = actions.add_person(unit_id=home, name=values["name"], phone=values["phone"], key=key, **when)
            facts = {"person_id": person.object_id, **when}
            if values.get("role"):
                actions.add_post(
                    unit_id=place.id,
                    role=Role(values["role"]),
                    party_id=values.get("party"),
                    starts_on=local_day(place),
                    key=derived(key, "post"),
                    **facts,
                )
            if values.get("username"):
                actions.open_account(
                    username=values["username"], password=values["password"], key=derived(key, "account"), **facts
                )
    except GroundError as error:
        if error.code == "not-allowed":
            raise
        blame(form, error)
        return None
    return person.object_id


@in_unit
def person(request: HttpRequest, who: Asker, unit: UnitView, person_id: UUID) -> HttpResponse:
    return render(request, "desk/person.html", person_page(who, unit, person_id))


@require_POST
@in_unit
def step(request: HttpRequest, who: Asker, unit: UnitView, person_id: UUID, name: str) -> HttpResponse:
    """One deed about a person, with the form that stands on their page."""
    if name not in STEPS:
        raise Http404
    kind = STEPS[name]
    try:
        about = UUID(request.POST.get("about", ""))
    except ValueError:
        about = person_id
    page = person_page(who, unit, person_id)
    form = page["form_of"](name, about, request.POST)
    if form.is_valid() and do_from(request, who, form, kind.deed, kind.fields, **kind.facts(form.cleaned_data, about)):
        messages.success(request, str(kind.said))
        return redirect("desk:people", unit.id) if name == "erase" else redirect("desk:person", unit.id, person_id)
    page["forms"][name, about] = form
    context = {**page, "form": form, "form_errors": True, "wrong": (name, about)}
    return render(request, "desk/person.html", context, status=422)


@require_safe
@in_unit
def export(request: HttpRequest, who: Asker, unit: UnitView, person_id: UUID) -> HttpResponse:
    """Everything that is held about a person, as a file that other programs can read."""
    held = ground.held_about(who, person_id)
    if held is None:
        raise Http404
    answer = JsonResponse(_as_json(held), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{held.name}.json")
    answer["Cache-Control"] = "no-store"
    return answer


def _as_json(held: Held) -> Mapping[str, object]:
    """The keys are English words in every language, so that another program can read the file."""
    return {
        "person": held.person_id,
        "name": held.name,
        "telephone": held.phone,
        "language": held.language.value,
        "unit": held.unit_name,
        "erased_at": held.erased_at,
        "user_name": held.username,
        "posts": [
            {
                "role": post.role.value,
                "role_in_words": words_of(post),
                "unit": post.unit_name,
                "partner": post.party_name,
                "from": post.starts_on,
                "until_before": post.ends_on,
            }
            for post in held.posts
        ],
        "seats": [{"group": group, "as": kind.value} for group, kind in held.seats],
    }
