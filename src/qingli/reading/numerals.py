"""Numbers as Chinese plans write them: 12, 1.2, 十二, 廿三, 兩, 壹萬, 一百二十, 二〇二六. Input is normalised."""

import functools

import cn2an

_CAPITAL = str.maketrans("壹贰叁参肆伍陆柒捌玖拾佰仟两俩廿○零", "一二三三四五六七八九十百千二二#〇〇")
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_BIG = {"万": 10_000, "亿": 100_000_000}

CN = "一二三四五六七八九十百千零〇两廿壹贰叁肆伍陆柒捌玖拾佰仟"
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,4}})?|\d{{1,12}}(?:\.\d{{1,4}})?|[{CN}]{{1,9}}(?:万[{CN}]{{1,7}})?)"


def to_number(surface: str) -> int | float | None:
    """The value of a written number, or None when it is not one. A trailing 万 or 亿 multiplies."""
    factor = 1
    while surface and surface[-1] in _BIG:
        factor *= _BIG[surface[-1]]
        surface = surface[:-1]
    value = _simple(surface.replace(",", ""))
    if value is None:
        return None
    product = value * factor
    return round(product) if abs(product - round(product)) < 1e-9 else product


@functools.lru_cache(maxsize=4096)
def _simple(surface: str) -> int | float | None:
    if surface.replace(".", "", 1).isdigit() and surface.isascii():
        return float(surface) if "." in surface else int(surface)
    plain = surface.translate(_CAPITAL).replace("#", "二十")
    if not plain or any(char not in "〇一二三四五六七八九十百千万亿" for char in plain):
        return None
    if len(plain) > 1 and all(char in _DIGITS for char in plain):
        return int("".join(str(_DIGITS[char]) for char in plain))
    try:
        return int(cn2an.cn2an(plain.replace("〇", "零"), "smart"))
    except (ValueError, KeyError):
        return None


def to_int(surface: str) -> int | None:
    """Like `to_number`, for counts, months and days: whole numbers only."""
    value = to_number(surface)
    return value if isinstance(value, int) else None
