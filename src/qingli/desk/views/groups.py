"""The groups of a unit, such as its leading group, and who sits in them."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qingli.ground import actions
from qingli.ground import queries as ground
from qingli.ground.queries import GroupView
from qingli.ground.rules import Asker, GroupKind, NotAllowedError, SeatKind, may
from qingli.web.asking import UnitView, in_unit
from qingli.web.posting import do, do_from
from qingli.web.words import GROUP_KINDS, SEAT_KINDS, word


class GroupForm(forms.Form):
    """A new group."""

    name = forms.CharField(
        label=gettext_lazy("Name of the group"),
        max_length=80,
        error_messages={"required": gettext_lazy("Write what the group is called, as in the plan.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of group?"),
        widget=forms.RadioSelect,
        choices=[(kind.value, GROUP_KINDS[kind.value]) for kind in GroupKind],
        initial=GroupKind.LEADING.value,
    )
    purpose = forms.CharField(label=gettext_lazy("What is it for? (may be left out)"), max_length=400, required=False)


class SeatForm(forms.Form):
    """Somebody takes a seat: a person known here, or the words of the paper that names them."""

    kind = forms.ChoiceField(
        label=gettext_lazy("As what?"),
        choices=[(kind.value, SEAT_KINDS[kind.value]) for kind in SeatKind],
    )
    person = forms.TypedChoiceField(label=gettext_lazy("Who?"), coerce=UUID, required=False, empty_value=None)
    words = forms.CharField(
        label=gettext_lazy("Or in words (may be left out)"),
        help_text=gettext_lazy("For those who have no post here, for example: all building heads"),
        max_length=80,
        required=False,
    )

    def __init__(self, *args: Any, people: tuple[ground.PersonView, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("nobody of these")), *((str(person.id), person.name) for person in people)]


@in_unit
def groups(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    return _page(request, who, unit)


@in_unit
def new(request: HttpRequest, who: Asker, unit: UnitView) -> HttpResponse:
    if not may(who, "group.write", unit.path):
        raise NotAllowedError
    form = GroupForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        facts = {"kind": GroupKind(values["kind"]), "name": values["name"], "purpose": values["purpose"]}
        if do_from(request, who, form, actions.found_group, unit_id=unit.id, **facts):
            return redirect("desk:groups", unit.id)
    context = {"form": form, "form_errors": bool(form.errors)}
    return render(request, "desk/group_new.html", context, status=422 if form.errors else 200)


@require_POST
@in_unit
def seat(request: HttpRequest, who: Asker, unit: UnitView, group_id: UUID) -> HttpResponse:
    """Somebody comes in; a wrong form is shown again beside the group that it belongs to."""
    _of(who, unit, group_id)
    form = SeatForm(request.POST, people=_people(who, unit))
    if form.is_valid():
        values = form.cleaned_data
        facts = {"kind": SeatKind(values["kind"]), "person_id": values["person"], "words": values["words"]}
        if do_from(request, who, form, actions.seat, group_id=group_id, **facts):
            return redirect("desk:groups", unit.id)
    return _page(request, who, unit, wrong=(group_id, form))


@require_POST
@in_unit
def unseat(request: HttpRequest, who: Asker, unit: UnitView, group_id: UUID, seat_id: UUID) -> HttpResponse:
    group = _of(who, unit, group_id)
    if seat_id not in {one.id for one in group.seats}:
        raise Http404
    do(request, who, actions.unseat, _("The seat is free again."), seat_id=seat_id)
    return redirect("desk:groups", unit.id)


def _page(request: HttpRequest, who: Asker, unit: UnitView, wrong: tuple[UUID, SeatForm] | None = None) -> HttpResponse:
    found, writes = ground.groups(who, unit.id), may(who, "group.write", unit.path)
    people = _people(who, unit) if writes else ()
    rows = []
    for group in found:
        form = wrong[1] if wrong and wrong[0] == group.id else SeatForm(people=people, auto_id=f"id_{group.id}_%s")
        lacking = [kind for kind in _WANTED if kind not in {one.kind for one in group.seats}]
        rows.append((group, form, [word(SEAT_KINDS, kind.value) for kind in lacking] if _leads(group) else []))
    context = {"rows": rows, "writes": writes, "form": wrong and wrong[1], "form_errors": wrong is not None}
    return render(request, "desk/groups.html", context, status=422 if wrong else 200)


_WANTED = (SeatKind.LEADER, SeatKind.DEPUTY, SeatKind.LIAISON)


def _leads(group: GroupView) -> bool:
    return group.kind is GroupKind.LEADING


def _people(who: Asker, unit: UnitView) -> tuple[ground.PersonView, ...]:
    return tuple(ground.people(who, unit.id)) if may(who, "person.read", unit.path) else ()


def _of(who: Asker, unit: UnitView, group_id: UUID) -> GroupView:
    """A group of this unit; 404 for those of others."""
    group = next((one for one in ground.groups(who, unit.id) if one.id == group_id), None)
    if group is None:
        raise Http404
    return group
