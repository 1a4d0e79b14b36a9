"""What the plan doctor found, as sentences; what can be tapped, as words on a button."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from qingli.plan.rules.doctor import Fix
from qingli.public.trial import Shown, surface_of
from qingli.web import findings
from qingli.web.findings import filled

SENTENCES: Mapping[str, str | Promise] = {
    "vague-schedule": _("“%(word)s” does not say how often."),
    "ambiguous-schedule": _("“%(word)s” can be read in more than one way."),
    "open-schedule": _("“%(word)s” does not give a day that can be found in a calendar."),
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
        return filled(findings.SENTENCES["placeholder"], {"surface": surface})
    sentence = SENTENCES.get(shown.code) or findings.SENTENCES.get(shown.code)
    return filled(sentence, shown.facts) if sentence else shown.code


def label(fix: Fix) -> str:
    """The words on the button of a fix: the answer itself, wherever there is one."""
    if fix.code == "last-day" and fix.edits:
        return gettext("Write day %(n)s, the month's last") % {"n": fix.edits[0].replacement}
    written = fix.code in ("fill-year", "fill-name", "own-name", "set-frequency", "take-reading") and fix.edits
    return findings.fix_words(fix.code, fix.edits[0].replacement if written else None)
