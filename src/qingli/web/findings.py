"""What the plan doctor found, in words, and the words on the buttons that put it right; both faces speak with these."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingli.web.templatetags.web import day

SENTENCES: Mapping[str, str | Promise] = {
    "placeholder": _("“%(surface)s” is left to be filled in."),
    "duplicate-action": _("This says the same as “%(first)s” above."),
    "copy": _("This plan is almost the same as “%(title)s”."),
    "number-gap": _("Before “%(number)s” a number is missing."),
    "number-repeat": _("The number “%(number)s” stands where another was to be expected."),
    "no-such-day": _("There is no such day as “%(surface)s”."),
    "outside-period": _("“%(surface)s” lies outside the time that the plan covers: %(start)s to %(end)s."),
    "outside-stage": _("“%(surface)s” lies outside the stage it stands in (“%(stage)s”)."),
    "foreign-name": _("“%(name)s” looks as if it was left over from another place's plan."),
    "foreign-signature": _("The plan is signed by another community: “%(name)s”."),
    "mixed-names": _("More than one place is named as if it were yours: “%(name)s” is one of them."),
    "unknown-person": _("“%(name)s” is not known here. Still in office?"),
}
FIXES: Mapping[str, str | Promise] = {
    "renumber": _("Number anew"),
    "take-out": _("Take this one out"),
    "drop-name": _("Take the name out"),
}


def filled(sentence: str | Promise, facts: Mapping[str, Any]) -> str:
    """A sentence with what the doctor knows; days as people write them."""
    return str(sentence) % {name: day(fact) if isinstance(fact, date) else str(fact) for name, fact in facts.items()}


def fix_words(code: str, replacement: str | None) -> str:
    """The words on the button of a fix: the answer itself where there is one; empty for what is no button."""
    if code in FIXES:
        return str(FIXES[code])
    return gettext("Write “%(words)s”") % {"words": replacement} if replacement is not None else ""
