"""Units of measure in the language of the page. The reader keeps them in one script; people read them in theirs."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

MONEY = {"CNY": _("yuan"), "TWD": _("New Taiwan dollars"), "HKD": _("Hong Kong dollars"), "MOP": _("patacas")}
COUNTED: Mapping[str, str | Promise] = {
    "处": _("places"),
    "人": _("people"),
    "名": _("persons"),
    "户": _("households"),
    "家": _("businesses"),
    "份": _("copies"),
    "次": _("times"),
    "场": _("events"),
    "期": _("issues"),
    "盏": _("lamps"),
    "个": _("pieces"),
    "学时": _("lesson hours"),
    "公斤": _("kilograms"),
    "吨": _("tonnes"),
    "平方米": _("square metres"),
    "米": _("metres"),
    "株": _("plants"),
    "棵": _("trees"),
    "条": _("items"),
    "篇": _("articles"),
    "栋": _("buildings"),
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
        return str(COUNTED.get(code, code))
    return code.translate(TRADITIONAL) if language == "zh-hant" else code


def amount_words(figure: str, code: str) -> str:
    """6處, 3%, 6 places: Chinese without a blank, other languages with one, signs close to their figure."""
    if not code:
        return figure
    if code in ("%", "℃", "‰"):
        return figure + code
    return gettext("%(figure)s %(unit)s") % {"figure": figure, "unit": unit_word(code)}
