"""Days as words, for sentences and papers."""

from datetime import date

from django.utils import formats
from django.utils.translation import get_language


def date_words(value: date) -> str:
    """2026年9月25日 or 25 September 2026: for papers, without the weekday."""
    if (get_language() or "").startswith("zh"):
        return f"{value.year}年{value.month}月{value.day}日"
    return formats.date_format(value, "j F Y")
