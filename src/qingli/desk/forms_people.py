"""Forms of the pages about people, units and sites. One question, one field; what may be left out says so."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from qingli.ground.queries import PartyView, PostView, UnitView
from qingli.ground.rules import Asker, GroundError, Language, Role, SiteType, UnitKind, may
from qingli.ground.rules.permissions import require_grant
from qingli.ground.rules.shapes import PARENTS, check_role
from qingli.web.words import ROLES, SITE_TYPES, UNIT_KINDS, post_name, word

Choices = list[tuple[str, Any]]
WRITE_A_DAY = _("Write a day, for example 2026-12-15")


def _day(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        error_messages={"required": WRITE_A_DAY, "invalid": WRITE_A_DAY},
        widget=forms.DateInput(attrs={"type": "date", "class": "q-input--short"}, format="%Y-%m-%d"),
    )


def _phone() -> forms.CharField:
    return forms.CharField(
        label=_("Telephone (may be left out)"),
        help_text=_("Colleagues see it when they are about to call. Residents never see it."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "class": "q-input--short"}),
    )


def _password(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("At least ten signs; a short sentence is good."),
        required=required,
        strip=False,
        max_length=200,
        error_messages={"required": _("Write a password of at least ten signs")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def _username(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("Letters, digits, full stops or hyphens, for example lin.xiuqin"),
        required=required,
        max_length=40,
        error_messages={"required": _("Write a user name, for example lin.xiuqin")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Full name"),
        max_length=40,
        error_messages={"required": _("Write the name, for example 林秀琴")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _fits(who: Asker, role: Role, unit: UnitView) -> bool:
    """Whether `who` could give this role in this unit: the ground's own rules are asked."""
    try:
        require_grant(who, role, unit.path)
        check_role(role, unit.kind)
    except GroundError:
        return False
    return True


class PostForm(forms.Form):
    """A role in a unit. Roles and units are those that the person who asks may give."""

    role = forms.ChoiceField(label=_("Post"), error_messages={"required": _("Choose a post.")})
    unit = forms.TypedChoiceField(
        label=_("In which unit?"), coerce=UUID, error_messages={"required": _("Choose a unit.")}
    )
    party = forms.TypedChoiceField(
        label=_("For which partner do they work?"),
        help_text=_("Only for staff of a partner, such as a property firm; else leave it out."),
        coerce=UUID,
        empty_value=None,
        required=False,
    )

    def __init__(
        self, *args: Any, who: Asker, units: Sequence[UnitView], parties: Sequence[PartyView] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        roles = [role for role in Role if any(_fits(who, role, unit) for unit in units)]
        if not parties:
            roles = [role for role in roles if role is not Role.PARTY_STAFF]
            del self.fields["party"]
        given = [unit for unit in units if any(_fits(who, role, unit) for role in roles)]
        self._choose("role", [("", _("Choose")), *((role.value, word(ROLES, role.value)) for role in roles)])
        self._choose("unit", [(str(unit.id), unit.name) for unit in given])
        self._choose("party", [("", _("None")), *((str(party.id), party.name) for party in parties)])
        if not roles:
            del self.fields["role"], self.fields["unit"]

    def _choose(self, name: str, choices: Choices) -> None:
        if field := self.fields.get(name):
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class ColleagueForm(PostForm):
    """A new colleague: who, as what, where, and how they sign in. What one may not give is not asked for."""

    name = _name()
    phone = _phone()
    username = _username(_("User name for signing in (may be left out)"), required=False)
    password = _password(_("First password (needed with a user name)"), required=False)
    field_order = ("name", "role", "unit", "party", "phone", "username", "password")

    def __init__(self, *args: Any, accounts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not accounts:
            del self.fields["username"], self.fields["password"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("username") and not values.get("password") and "password" not in self.errors:
            self.add_error("password", _("Write a password of at least ten signs"))
        if values.get("password") and not values.get("username") and "username" not in self.errors:
            self.add_error("username", _("Write a user name, for example lin.xiuqin"))
        return values


class ParticularsForm(forms.Form):
    """Name, telephone and language of a person."""

    name = _name()
    phone = _phone()
    language = forms.ChoiceField(
        label=_("Language of letters and reminders"),
        choices=[
            (Language.HANT.value, "繁體中文"),
            (Language.HANS.value, "简体中文"),
            (Language.ENGLISH.value, "English"),
        ],
        widget=forms.RadioSelect,
    )


class LastDayForm(forms.Form):
    """The last day of a post or of a cover."""

    last = _day(_("Last day"), _("From the day after, it does not hold any more."))


class CoverForm(forms.Form):
    """Who stands in, from when to when."""

    by = forms.TypedChoiceField(
        label=_("Who stands in?"), coerce=UUID, error_messages={"required": _("Choose who stands in.")}
    )
    first = _day(_("First day"))
    last = _day(_("Last day (may be left out)"), _("Left out, it holds until you end it."), required=False)

    def __init__(self, *args: Any, posts: Sequence[PostView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["by"]
        assert isinstance(field, forms.ChoiceField)
        named = [(str(post.id), f"{post.person_name}（{post_name(post)}）") for post in posts]
        field.choices = [("", _("Choose")), *named]


class PasswordForm(forms.Form):
    """A new password."""

    password = _password(_("New password"))


class AccountForm(PasswordForm):
    """A way to sign in."""

    username = _username(_("User name for signing in"))
    field_order = ("username", "password")


class UnitForm(forms.Form):
    """A new unit below this one."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("For example 第4網格"),
        max_length=60,
        error_messages={"required": _("Write the name, for example 第4網格")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"), error_messages={"required": _("Choose the kind.")}, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, parent: UnitView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = kinds_below(parent)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.value, word(UNIT_KINDS, kind.value)) for kind in kinds]
        if len(kinds) == 1:
            field.widget = forms.HiddenInput()
            field.initial = kinds[0].value


def kinds_below(unit: UnitView) -> list[UnitKind]:
    """What may lie in a unit, the most usual first: grids in a community, neighbourhoods in a li."""
    kinds = [kind for kind, parents in PARENTS.items() if unit.kind in parents]
    return sorted(kinds, key=lambda kind: (kind is UnitKind.NEIGHBOURHOOD) is not (unit.kind is UnitKind.LI))


class SiteForm(forms.Form):
    """Something that needs care."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("For example 3號樓水箱"),
        max_length=80,
        error_messages={"required": _("Write the name, for example 3號樓水箱")},
    )
    type = forms.ChoiceField(label=_("Kind"), error_messages={"required": _("Choose the kind.")})
    unit = forms.TypedChoiceField(
        label=_("In which unit?"), coerce=UUID, error_messages={"required": _("Choose a unit.")}
    )
    place = forms.CharField(
        label=_("Where is it? (may be left out)"),
        help_text=_("As people say it, for example: behind house 4."),
        required=False,
        max_length=120,
    )
    count = forms.IntegerField(
        label=_("How many households or parts? (may be left out)"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        error_messages={
            "invalid": _("Write a number, for example 12"),
            "min_value": _("Write a number, for example 12"),
            "max_value": _("This number is too large."),
        },
        widget=forms.NumberInput(attrs={"class": "q-input--short", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, who: Asker, units: Sequence[UnitView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, unit = self.fields["type"], self.fields["unit"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(unit, forms.ChoiceField)
        kind.choices = [("", _("Choose")), *((one.value, word(SITE_TYPES, one.value)) for one in SiteType)]
        unit.choices = [(str(one.id), one.name) for one in units if may(who, "site.write", one.path)]


class FurtherPostForm(PostForm):
    """A further post for somebody who is here already."""

    starts_on = _day(_("First day"))
    field_order = ("role", "unit", "starts_on")
