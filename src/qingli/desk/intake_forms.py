"""Forms by which a plan comes in: as a file, as text, or put together from measures."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingli.desk.forms import PeriodForm

LONGEST = 400_000
"""Characters that a page takes; a longer text is for the command line."""


class IntakeForm(forms.Form):
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
        if not values.get("file") and not (values.get("text") or "").strip() and not self.errors:
            self.add_error("text", _("Choose a file or paste a plan, for example last half-year's."))
        return values


class ComposeForm(PeriodForm):
    """Period and name of a plan that is put together."""

    title = forms.CharField(
        label=_("Name of the plan (may be left out)"),
        help_text=_("Without a name it is called after your unit and the period."),
        required=False,
        max_length=200,
    )
    field_order = ("starts", "ends", "title")


def period_name(starts: date, ends: date) -> str:
    """As Chinese plans call it: 2026年下半年, 2026年, 2026年3月至5月."""
    months = (starts.month, ends.month)
    if starts.year != ends.year:
        return f"{starts.year}年{starts.month}月至{ends.year}年{ends.month}月"
    named = {(1, 6): "上半年", (7, 12): "下半年", (1, 12): ""}.get(months)
    if named is None:
        named = f"{starts.month}月" + (f"至{ends.month}月" if starts.month != ends.month else "")
    return f"{starts.year}年{named}"
