"""Forms of the reading page."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingli.desk.review.times import every
from qingli.ground.queries import PersonView
from qingli.ground.rules import Role
from qingli.plan.queries.shapes import ActionCard
from qingli.web.measures import measure_name
from qingli.web.words import ROLES, who_name, word

RHYTHMS = (("day", 1), ("week", 1), ("week", 2), ("month", 1), ("month", 3), ("month", 6), ("year", 1))
POSTS = (
    Role.CLERK,
    Role.HEAD,
    Role.GRID_WORKER,
    Role.BUILDING_HEAD,
    Role.REGISTRAR,
    Role.CITY_MANAGEMENT_OFFICER,
    Role.VOLUNTEER,
)
_DAY = {"type": "date", "class": "q-input--short"}
_A_DAY = {"invalid": _("Write a day, for example 2026-09-30")}


class DaysForm(forms.Form):
    """A first and a last day."""

    starts = forms.DateField(
        label=_("From"),
        error_messages={"required": _("Write the first day, for example 2026-07-01"), **_A_DAY},
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )
    ends = forms.DateField(
        label=_("To"),
        error_messages={"required": _("Write the last day, for example 2026-12-31"), **_A_DAY},
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("starts") and values.get("ends") and values["starts"] > values["ends"]:
            self.add_error("ends", _("The last day must not lie before the first."))
        return values


class EditForm(forms.Form):
    """Everything on a card that a person may put differently. What stays as it is changes nothing."""

    title = forms.CharField(
        label=_("What is to be done"),
        max_length=300,
        error_messages={"required": _("Write what is to be done, for example: clean the water tanks")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.ChoiceField(label=_("Who is responsible"), required=False)
    owner_words = forms.CharField(
        label=_("Somebody else (may be left out)"),
        help_text=_("Fill this in only if nobody in the list above fits."),
        required=False,
        max_length=300,
    )
    when = forms.ChoiceField(label=_("When"), required=False)
    starts = forms.DateField(
        label=_("First day, for “between two days”"),
        required=False,
        error_messages=_A_DAY,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )
    ends = forms.DateField(
        label=_("Last day"),
        required=False,
        error_messages=_A_DAY,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )
    quantity = forms.DecimalField(
        label=_("How many (may be left out)"),
        required=False,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        error_messages={"invalid": _("Write a number, for example 14")},
        widget=forms.NumberInput(attrs={"class": "q-input--short", "inputmode": "decimal", "step": "any"}),
    )
    quantity_unit = forms.CharField(
        label=_("Of what, for example 處 or 人"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "q-input--short"}),
    )
    measure = forms.ChoiceField(label=_("Kind of action"), required=False, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, action: ActionCard, people: Sequence[PersonView] = ()) -> None:
        super().__init__(data, auto_id=f"id_{action.id}_%s", initial=_initial(action))
        self.action = action
        self._choices("owner", _owners(action, people))
        self._choices("when", _times(action))
        self._choices("measure", _measures(action))

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("when") == "between":
            if not values.get("starts") and "starts" not in self.errors:
                self.add_error("starts", _("Write the first day, for example 2026-07-01"))
            if not values.get("ends") and "ends" not in self.errors:
                self.add_error("ends", _("Write the last day, for example 2026-12-31"))
            if values.get("starts") and values.get("ends") and values["starts"] > values["ends"]:
                self.add_error("ends", _("The last day must not lie before the first."))
        return values

    @property
    def changes(self) -> dict[str, Any]:
        """What `edit_action` takes: only what is different now."""
        values, before = self.cleaned_data, self.initial
        named = ("title", "quantity_unit", "measure")
        changes = {name: values[name] for name in named if values[name] != before[name]}
        if values["quantity"] != self.action_quantity:
            changes |= {"quantity": values["quantity"], "quantity_words": ""}
        if values["owner_words"]:
            changes["owner"] = {"words": values["owner_words"]}
        elif values["owner"] not in ("", before["owner"]):
            changes["owner"] = _owner_of(values["owner"])
        return changes

    @property
    def action_quantity(self) -> Decimal | None:
        return None if self.action.quantity is None else Decimal(str(self.action.quantity))

    @property
    def time(self) -> Mapping[str, Any] | None:
        """What `set_schedule` takes; None where the time stays as it is."""
        chosen = self.cleaned_data["when"]
        if not chosen:
            return None
        if chosen == "between":
            return {"between": [self.cleaned_data["starts"].isoformat(), self.cleaned_data["ends"].isoformat()]}
        if chosen == "needed":
            return {"as_needed": True}
        frequency, interval = chosen.split(".")
        return {"repeat": {"frequency": frequency, "interval": int(interval), "count": 1}}


class SplitForm(forms.Form):
    """Where an action is cut in two: at one of the places offered, or where a person breaks its passage's line."""

    at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    passage = forms.CharField(
        label=_("Somewhere else"),
        help_text=_("Put the cursor where the second action begins, and press Enter once."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, action: ActionCard, text: str) -> None:
        self.begin = action.begin or 0
        self.original = text[self.begin : action.end or 0]
        shown = " ".join(self.original.splitlines())
        super().__init__(data, auto_id=f"id_{action.id}_%s", initial={"passage": shown})

    @property
    def places(self) -> list[tuple[int, str, str]]:
        """Ready places: the character of the text, the words before it and those behind it."""
        inside = (found.end() for found in _CLAUSE_END.finditer(self.original))
        return [
            (self.begin + place, self.original[:place], self.original[place:])
            for place in inside
            if self.original[place:].strip()
        ][:MOST_PLACES]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("at") is None and not self.errors:
            values["at"] = self.begin + self._broken(values.get("passage", ""))
        return values

    def _broken(self, passage: str) -> int:
        """How many characters of the original stand before the break."""
        before, broken, behind = passage.replace("\r\n", "\n").strip("\n").partition("\n")
        if not broken or not before.strip() or not behind.strip():
            self.add_error("passage", _("Press Enter once in the middle, where the second action begins."))
        elif _bare(before + behind) != _bare(self.original):
            self.add_error("passage", _("The words were changed. Only break the line; the words stay as they are."))
        wanted, seen = len(_bare(before)), 0
        for place, sign in enumerate(self.original):
            if seen == wanted:
                return place
            seen += not sign.isspace()
        return len(self.original)


_CLAUSE_END = re.compile(r"[，,；;。、]+")
MOST_PLACES = 8


def _bare(text: str) -> str:
    return "".join(text.split())


def _initial(action: ActionCard) -> dict[str, Any]:
    return {
        "title": action.title,
        "owner": _owner_code(action),
        "owner_words": "",
        "when": "",
        "quantity": action.quantity,
        "quantity_unit": action.quantity_unit,
        "measure": action.measure,
    }


def _owner_code(action: ActionCard) -> str:
    match action.owner.kind:
        case "role":
            return f"role:{action.owner.name}:{action.owner.id or ''}"
        case "person":
            return f"person:{action.owner.id}"
        case _:
            return ""


def _owners(action: ActionCard, people: Sequence[PersonView]) -> list[tuple[str, Any]]:
    present = _owner_code(action)
    unnamed = action.owner.name if action.owner.kind in ("words", "party") else _("Nobody is named")
    choices: list[tuple[str, Any]] = [] if present else [("", unnamed)]
    roles = [(f"role:{role.value}:", word(ROLES, role.value)) for role in POSTS]
    named = [(f"person:{one.id}", one.name) for one in people]
    known = {value for value, _ in (*roles, *named)}
    if present and present not in known:
        choices.append((present, who_name(action.owner)))
    choices.append((gettext("By post"), roles))
    return [*choices, (gettext("By name"), named)] if named else choices


def _owner_of(code: str) -> dict[str, str]:
    kind, _colon, rest = code.partition(":")
    if kind == "person":
        return {"person_id": rest}
    role, _colon, unit_id = rest.partition(":")
    return {"role": role, "role_unit_id": unit_id}


def _times(action: ActionCard) -> list[tuple[str, Any]]:
    said = "、".join(one.surface for one in action.schedules if one.surface)
    stays = _("As it is: %(words)s") % {"words": said} if said else _("As it is")
    rhythms = [(f"{frequency}.{interval}", every(frequency, interval)) for frequency, interval in RHYTHMS]
    return [("", stays), *rhythms, ("between", _("Between two days")), ("needed", _("When there is need"))]


def _measures(action: ActionCard) -> list[tuple[str, Any]]:
    ids = [action.measure, *(str(candidate["measure"]) for candidate in action.candidates[:3])]
    known = [(one, measure_name(one)) for one in dict.fromkeys(ids) if one]
    return [*known, ("", _("None of these"))]
