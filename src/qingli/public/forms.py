"""Forms of the pages without an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingli.ground.rules import GroundError, clean_text
from qingli.public.trial import LONGEST
from qingli.web.words import explain


class PlanForm(forms.Form):
    """A plan as a file or as text."""

    file = forms.FileField(
        label=_("Choose a file, or drag it here"),
        help_text=_("Word (.docx), PDF with text, or plain text, up to 20 MB"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt,.doc,.odt,.wps,.rtf"}),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "q-input--tall"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        file, text = values.get("file"), (values.get("text") or "").strip()
        if not file and not text and "file" not in self.errors:
            self.add_error("text", _("Choose a file or paste a plan, for example last half-year's."))
        if file and file.size > 20 * 1024 * 1024:
            self.add_error("file", _("This file is larger than 20 MB. Take out the pictures, or paste the text."))
        if len(text) > LONGEST:
            self.add_error("text", _("This is more than 200,000 characters. Paste one plan at a time."))
        return values


class PlaceForm(forms.Form):
    """Whose plan it is, as far as the visitor cares to say."""

    community = forms.CharField(
        label=_("Name of your community (may be left out)"),
        help_text=_("Then other places' names that were left in by copying are found, for example 柳塘社區."),
        required=False,
        max_length=60,
    )
    year = forms.IntegerField(
        label=_("Which year is the plan for?"),
        required=False,
        min_value=1990,
        max_value=2200,
        error_messages={"invalid": _("Write a year, for example 2026")},
        widget=forms.NumberInput(attrs={"class": "q-input--short"}),
    )


class KeepForm(forms.Form):
    """The community that keeps the plan, and its first person."""

    community = forms.CharField(
        label=_("Name of the community"),
        help_text=_("For example 柳塘社區 or 甘棠里"),
        max_length=60,
        error_messages={"required": _("Write the name of your community, for example 柳塘社區")},
    )
    name = forms.CharField(
        label=_("Your name"), max_length=40, error_messages={"required": _("Write your name, for example 林秀琴")}
    )
    username = forms.CharField(
        label=_("User name for signing in"),
        help_text=_("Letters, digits, full stops or hyphens, for example lin.xiuqin"),
        max_length=40,
        error_messages={"required": _("Write a user name, for example lin.xiuqin")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least ten signs; a short sentence is good."),
        strip=False,
        max_length=200,
        error_messages={"required": _("Write a password of at least ten signs")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_name(self) -> str:
        """Looked at here, since the ground's deed calls the community's name and the person's by the same word."""
        try:
            return clean_text(self.cleaned_data["name"], 40, "name")
        except GroundError as error:
            raise forms.ValidationError(explain(error)) from error
