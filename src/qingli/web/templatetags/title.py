"""Tags about applications and titles: the words of their codes."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from qingli.catalogue import Names
from qingli.proof.queries import CriterionResult
from qingli.title.queries import ApplicationLine, Station
from qingli.title.rules import STEPS, Reason
from qingli.web import words, words_title
from qingli.web.days import date_words
from qingli.web.templatetags.web import day, number, tag

register = template.Library()

_CELLS = {
    "draft": "open",
    "returned": "wait",
    "withdrawn": "skip",
    "declined": "skip",
    "named": "done",
}
_RESULTS = {
    "met": "done",
    "partly": "part",
    "not-met": "open",
    "not-enough-data": "unsure",
    "to-judge": "wait",
}


@register.filter
def title_level(code: str) -> str:
    return words.word(words_title.LEVELS, code)


@register.filter
def plain_day(value: date) -> str:
    """9 June 2026, without the weekday, as papers write it."""
    return date_words(value)


@register.filter
def goal_word(code: str) -> str:
    return words.word(words_title.GOALS, code)


@register.filter
def payer(code: str) -> str:
    return words.word(words_title.PAYERS, code)


@register.filter
def money_rule(code: str) -> str:
    return words.word(words_title.MONEY_RULES, code)


@register.filter
def reason_words(reason: Reason) -> str:
    """Why not, as a sentence with its day."""
    return words.sentence(words_title.REFUSALS[reason.code], reason.facts)


@register.filter
def named(names: Names) -> str:
    """The name in the language of the page."""
    code = (get_language() or "zh-hant").lower()
    return names.zh_hans if code == "zh-hans" else names.en if code.startswith("en") else names.zh_hant


@register.simple_tag
def application_tag(line: ApplicationLine) -> SafeString:
    """Where an application stands, as cell and word."""
    return tag(_CELLS.get(line.state, "part"), words.word(words_title.STATES, line.state))


@register.simple_tag
def application_steps(line: ApplicationLine) -> SafeString:
    """The stations as cells: passed ones filled, the one that is waited for dashed, the others empty."""
    passed = STEPS.index(line.state) + 1 if line.state in STEPS else 0
    ended = line.state in ("declined", "withdrawn")
    states = (
        "done" if at < passed else "skip" if ended else "wait" if at == passed and line.waits != "community" else "open"
        for at in range(len(STEPS))
    )
    said = ((tag(state, words.word(words_title.STEPS, step)),) for state, step in zip(states, STEPS, strict=True))
    return format_html_join("", "<li>{}</li>", said)


@register.simple_tag
def waits_words(line: ApplicationLine, today: date) -> str:
    """Who is waited for and until when; "" where nobody is."""
    if not line.waits:
        return ""
    who = words.word(words_title.WAITS, line.waits)
    if line.until is None or line.days is None:
        return gettext("Waits for %(who)s.") % {"who": who}
    facts = {"who": who, "until": day(line.until, today.year), "n": abs(line.days)}
    if line.days < 0:
        return (
            ngettext(
                "Waits for %(who)s; it was to be done by %(until)s, one day ago.",
                "Waits for %(who)s; it was to be done by %(until)s, %(n)s days ago.",
                -line.days,
            )
            % facts
        )
    if line.days == 0:
        return gettext("Waits for %(who)s; today is the last day.") % facts
    return (
        ngettext(
            "Waits for %(who)s until %(until)s, one more day.",
            "Waits for %(who)s until %(until)s, %(n)s more days.",
            line.days,
        )
        % facts
    )


@register.filter
def station_words(station: Station) -> str:
    """A move of the past, with the days before or after the end of its window."""
    said = words.word(words_title.JOURNAL_KINDS, station.kind)
    if station.without_street:
        said = gettext("%(move)s, without the street, which let its time go by") % {"move": said}
    if station.days is None:
        return said
    facts = {"move": said, "n": abs(station.days)}
    if station.days < 0:
        return ngettext("%(move)s, one day late", "%(move)s, %(n)s days late", -station.days) % facts
    return gettext("%(move)s, in time") % facts


@register.simple_tag
def result_tag(result: CriterionResult) -> SafeString:
    return tag(_RESULTS[result.state], words.word(words_title.RESULTS, result.state))


@register.filter
def figure_words(result: CriterionResult) -> str:
    """What a result was counted from, never a rate without its whole."""
    if result.criterion.kind == "judged":
        return gettext("judged by people") if result.mark else gettext("not judged yet")
    if not result.n:
        return gettext("no data")
    facts = {"part": result.numerator, "whole": result.n, "value": number(Decimal(str(result.value or 0)))}
    if result.criterion.is_share:
        return gettext("%(part)s of %(whole)s") % facts
    return gettext("%(value)s counted") % facts
