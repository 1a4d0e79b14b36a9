"""Forms of the notices and their replies."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingli.board.rules import NoticeKind, Outcome, ReplyKind
from qingli.web.words import word
from qingli.web.words_board import NOTICE_KINDS, OUTCOMES

WRITE_A_DAY = _("Write a day, for example 2026-12-15")


def _day(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        error_messages={"required": WRITE_A_DAY, "invalid": WRITE_A_DAY},
        widget=forms.DateInput(attrs={"type": "date", "class": "q-input--short"}, format="%Y-%m-%d"),
    )


class NoticeForm(forms.Form):
    """What is posted, and from when. The last day is counted; it is written only where it is to be later."""

    kind = forms.ChoiceField(label=_("What kind of notice?"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Heading of the notice"),
        max_length=120,
        error_messages={
            "required": _("Write a heading, for example: Goals for the second half of 2026"),
            "max_length": _("A heading has at most 120 characters. Shorten it."),
        },
    )
    body = forms.CharField(
        label=_("Text"),
        help_text=_("Everybody can read it, without an account. It cannot be changed once it is posted."),
        error_messages={"required": _("Write the text of the notice.")},
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    opens_on = _day(_("Hangs from which day?"), _("Counting begins with the day after."))
    ends_on = _day(
        _("Last day (may be left out)"),
        _("Left out, it is counted: seven calendar days and at least five working days; the later of the two."),
        required=False,
    )

    def __init__(self, *args: Any, goals: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [NoticeKind.GOALS] if goals else [NoticeKind.INFORMATION, NoticeKind.RESULT]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.value, word(NOTICE_KINDS, kind.value)) for kind in kinds]
        field.initial = kinds[0].value
        if goals:
            field.widget = forms.HiddenInput()


class PlaceForm(forms.Form):
    """Where the notice hangs, since when, and a photo for whoever wants to add one."""

    place = forms.CharField(
        label=_("Where does it hang?"),
        help_text=_("For example: board beside the gate of house 3, or the residents' message group."),
        max_length=120,
        error_messages={"required": _("Write where it hangs, for example: board beside the gate of house 3")},
    )
    hung_on = _day(_("Since which day?"))
    photo = forms.FileField(
        label=_("Photo (may be left out)"),
        help_text=_("One at most. Where it was taken is removed from it."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )


class WithdrawForm(forms.Form):
    """Why a notice is withdrawn."""

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        help_text=_("Everybody can read the reason."),
        max_length=300,
        error_messages={"required": _("Write the reason, for example: a number was wrong, a new notice follows.")},
    )


class AnswerForm(forms.Form):
    """How a reply is decided, and why."""

    outcome = forms.ChoiceField(
        label=_("Answer"), error_messages={"required": _("Choose an answer.")}, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The sender and everybody else can read it. Write no names."),
        error_messages={"required": _("Write the reason, for example: we looked on the spot, and there are fifteen.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, kind: ReplyKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [one for one in Outcome if not (kind is ReplyKind.OBJECTION and one is Outcome.NOTED)]
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, word(OUTCOMES, one.value)) for one in choices]


def first_values(title: str, lines: tuple[str, ...], today: date) -> dict[str, Any]:
    """What a form for goals begins with: the plan's own words, numbered."""
    return {
        "title": title,
        "body": "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1)),
        "opens_on": today,
    }
