"""Units of measure in the language of the page. The reader keeps them in one script; people read them in theirs."""

from collections.abc import Mapping

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

MONEY = {"CNY": _("yuan"), "TWD": _("New Taiwan dollars"), "HKD": _("Hong Kong dollars"), "MOP": _("patacas")}
ENGLISH: Mapping[str, str] = {
    "处": "places",
    "人": "people",
    "名": "persons",
    "户": "households",
    "家": "businesses",
    "份": "copies",
    "次": "times",
    "场": "events",
    "期": "issues",
    "盏": "lamps",
    "个": "pieces",
    "学时": "lesson hours",
    "公斤": "kilograms",
    "吨": "tonnes",
    "平方米": "square metres",
    "米": "metres",
    "株": "plants",
    "棵": "trees",
    "条": "items",
    "篇": "articles",
    "栋": "buildings",
}
TRADITIONAL = str.maketrans(
    "处场户盏个学时吨条栋节课组块张辆册项万亿岁层门", "處場戶盞個學時噸條棟節課組塊張輛冊項萬億歲層門"
)


def unit_word(code: str) -> str:
    """`处` is 處 in Traditional and "places" in English; what nobody knows is left as it was written."""
    if code in MONEY:
        return str(MONEY[code])
    language = get_language() or "zh-hant"
    if not language.startswith("zh"):
        return ENGLISH.get(code, code)
    return code.translate(TRADITIONAL) if language == "zh-hant" else code


def amount_words(figure: str, code: str) -> str:
    """6處, 3%, 6 places: Chinese without a blank, other languages with one, signs close to their figure."""
    if not code:
        return figure
    if code in ("%", "℃", "‰"):
        return figure + code
    return gettext("%(figure)s %(unit)s") % {"figure": figure, "unit": unit_word(code)}
