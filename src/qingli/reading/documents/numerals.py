"""How Word writes the number of a list item in each of its number formats (ECMA-376 part 1, 17.18.59)."""

from collections.abc import Callable

_PLAIN = "○一二三四五六七八九"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def format_number(value: int, style: str) -> str:
    """`value` as `style` (a `w:numFmt`) shows it; a style that is not known is shown as plain digits."""
    if value < 0 or value > 32767:
        return str(value)
    return _STYLES.get(style, str)(value)


def _counted(value: int, digits: str, units: str, *, bare_ten: bool) -> str:
    """Chinese counting with place words, e.g. 一百二十三; `bare_ten` writes 10–19 as 十, 十一 …"""
    if value == 0:
        return digits[0]
    if value >= 10000:
        rest = value % 10000
        high = _counted(value // 10000, digits, units, bare_ten=bare_ten) + "萬"
        gap = digits[0] if 0 < rest < 1000 else ""
        return high + (gap + _counted(rest, digits, units, bare_ten=False) if rest else "")
    parts: list[str] = []
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            parts.append(digits[digit] + (units[place - 1] if place else ""))
        elif parts and value % 10**place:
            parts.append(digits[0])
    text = "".join(part for index, part in enumerate(parts) if index == 0 or part != parts[index - 1] or len(part) > 1)
    return text.removeprefix(digits[1]) if bare_ten and 10 <= value < 20 else text


def _positional(value: int, digits: str = _PLAIN) -> str:
    return "".join(digits[int(digit)] for digit in str(value))


def _counting(value: int) -> str:
    """Up to 99 with place words, from 100 on digit by digit."""
    return _counted(value, _PLAIN, "十百千", bare_ten=True) if value < 100 else _positional(value)


def _thousands(value: int) -> str:
    return _counted(value, "零一二三四五六七八九", "十百千", bare_ten=True)


def _row(first: str, count: int) -> Callable[[int], str]:
    """Numbers that exist as single signs, e.g. ① to ⑳; beyond them plain digits."""
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= count else str(value)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 1 <= value <= len(signs) else str(value)


def _sexagenary(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 1 <= value <= 60 else str(value)


def _letter(value: int) -> str:
    """a … z, aa, bb …"""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else ""


def _roman(value: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        text += sign * count
    return text


def _ordinal(value: int) -> str:
    suffix = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{suffix}"


def _full_width(value: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(value))


_STYLES: dict[str, Callable[[int], str]] = {
    "none": lambda value: "",
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _row("①", 20),
    "decimalEnclosedCircleChinese": _row("①", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "lowerLetter": _letter,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "ordinal": _ordinal,
    "numberInDash": lambda value: f"- {value} -",
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "japaneseCounting": _thousands,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "ideographDigital": _positional,
    "taiwaneseDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "ideographLegalTraditional": lambda value: _counted(value, _LEGAL_TRADITIONAL, "拾佰仟", bare_ten=False),
    "chineseLegalSimplified": lambda value: _counted(value, _LEGAL_SIMPLIFIED, "拾佰仟", bare_ten=False),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _row("㊀", 10),
}
