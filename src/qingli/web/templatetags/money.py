"""Tags about money: fen as yuan, and the words of its codes."""

from collections.abc import Collection

from django import template
from django.utils.translation import gettext, pgettext

from qingli.ledger import rules
from qingli.web import words, words_ledger

register = template.Library()


@register.filter
def yuan(fen: int) -> str:
    """1,200.50 yuan or 1,200.50元."""
    return gettext("%(amount)s yuan") % {"amount": rules.yuan(fen)}


@register.filter
def moved(fen: int) -> str:
    """An amount that comes or goes: with its sign, a true minus."""
    return ("+" if fen > 0 else "−") + yuan(abs(fen))


@register.filter
def negated(fen: int) -> int:
    return -fen


@register.filter
def category(code: str) -> str:
    return words.word(words_ledger.CATEGORIES, code)


@register.filter
def account_kind(code: str) -> str:
    return words.word(words_ledger.ACCOUNT_KINDS, code)


@register.filter
def listed(codes: Collection[str]) -> str:
    """Categories one after another, in the order of the list: greening, equipment."""
    known = [code for code in words_ledger.CATEGORIES if code in codes]
    return pgettext("between the things of a list", ", ").join(map(category, known))
