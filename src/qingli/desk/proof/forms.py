"""Forms of the pages of proof."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingli.catalogue import Criterion


class MarkForm(forms.Form):
    """Points for a judged criterion, and why."""

    points = forms.IntegerField(label=_("Points"), widget=forms.NumberInput(attrs={"class": "q-input--short"}))
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("What you saw, in a sentence or two. Name no residents."),
        max_length=500,
        error_messages={"required": _("Write why, for example: the board at the gate is renewed every month")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["points"]
        wrong = gettext("Write a whole number from 0 to %(most)s") % {"most": criterion.points}
        field.help_text = gettext("From 0 to %(most)s; all of them only where nothing is wanting.") % {
            "most": criterion.points
        }
        field.error_messages |= {"required": wrong, "invalid": wrong}
        field.widget.attrs |= {"min": 0, "max": criterion.points, "inputmode": "numeric"}
        self.most, self.wrong = criterion.points, wrong

    def clean_points(self) -> int:
        points: int = self.cleaned_data["points"]
        if not 0 <= points <= self.most:
            raise forms.ValidationError(self.wrong)
        return points
