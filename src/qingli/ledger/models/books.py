"""Accounts, earmarks, bookings with their lines, and what lies where.

Bookings and lines are only added. `Balance` is what the lines of an account add up to under one earmark; it is written
with them, under the lock of the account, so that no page has to add them up.
"""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from qingli.ledger.rules.kinds import AccountKind
from qingli.ledger.rules.money import LARGEST
from qingli.lib.ids import new_id


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


def _kind_known(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(kind__in=[kind.value for kind in AccountKind]))


class Account(models.Model):
    """專款帳戶: where money comes from, lies, or went. A category of spending is an account too."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=_choices(AccountKind))
    name = models.CharField(max_length=80)
    category = models.CharField(max_length=30, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "name"), condition=Q(closed_at__isnull=True), name="ledger_account_name_once"
            ),
            models.UniqueConstraint(
                fields=("unit", "category"),
                condition=Q(closed_at__isnull=True, kind="expense"),
                name="ledger_account_category_once",
            ),
            models.CheckConstraint(
                name="ledger_account_expense_has_category",
                condition=(Q(kind="expense") & ~Q(category="")) | (~Q(kind="expense") & Q(category="")),
            ),
            models.CheckConstraint(name="ledger_account_named", condition=~Q(name="")),
            _kind_known("ledger_account_kind_known"),
        )
        indexes = (models.Index(fields=("unit", "kind", "name"), name="ledger_account_of_unit"),)

    def __str__(self) -> str:
        return self.name


class Earmark(models.Model):
    """專款用途: what some money is for, and whose it is.

    `source_type` and `source_id` name what the money was given for, in a room above; each such thing has one earmark.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=80)
    categories = models.JSONField()
    source_type = models.CharField(max_length=30, blank=True)
    source_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "name"), condition=Q(source_id__isnull=True), name="ledger_earmark_name_once"
            ),
            models.UniqueConstraint(
                fields=("source_type", "source_id"),
                condition=Q(source_id__isnull=False),
                name="ledger_earmark_source_once",
            ),
            models.CheckConstraint(
                name="ledger_earmark_source_whole",
                condition=(Q(source_id__isnull=True, source_type=""))
                | (Q(source_id__isnull=False) & ~Q(source_type="")),
            ),
            models.CheckConstraint(name="ledger_earmark_named", condition=~Q(name="")),
        )
        indexes = (models.Index(fields=("unit", "id"), name="ledger_earmark_of_unit"),)

    def __str__(self) -> str:
        return self.name


class Booking(models.Model):
    """一筆收支: one movement of money. It is never changed; another one reverses it, and then it stands no longer.

    `person` is who booked it, null for the house itself. A reference stands once: what was paid is not paid again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    words = models.CharField(max_length=200)
    reference = models.CharField(max_length=120, blank=True)
    person = models.ForeignKey("ground.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    booked_at = models.DateTimeField()
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    reversed_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("reference",),
                condition=Q(reversed_by__isnull=True) & ~Q(reference=""),
                name="ledger_booking_reference_once",
            ),
            models.CheckConstraint(name="ledger_booking_has_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="ledger_booking_reversal_without_reference", condition=Q(reverses__isnull=True) | Q(reference="")
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Line(models.Model):
    """One line of a booking, in fen. `unit` is the account's, `on` the booking's: lists are read from here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("ground.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    earmark = models.ForeignKey(Earmark, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    on = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("booking", "position"), name="ledger_line_position_once"),
            models.CheckConstraint(
                name="ledger_line_amount_in_range",
                condition=~Q(amount=0) & Q(amount__gte=-LARGEST, amount__lte=LARGEST),
            ),
        )
        indexes = (
            models.Index(fields=("unit", "on", "booking"), name="ledger_line_of_unit"),
            models.Index(fields=("account", "on", "booking"), name="ledger_line_of_account"),
            models.Index(fields=("earmark", "on", "booking"), name="ledger_line_of_earmark"),
        )

    def __str__(self) -> str:
        return str(self.id)


class Balance(models.Model):
    """餘額: what an account's lines add up to under one earmark, or free.

    `kind` is the account's and never changes: with it the database itself refuses an empty fund.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="balances", db_index=False)
    earmark = models.ForeignKey(Earmark, on_delete=models.PROTECT, null=True, related_name="balances")
    kind = models.CharField(max_length=10, choices=_choices(AccountKind))
    amount = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("account", "earmark"), condition=Q(earmark__isnull=False), name="ledger_balance_once"
            ),
            models.UniqueConstraint(
                fields=("account",), condition=Q(earmark__isnull=True), name="ledger_balance_free_once"
            ),
            models.CheckConstraint(name="ledger_balance_not_below_zero", condition=Q(kind="source") | Q(amount__gte=0)),
            _kind_known("ledger_balance_kind_known"),
        )

    def __str__(self) -> str:
        return str(self.id)
