"""Tags for every face: dates people live by, states as cell and word, form fields."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

from qingli.ground.queries import PostView
from qingli.lib.ids import new_id
from qingli.plan.queries.shapes import Who
from qingli.web import units, words, words_board

register = template.Library()

STATES = ("open", "part", "done", "late", "wait", "skip", "unsure")


@register.filter
def bcp47(code: str) -> str:
    """The language as HTML names it: `zh-hant` is `zh-Hant`."""
    return {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}.get(code, code)


@register.simple_tag
def html_lang() -> str:
    return bcp47(get_language() or "zh-hant")


@register.filter
def day(value: date | datetime | None, year: int | None = None) -> str:
    """9月25日，週五; the year is written only where it is not `year`."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    weekday = formats.date_format(value, "D")
    if (get_language() or "").startswith("zh"):
        text = f"{value.month}月{value.day}日，{weekday_zh(value)}"
        return text if year == value.year else f"{value.year}年{text}"
    text = f"{weekday} {value.day} {formats.date_format(value, 'F')}"
    return text if year == value.year else f"{text} {value.year}"


def weekday_zh(value: date) -> str:
    """週五 or 周五, by the language in use."""
    week = "周" if get_language() == "zh-hans" else "週"
    return week + "一二三四五六日"[value.weekday()]


@register.filter
def clock(value: datetime | None) -> str:
    """9:42, in the zone in use."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{local.hour}:{local.minute:02d}"


@register.simple_tag
def tag(state: str, words: str) -> SafeString:
    """A state as shape and word."""
    assert state in STATES
    cell = "" if state == "unsure" else format_html('<span class="q-cell is-{}" aria-hidden="true"></span>', state)
    return format_html('<span class="q-tag is-{}">{}{}</span>', state, cell, words)


@register.simple_tag
def late_tag(days: int) -> SafeString:
    return tag("late", ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days})


@register.simple_tag
def source(number: str, href: str = "") -> SafeString:
    """The source mark: the plan's own number, quoted as written, leading to where it stands."""
    said = format_html('<span class="q-sr">{}</span>', pgettext("source mark", "Source:"))
    if not href:
        return format_html('<span class="q-source">{}{}</span>', said, number or gettext("plan"))
    return format_html('<a class="q-source" href="{}">{}{}</a>', href, said, number or gettext("plan"))


@register.filter
def is_choices(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def as_input(field: BoundField) -> SafeString:
    """The field's widget with our class and what a screen reader needs to connect hint and error."""
    described = [f"{field.auto_id}_hint"] if field.help_text else []
    attributes: dict[str, Any] = {"class": "q-file" if isinstance(field.field.widget, forms.FileInput) else "q-input"}
    if extra := field.field.widget.attrs.get("class"):
        attributes["class"] += f" {extra}"
    if field.errors:
        described.append(f"{field.auto_id}_wrong")
        attributes["aria-invalid"] = "true"
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attributes)


@register.filter
def role_word(code: str) -> str:
    return words.word(words.ROLES, code)


@register.filter
def plan_state(code: str) -> str:
    return words.word(words.PLAN_STATES, code)


@register.filter
def approval_way(code: str) -> str:
    return words.word(words.APPROVAL_WAYS, code)


@register.filter
def site_type(code: str) -> str:
    return words.word(words.SITE_TYPES, code)


@register.filter
def group_kind(code: str) -> str:
    return words.word(words.GROUP_KINDS, code)


@register.filter
def seat_kind(code: str) -> str:
    return words.word(words.SEAT_KINDS, code)


@register.simple_tag
def new_key() -> SafeString:
    """A hidden field with the form's own key: sent twice, the deed is done once."""
    return format_html('<input type="hidden" name="key" value="{}">', new_id())


@register.filter
def number(value: float | Decimal | None) -> str:
    """A figure as people write it: no trailing zeros, no exponent."""
    if value is None:
        return ""
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def amount(value: float | Decimal | None, unit: str) -> str:
    """A figure with its unit as people write them together; empty for no figure."""
    return "" if value is None else units.amount_words(number(value), unit)


@register.filter
def task_state(code: str) -> str:
    return words.word(words.TASK_STATES, code)


@register.filter
def journal_kind(code: str) -> str:
    return words.word(words.JOURNAL_KINDS, code)


@register.filter
def month_name(month: int) -> str:
    """9月 or September."""
    if (get_language() or "").startswith("zh"):
        return f"{month}月"
    return formats.date_format(date(2000, month, 1), "F")


@register.filter
def month_year(first: date) -> str:
    """2026年9月 or September 2026."""
    if (get_language() or "").startswith("zh"):
        return f"{first.year}年{first.month}月"
    return formats.date_format(first, "F Y")


@register.filter
def week_days(first: date) -> list[str]:
    """The heads of a month's columns, from Monday."""
    monday = first - timedelta(days=first.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    if (get_language() or "").startswith("zh"):
        return [weekday_zh(one)[1] for one in days]
    return [formats.date_format(one, "D") for one in days]


@register.filter
def who(value: Who) -> str:
    return words.who_name(value)


@register.filter
def quantity_unit(code: str, task_unit: str) -> str:
    """The unit beside a record's figure: the task's own, or the code where the catalogue gave one."""
    return task_unit if code == "amount" else code


@register.filter
def post_name(post: PostView) -> str:
    return words.post_name(post)


@register.filter
def day_before(value: date) -> date:
    """The last day with something of which the first day without it is stored."""
    return value - timedelta(days=1)


@register.filter
def phone_address(number: str) -> str:
    """A telephone number as an address that a phone can dial."""
    return "".join(sign for sign in number if sign.isdigit() or sign in "+#")


@register.filter
def unit_kind(code: str) -> str:
    return words.word(words.UNIT_KINDS, code)


@register.filter
def field_word(code: str) -> str:
    return words.word(words.FIELDS, code)


@register.filter
def notice_kind(code: str) -> str:
    return words.word(words_board.NOTICE_KINDS, code)


@register.filter
def reply_kind(code: str) -> str:
    return words.word(words_board.REPLY_KINDS, code)


@register.filter
def outcome(code: str) -> str:
    return words.word(words_board.OUTCOMES, code)
