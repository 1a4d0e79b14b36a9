"""Forms of the pages about programmes, applications and titles."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from qingli.ground.queries import UnitView
from qingli.ledger.queries import AccountView
from qingli.title.queries import ApplicationLine
from qingli.title.rules.money import MONEY_RULES
from qingli.web.words import word
from qingli.web.words_title import GOALS
from qingli.web.words_title import MONEY_RULES as RULE_WORDS

WRITE_A_DAY = _("Write a day, for example 2026-12-15")
WRITE_A_NUMBER = _("Write a number, for example 12")


def day_field(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        error_messages={"required": WRITE_A_DAY, "invalid": WRITE_A_DAY},
        widget=forms.DateInput(attrs={"type": "date", "class": "q-input--short"}, format="%Y-%m-%d"),
    )


def number_field(label: Any, hint: Any = "", *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=required,
        error_messages={"required": WRITE_A_NUMBER, "invalid": WRITE_A_NUMBER},
        widget=forms.NumberInput(attrs={"class": "q-input--short"}),
    )


def text_field(label: Any, example: Any, longest: int, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        error_messages={"required": example, "max_length": _("This is too long. Shorten it.")},
    )


class WordsForm(forms.Form):
    """The one free text of an application. How long it may be is said by the rules, so that nothing typed is cut."""

    words = forms.CharField(
        label=_("What can others learn from you? (may be left out)"),
        help_text=_("At most 1,500 characters. Everything else is filled in from what is known here already."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ReasonForm(forms.Form):
    """Why an application goes back, or is declined."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The community reads this beside its application. At most 500 characters."),
        error_messages={"required": _("Write the reason, for example: the records of the tanks are missing.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NameForm(forms.Form):
    """By which document somebody is named."""

    document = forms.CharField(
        label=_("Number of the naming document (may be left out)"),
        help_text=_("Left out, the approval document of the programme stands on the certificate."),
        required=False,
        max_length=120,
    )


class ProgrammeForm(forms.Form):
    """A programme: whose it is and who approved it."""

    name = text_field(_("Name of the title"), _("Write what communities are called, for example: Green community"), 80)
    issuing_body = text_field(_("Who gives the title?"), _("Write the name of the body as it stands on papers."), 120)
    approval_document = text_field(
        _("Number of the approval document"),
        _("Write the number of the document that approved this programme."),
        120,
        _("A programme without approval is not opened. It never costs a fee."),
    )
    approval_date = day_field(_("Day of the approval document"))
    goal = forms.ChoiceField(
        label=_("What is striven for?"), widget=forms.RadioSelect, choices=list(GOALS.items()), initial="named"
    )
    valid_years = number_field(_("For how many years does the title hold?"))


class CycleForm(forms.Form):
    """One year of a programme."""

    year = number_field(_("Which year?"))
    standard = forms.ChoiceField(label=_("By which standard?"))
    evidence_from = day_field(_("What counts: from which day?"))
    evidence_last = day_field(_("What counts: through which day?"))
    apply_from = day_field(_("Communities apply from"))
    apply_until = day_field(_("Communities apply until"), _("The whole last day counts, in the community's own time."))
    endorse_until = day_field(_("Streets endorse until"), _("After it a silent street is passed by."))
    recommend_until = day_field(_("Districts recommend until"))
    decide_until = day_field(_("The city decides until"))
    quota = number_field(_("How many may be named? (may be left out)"), required=False)
    award_rule = forms.ChoiceField(
        label=_("Which money comes with it?"),
        widget=forms.RadioSelect,
        choices=[(code, word(RULE_WORDS, code)) for code in MONEY_RULES],
        initial="none",
    )

    def __init__(self, *args: Any, standards: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["standard"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(standards)
        rules = self.fields["award_rule"]
        assert isinstance(rules, forms.ChoiceField)
        rules.choices = [(code, word(RULE_WORDS, code)) for code in MONEY_RULES]


class PostForm(forms.Form):
    """Which of the recommended communities are posted, and with which words."""

    applications = forms.TypedMultipleChoiceField(
        label=_("Which communities?"),
        widget=forms.CheckboxSelectMultiple,
        coerce=UUID,
        error_messages={"required": _("Choose at least one of the recommended communities.")},
    )
    title = text_field(_("Heading of the notice"), _("Write a heading for the notice."), 120)
    body = forms.CharField(
        label=_("Text"),
        help_text=_("Everybody can read it, without an account. It cannot be changed once it is posted."),
        error_messages={"required": _("Write the text of the notice.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    ends_on = day_field(
        _("Last day (may be left out)"),
        _("Left out, it is counted. Where the rest days of the year are not known yet, write it."),
        required=False,
    )

    def __init__(self, *args: Any, candidates: Sequence[ApplicationLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["applications"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(line.id), line.unit_name) for line in candidates]
        field.initial = [str(line.id) for line in candidates]


class EnterTitleForm(forms.Form):
    """A title that was given on paper."""

    unit = forms.TypedChoiceField(label=_("Which community?"), coerce=UUID)
    name = text_field(_("Name of the title"), _("Write what communities are called, for example: Green community"), 80)
    issuing_body = text_field(_("Who gave the title?"), _("Write the name of the body as it stands on the paper."), 120)
    document = text_field(_("Number of its document"), _("Write the number that stands on the paper."), 120)
    named_on = day_field(_("On which day was it given?"))
    valid_until = day_field(_("Until when does it hold? (may be left out)"), required=False)

    def __init__(self, *args: Any, units: Sequence[UnitView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(str(unit.id), unit.name) for unit in units]


class PayForm(forms.Form):
    """From where to where one part of an award goes. Where there is no choice nothing is asked."""

    from_account = forms.TypedChoiceField(label=_("From"), coerce=UUID)
    to_account = forms.TypedChoiceField(label=_("Into"), coerce=UUID)

    def __init__(self, *args: Any, sources: Sequence[AccountView], funds: Sequence[AccountView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, accounts in (("from_account", sources), ("to_account", funds)):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = [(str(one.id), one.name) for one in accounts]
            if len(accounts) == 1:
                field.widget, field.initial = forms.HiddenInput(), str(accounts[0].id)
