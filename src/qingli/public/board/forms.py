"""The form with which anybody replies to a notice."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from qingli.board.rules import ReplyKind, Subject


class ReplyForm(forms.Form):
    """An opinion or an objection. An objection needs name and contact, which the deed says at their fields."""

    kind = forms.ChoiceField(
        label=_("What do you want to send?"),
        choices=[
            (ReplyKind.OPINION.value, _("An opinion: read and answered")),
            (ReplyKind.OBJECTION.value, _("An objection: what depends on the notice waits until it is decided")),
        ],
        initial=ReplyKind.OPINION.value,
        error_messages={"required": _("Choose opinion or objection.")},
        widget=forms.RadioSelect,
    )
    subject_id = forms.TypedChoiceField(label=_("What is it about?"), coerce=UUID, empty_value=None, required=False)
    words = forms.CharField(
        label=_("What do you have to say?"),
        help_text=_("At most 2,000 characters. What you write is not published; the answer is."),
        error_messages={
            "required": _("Write what you have to say, for example: there are fifteen tanks, not fourteen.")
        },
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = forms.CharField(
        label=_("Your name (an opinion needs none)"),
        help_text=_("Only those who answer see name and contact; both can be erased after the answer."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=_("How can we reach you? (an opinion needs none)"),
        help_text=_("A telephone number or another way. Never an identity number."),
        required=False,
    )

    def __init__(self, *args: Any, subjects: Sequence[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["subject_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("The whole notice")), *((str(one.id), one.label) for one in subjects)]
        if not subjects:
            del self.fields["subject_id"]
