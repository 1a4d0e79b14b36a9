"""Tags of the page on which a visitor's plan is mended."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from qingli.papers import ActionRow
from qingli.plan.rules.diff import compare_texts
from qingli.plan.rules.doctor import Fix
from qingli.public import sentences, trial_paper
from qingli.public.trial import Shown, Trial, surface_of

register = template.Library()

_REPLACEABLE = {
    "placeholder",
    "vague-schedule",
    "open-schedule",
    "no-such-day",
    "outside-period",
    "outside-stage",
    "foreign-name",
    "foreign-signature",
    "mixed-names",
    "unknown-person",
}


@register.filter
def sentence(shown: Shown) -> str:
    return sentences.say(shown)


@register.filter
def surface(shown: Shown) -> str:
    return surface_of(shown)


@register.filter
def plan_lang(trial: Trial) -> str:
    """The language of the plan's own words, for screen readers and fonts."""
    return "zh-Hans" if trial.plan.script == "Hans" else "zh-Hant"


@register.filter
def button(fix: Fix) -> str:
    return sentences.label(fix)


@register.filter
def can_write(shown: Shown) -> bool:
    """Whether other words can stand in place of what the finding is about."""
    return shown.code in _REPLACEABLE


@register.filter
def frequencies(_trial: Trial) -> tuple[str, ...]:
    return trial_paper.FREQUENCIES


@register.filter
def rows(trial: Trial) -> tuple[ActionRow, ...]:
    return trial_paper.paper_of(trial).actions


@register.filter
def get(values: Mapping[str, Any], name: str) -> Any:
    return values.get(name)


@register.simple_tag
def owner_words(trial: Trial) -> str:
    """What most plans would write; it can be typed over."""
    return "由环保专干负责" if trial.plan.script == "Hans" else "由環保專幹負責"


@register.simple_tag
def marked(trial: Trial) -> SafeString:
    """The plan as it stands, with what was put right set off from the original."""
    parts = []
    for passage in compare_texts(trial.original, trial.text):
        element = {"same": "{}", "added": "<ins>{}</ins>", "removed": "<del>{}</del>"}[passage.kind]
        parts.append((format_html(element, passage.text),))
    return format_html("<pre>{}</pre>", format_html_join("", "{}", parts))
