"""Forms of approval: who decides about a plan, what the office above decided, and who does a task."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from qingli.ground.queries import PersonView, PostView
from qingli.ground.rules import PERMISSIONS, Access, Level, Role
from qingli.web.words import post_name

NO_DAY = _("Write the day, for example 2026-06-24")
Target = dict[str, Any]


class WayForm(forms.Form):
    """Who decides about a plan. `above` is the name of the unit above; without one nobody above can decide."""

    way = forms.ChoiceField(label=_("Who decides about this plan?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, above: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways: list[tuple[str, Any]] = [("committee", _("The committee")), ("residents", _("The residents' meeting"))]
        if above:
            ways.append(("above", _("The office above: %(name)s") % {"name": above}))
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = ways


class DayForm(forms.Form):
    """On which day something was decided, and a note."""

    on = forms.DateField(
        label=_("On which day?"),
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
        widget=forms.DateInput(attrs={"type": "date", "class": "q-input--short"}, format="%Y-%m-%d"),
    )
    words = forms.CharField(label=_("Note (may be left out)"), required=False, max_length=300)


class ApproveForm(DayForm):
    """When the office above approved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("On which day was it approved?")


class ApproveAmendmentForm(ApproveForm):
    """When and why the office above approved an amendment."""

    reason = forms.CharField(
        label=_("Why was the plan amended?"),
        max_length=300,
        error_messages={"required": _("Write the reason, for example: the square is being rebuilt.")},
    )
    field_order = ("on", "reason", "words")


class FileForm(DayForm):
    """When the plan was filed above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("On which day was it filed?")


class SendBackForm(forms.Form):
    """Why a plan goes back."""

    reason = forms.CharField(
        label=_("What is to be changed?"),
        help_text=_("The community reads this beside its draft."),
        max_length=1000,
        error_messages={"required": _("Write what is to be changed, for example: say who clears the yards.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AssignForm(forms.Form):
    """Who does a task from now on: a person, or whoever holds a post."""

    to = forms.TypedChoiceField(
        label=_("Who does it?"),
        help_text=_("A post stays right when its holder changes."),
        error_messages={"required": _("Choose a person or a post.")},
    )

    def __init__(self, *args: Any, people: Sequence[PersonView], posts: Sequence[PostView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [
            ("", _("Choose")),
            (_("Posts"), list(_by_post(posts).items())),
            (_("People"), [(f"person:{person.id}", person.name) for person in people]),
        ]
        field.coerce = _target


def _by_post(posts: Sequence[PostView]) -> dict[str, str]:
    """Each role in each unit once, with those who hold it."""
    holders: dict[str, list[PostView]] = {}
    for post in filter(_does_tasks, posts):
        holders.setdefault(f"{post.role.value}:{post.unit_id}", []).append(post)
    return {
        value: _("%(post)s (%(names)s)")
        % {"post": post_name(held[0]), "names": "、".join(dict.fromkeys(post.person_name for post in held))}
        for value, held in holders.items()
    }


def _does_tasks(post: PostView) -> bool:
    """Staff of partners are chosen by name: their post does not say of which partner."""
    able = PERMISSIONS[post.role]["task.do"][Level.OWN] is not Access.NONE
    return able and post.role is not Role.PARTY_STAFF


def _target(value: str) -> Target:
    """What a choice means to `assign_task`."""
    kind, _colon, identity = value.partition(":")
    if kind == "person":
        return {"person_id": UUID(identity)}
    return {"role": kind, "role_unit_id": UUID(identity)}
