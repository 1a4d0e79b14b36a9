"""Codes of `ledger` as words for people."""

from collections.abc import Mapping

from django.utils.functional import Promise

REFUSALS: Mapping[str, str | Promise] = {}
JOURNAL_KINDS: Mapping[str, str | Promise] = {}
