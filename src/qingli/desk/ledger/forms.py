"""Forms about money. Amounts are typed in yuan and become fen exactly: no float on the way."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingli.ledger.queries import AccountView, BalanceView, EarmarkView
from qingli.ledger.rules import AccountKind, Category, LedgerError, fen_of
from qingli.web.asking import UnitView
from qingli.web.templatetags.money import yuan
from qingli.web.words import explain, word
from qingli.web.words_ledger import ACCOUNT_KINDS, CATEGORIES

Place = tuple[UUID, UUID | None]
FREE = "free"
MOST_BUTTONS = 12  # to choose from at a glance; more become a list that opens
OFFERED = _("This is no longer offered. Choose one of those shown.")


class YuanField(forms.CharField):
    """Yuan as people type them (1200, 1,200.50); the value is fen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=40,
            error_messages={"required": _("Write an amount in yuan, for example 1,200.50")},
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "q-input--short"}),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        try:
            return fen_of(super().clean(value))
        except LedgerError as error:
            raise ValidationError(explain(error)) from error


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        error_messages={"required": _("Write on which day"), "invalid": _("Write a day, for example 2026-12-15")},
        widget=forms.DateInput(attrs={"type": "date", "class": "q-input--short"}, format="%Y-%m-%d"),
        **kwargs,
    )


def _words(hint: Any) -> forms.CharField:
    return forms.CharField(
        label=_("What for"), help_text=hint, max_length=200, error_messages={"required": _("Write what it was for")}
    )


def place_id(account_id: UUID, earmark_id: UUID | None) -> str:
    """Money in one place, as a choice of a form."""
    return f"{account_id}:{earmark_id or FREE}"


def _place(value: str) -> Place:
    account, _colon, earmark = value.partition(":")
    return UUID(account), None if earmark == FREE else UUID(earmark)


class SpendForm(forms.Form):
    """Which money, on what, how much, when."""

    money = forms.TypedChoiceField(
        label=_("Which money"),
        coerce=_place,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which money it was paid from"), "invalid_choice": OFFERED},
    )
    category = forms.ChoiceField(
        label=_("Spent on"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it was spent on"), "invalid_choice": OFFERED},
    )
    amount = YuanField(label=_("Amount in yuan"))
    on = _day(_("Day of payment"))
    words = _words(_("One line without names of residents, for example: 40 shrubs for the east gate."))

    def __init__(
        self,
        *args: Any,
        balances: Iterable[BalanceView],
        funds: Iterable[AccountView],
        categories: Sequence[str],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        names = {fund.id: fund.name for fund in funds}
        places = [(place_id(row.account_id, row.earmark_id), _money(row, names)) for row in balances]
        self._choose("money", places)
        self._choose("category", [(code, word(CATEGORIES, code)) for code in categories])
        self.initial.setdefault("on", today)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        if len(choices) > MOST_BUTTONS:
            field.widget = forms.Select()
            choices = [("", ""), *choices]
        field.choices = choices
        if len(choices) == 1:
            self.initial.setdefault(name, choices[0][0])


def _money(row: BalanceView, names: dict[UUID, str]) -> str:
    facts = {"what": row.earmark_name, "fund": names[row.account_id], "left": yuan(row.amount)}
    if row.earmark_id is None:
        return gettext("Free money in %(fund)s, %(left)s left") % facts
    return gettext("%(what)s in %(fund)s, %(left)s left") % facts


class ReceiveForm(forms.Form):
    """Where money came from, into which fund, and what it is for."""

    source = forms.TypedChoiceField(
        label=_("Where it comes from"),
        coerce=UUID,
        error_messages={"required": _("Choose where it comes from"), "invalid_choice": OFFERED},
    )
    fund = forms.TypedChoiceField(
        label=_("Into which fund"),
        coerce=UUID,
        error_messages={"required": _("Choose a fund"), "invalid_choice": OFFERED},
    )
    earmark = forms.TypedChoiceField(
        label=_("What it is for"),
        help_text=_("Money under an earmark can be spent on nothing else."),
        coerce=lambda value: None if value == FREE else UUID(value),
        empty_value=None,
        error_messages={"required": _("Choose what the money is for"), "invalid_choice": OFFERED},
    )
    amount = YuanField(label=_("Amount in yuan"))
    on = _day(_("Day on which it came"))
    words = _words(_("One line, for example: grant for the second half of the year."))

    def __init__(
        self, *args: Any, accounts: Iterable[AccountView], earmarks: Iterable[EarmarkView], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("source", AccountKind.SOURCE), ("fund", AccountKind.FUND)):
            choices = [(str(row.id), row.name) for row in accounts if row.kind is kind]
            _choices(self, name, choices if len(choices) == 1 else [("", ""), *choices])
        bound = [(str(row.id), row.name) for row in earmarks]
        _choices(self, "earmark", [("", ""), *bound, (FREE, gettext("for nothing in particular"))])
        self.initial.setdefault("on", today)


def category_name(unit: UnitView, code: str) -> str:
    """What the account of a kind of spending is called: the word for it in the unit's own script."""
    with translation.override(unit.script.value):
        return word(CATEGORIES, code)


class AccountForm(forms.Form):
    """A fund, a source, or a kind of spending."""

    kind = forms.TypedChoiceField(
        label=_("What is it?"),
        coerce=AccountKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the account is"), "invalid_choice": OFFERED},
    )
    category = forms.ChoiceField(
        label=_("What is paid from it (only for a kind of spending)"),
        required=False,
        error_messages={"invalid_choice": OFFERED},
    )
    name = forms.CharField(
        label=_("Name (may be left out for a kind of spending)"),
        help_text=_("For example: fund of the community, special fund of the city."),
        max_length=80,
        required=False,
    )

    def __init__(self, *args: Any, unit: UnitView, taken: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unit = unit
        order = (AccountKind.FUND, AccountKind.SOURCE, AccountKind.EXPENSE)
        _choices(self, "kind", [(kind, word(ACCOUNT_KINDS, kind)) for kind in order])
        left = [(code.value, word(CATEGORIES, code)) for code in Category if code not in taken]
        _choices(self, "category", [("", ""), *left])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("kind") is AccountKind.EXPENSE and "category" in values:
            if not values["category"]:
                self.add_error("category", explain(LedgerError("category-missing")))
            else:
                values["name"] = values.get("name") or category_name(self._unit, values["category"])
        elif values.get("kind") is not AccountKind.EXPENSE and not values.get("name", "-"):
            self.add_error("name", gettext("Write a name, for example: fund of the community"))
        return values


class EarmarkForm(forms.Form):
    """What some money is for."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("What the money was given for, with the year, for example: model community award 2026."),
        max_length=80,
        error_messages={"required": _("Write a name, for example: model community award 2026")},
    )
    categories = forms.MultipleChoiceField(
        label=_("The money may be spent on"),
        help_text=_("As the paper says with which it was given. It cannot be widened later."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that the money is for."), "invalid_choice": OFFERED},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["categories"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code.value, word(CATEGORIES, code)) for code in Category]


class UndoForm(forms.Form):
    """Why a booking is undone."""

    reason = forms.CharField(
        label=_("What was wrong?"),
        help_text=_("Both bookings stay and can be read."),
        max_length=200,
        error_messages={"required": _("Write what was wrong, for example: entered twice.")},
    )


def _choices(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
