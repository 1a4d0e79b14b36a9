"""Forms of the staff pages. One question, one field; what may be left out says so."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class RecordForm(forms.Form):
    """What was done: words, a number, at most one photo; all of it may be left out."""

    words = forms.CharField(
        label=_("What was done (may be left out)"),
        help_text=_("One sentence is enough, for example: stairs of house 3 cleared."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    amount = forms.DecimalField(
        label=_("How much (may be left out)"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        error_messages={"invalid": _("Write a number, for example 12")},
        widget=forms.NumberInput(attrs={"class": "q-input--short", "inputmode": "decimal", "step": "any"}),
    )
    photo = forms.FileField(
        label=_("Photo (may be left out)"),
        help_text=_("One at most. Where it was taken is removed from it."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )

    def __init__(self, *args: Any, unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unit:
            self.fields["amount"].label = _("How many %(unit)s (may be left out)") % {"unit": unit}


class CorrectionForm(RecordForm):
    """What should have been written, and why it changes."""

    reason = forms.CharField(
        label=_("What was wrong?"),
        max_length=300,
        error_messages={"required": _("Write what was wrong, for example: counted twice.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["photo"]


class NotDoneForm(forms.Form):
    """Why something cannot be done, and the day on which it will be, where there is one."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Residents see the reason beside the late task."),
        max_length=300,
        error_messages={"required": _("Write the reason, for example: heavy rain, the yard was locked.")},
    )
    new_due = forms.DateField(
        label=_("New day (may be left out)"),
        help_text=_("With a new day it stays on the list. Without one it is not done any more."),
        required=False,
        error_messages={"invalid": _("Write a day, for example 2026-12-15")},
        widget=forms.DateInput(attrs={"type": "date", "class": "q-input--short"}, format="%Y-%m-%d"),
    )


class HandOverForm(forms.Form):
    """Who takes over, and why."""

    person = forms.TypedChoiceField(
        label=_("Who takes over?"), coerce=UUID, error_messages={"required": _("Choose who is to take over.")}
    )
    reason = forms.CharField(label=_("Why? (may be left out)"), required=False, max_length=300)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("Choose")), *people]


class ReasonForm(forms.Form):
    """Why a done task is opened again."""

    reason = forms.CharField(
        label=_("What was wrong?"),
        max_length=300,
        error_messages={"required": _("Write what was wrong, for example: ticked by mistake.")},
    )


class AdoptForm(forms.Form):
    """When, and by whom, the plan was adopted."""

    on = forms.DateField(
        label=_("On which day?"),
        error_messages={
            "required": _("Write the day, for example 2026-06-24"),
            "invalid": _("Write a day, for example 2026-06-24"),
        },
        widget=forms.DateInput(attrs={"type": "date", "class": "q-input--short"}, format="%Y-%m-%d"),
    )
    way = forms.ChoiceField(
        label=_("Who adopted it?"),
        choices=[("committee", _("The committee")), ("residents", _("The residents' meeting"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("Note (may be left out)"), required=False, max_length=300)

    def __init__(self, *args: Any, unread: int = 0, **more: Any) -> None:
        super().__init__(*args, **more)
        if unread:
            self.fields["unread"] = _unread(unread)

    @property
    def facts(self) -> dict[str, Any]:
        """What the deed takes; the tick is between the form and the person."""
        return {name: value for name, value in self.cleaned_data.items() if name != "unread"}


def _unread(number: int) -> forms.MultipleChoiceField:
    """Actions that nobody looked at become promises only if somebody says so."""
    label = ngettext("%(n)s action has not been looked at", "%(n)s actions have not been looked at", number)
    return forms.MultipleChoiceField(
        label=label % {"n": number},
        help_text=_("What was read may be wrong. Go back to the draft and look, or take it as it was read."),
        choices=[("promised", _("What was not looked at counts as promised"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick this, or go back to the draft and look at the rest.")},
    )


class AmendmentForm(AdoptForm):
    """When, by whom and why an amendment was adopted."""

    reason = forms.CharField(
        label=_("Why was the plan amended?"),
        max_length=300,
        error_messages={"required": _("Write the reason, for example: the square is being rebuilt.")},
    )


class PeriodForm(forms.Form):
    """From when to when the plan runs."""

    starts = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date", "class": "q-input--short"}, format="%Y-%m-%d"),
    )
    ends = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date", "class": "q-input--short"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("starts") and values.get("ends") and values["starts"] > values["ends"]:
            self.add_error("ends", _("The last day must not lie before the first."))
        return values


class CloseForm(forms.Form):
    """Why what is still open was not done, for all of it; and a word at the end, where there is one."""

    reason = forms.CharField(
        label=_("Why was the rest not done?"),
        help_text=_("Stands beside each task that is still open. Where everything is answered, leave it out."),
        required=False,
        max_length=300,
    )
    words = forms.CharField(
        label=_("A word at the end (may be left out)"),
        help_text=_("Needed when the plan is closed before its last day."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CarryOverForm(PeriodForm):
    """Name and period of the plan that takes over what was left."""

    title = forms.CharField(
        label=_("Name of the new plan"),
        max_length=200,
        error_messages={"required": _("Write a name, for example: Plan for the first half of 2027")},
    )
    field_order = ("title", "starts", "ends")
