"""What the plan doctor found, as sentences; what can be tapped, as words on a button."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from qingli.plan.rules.doctor import Fix
from qingli.public.trial import Shown, surface_of
from qingli.web.templatetags.web import day

SENTENCES: Mapping[str, str | Promise] = {
    "vague-schedule": _("“%(word)s” does not say how often."),
    "ambiguous-schedule": _("“%(word)s” can be read in more than one way."),
    "open-schedule": _("“%(word)s” does not give a day that can be found in a calendar."),
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


def say(shown: Shown, *, one: bool = False) -> str:
    """The sentence for a finding; several of a kind are counted, or each is spoken of alone (`one`)."""
    many = 1 if one else len(shown.places)
    if shown.code == "no-owner":
        return ngettext(
            "One action does not say who is responsible.", "%(n)s actions do not say who is responsible.", many
        ) % {"n": many}
    if shown.code == "no-schedule":
        return ngettext(
            "One action does not say when or how often.", "%(n)s actions do not say when or how often.", many
        ) % {"n": many}
    if shown.code == "placeholder":
        surface, places = surface_of(shown), 1 if one else len(shown.facts.get("spans", ()))
        if places > 1:
            said = gettext("“%(surface)s” is left to be filled in at %(n)s places.")
            return said % {"surface": surface, "n": places}
        return gettext("“%(surface)s” is left to be filled in.") % {"surface": surface}
    sentence = SENTENCES.get(shown.code)
    return str(sentence) % {name: _word(value) for name, value in shown.facts.items()} if sentence else shown.code


def _word(value: Any) -> str:
    return day(value) if isinstance(value, date) else str(value)


def label(fix: Fix) -> str:
    """The words on the button of a fix: the answer itself, wherever there is one."""
    if fix.code in ("fill-year", "fill-name", "own-name", "set-frequency", "take-reading") and fix.edits:
        return gettext("Write “%(words)s”") % {"words": fix.edits[0].replacement}
    if fix.code == "last-day" and fix.edits:
        return gettext("Write day %(n)s, the month's last") % {"n": fix.edits[0].replacement}
    words = {
        "renumber": gettext("Number anew"),
        "take-out": gettext("Take this one out"),
        "drop-name": gettext("Take the name out"),
    }
    return words.get(fix.code, "")
