"""Codes of `ledger` as words for people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "bad-amount": _("Write an amount in yuan, more than 0 and with at most two places, for example 1,200.50"),
    "no-lines": _("Say where the money comes from and where it goes."),
    "too-many-lines": _("A booking has at most 40 lines. Make two of it."),
    "not-balanced": _("What is taken and what is given differ. Look at the amounts."),
    "account-closed": _("This account is closed, so nothing was booked. Choose another."),
    "account-not-empty": _("There is still money in this fund. Spend it or pass it on first."),
    "account-already-there": _("There is an account with this name already. Choose another name."),
    "category-missing": _("Choose what is paid from this account."),
    "category-not-wanted": _("Leave the category out: only accounts of spending have one."),
    "category-taken": _("There is an account for this already. Use that one."),
    "category-not-allowed": _("This money may not be spent on that. Choose one of the purposes that it was given for."),
    "no-expense-account": _("There is no account for this kind of spending here yet. Open one first."),
    "no-categories": _("Choose at least one thing that the money is for."),
    "earmark-already-there": _("There is an earmark for this already. Use that one, or choose another name."),
    "earmark-elsewhere": _("This money was given to another unit. Only that unit can spend it."),
    "only-receipts": _("Money can be put into another unit's fund, but not taken from its accounts."),
    "not-a-fund": _("Money is spent from a fund. Choose one."),
    "not-enough": _("There is not that much left. Look at the balance, or write a smaller amount."),
    "too-long-ago": _("This day is too long ago. Look at the year."),
    "already-booked": _("This has been paid already. Nothing was paid a second time."),
    "bad-reference": _("This reference cannot be used. Load the page and try again."),
    "already-reversed": _("This booking has been undone already. Load the page and look."),
    "not-reversible": _("This booking itself undid another. Book the first one again instead."),
}
JOURNAL_KINDS: Mapping[str, str | Promise] = {
    "ledger.account-opened": _("Money account opened"),
    "ledger.account-closed": _("Money account closed"),
    "ledger.earmark-opened": _("Earmark opened"),
    "ledger.booked": _("Booked"),
    "ledger.spent": _("Spent"),
    "ledger.reversed": _("Booking undone"),
}
CATEGORIES: Mapping[str, str | Promise] = {
    "publicity": _("publicity"),
    "activities": _("activities"),
    "training": _("training for residents and staff"),
    "volunteers": _("volunteers"),
    "cleaning": _("cleaning"),
    "greening": _("greening"),
    "waste": _("waste sorting"),
    "water": _("saving water"),
    "energy": _("saving energy"),
    "equipment": _("equipment"),
    "repairs": _("repairs"),
    "surveys": _("surveys and measuring"),
}
ACCOUNT_KINDS: Mapping[str, str | Promise] = {
    "source": _("source of money"),
    "fund": _("fund"),
    "expense": _("kind of spending"),
}
