"""One cell: a day, a number, a unit. What cannot be told for certain is refused with a code, never guessed."""

import math
import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ..weather import day_number
from .tables import Cell

_MISSING = frozenset(
    ["", "-", "--", "—", "na", "n/a", "nan", "null", "none", "nil", "無", "无", "缺", "未抄", "#n/a", "x", "…"]
)
_YES = frozenset(
    ["1", "true", "yes", "y", "是", "估", "估計", "估计", "估抄", "e", "est", "estimated", "✓", "v", "換表", "换表"]
)
_NO = frozenset(
    ["", "0", "false", "no", "n", "否", "實", "实", "實抄", "实抄", "實際", "实际", "a", "act", "actual", "r", "read"]
)
_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_ROC = re.compile(
    r"(?:民國|民国)\s*(\d{1,3})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(1\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
)
_TWO = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_COMPACT = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*月?")
_ROC_MONTH = re.compile(r"(?:民國|民国)?\s*(1\d{2})\s*[-/.年]\s*(\d{1,2})\s*月?")
_SIMPLE = re.compile(r"\d{1,15}(\.\d{1,9})?")
_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?([eE][-+]?\d{1,2})?|[-+]?\.\d+")


class CellError(ValueError):
    """A cell that cannot be taken; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def text_of(cell: Cell) -> str:
    """The cell as text, full-width characters made plain."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


def number_of(cell: Cell) -> float | None:
    """A number; none where the cell says that there is none, which is not zero."""
    if isinstance(cell, bool):
        raise CellError("not-a-number")
    if isinstance(cell, int | float):
        value = float(cell)
    else:
        text = text_of(cell).replace(" ", "")
        if _SIMPLE.fullmatch(text):
            return float(text)
        if text.lower() in _MISSING:
            return None
        if not _NUMBER.fullmatch(text):
            raise CellError("not-a-number")
        value = float(text.replace(",", ""))
    if math.isnan(value):
        return None
    if math.isinf(value) or abs(value) > 1e15:
        raise CellError("out-of-range")
    return value


def flag_of(cell: Cell) -> bool:
    """Yes or no."""
    if isinstance(cell, bool):
        return cell
    text = text_of(cell).lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise CellError("not-yes-or-no")


def day_of_cell(cell: Cell, zone: str, order: str) -> tuple[int, bool]:
    """The day, and whether a time of day other than midnight stood beside it."""
    if isinstance(cell, datetime):
        return day_number(cell.date()), (cell.hour, cell.minute) != (0, 0)
    if isinstance(cell, date):
        return day_number(cell), False
    if isinstance(cell, bool) or cell is None:
        raise CellError("no-date")
    return _day_of_text(text_of(cell), zone, order)


@lru_cache(maxsize=65536)
def _day_of_text(text: str, zone: str, order: str) -> tuple[int, bool]:
    if text.lower() in _MISSING:
        raise CellError("no-date")
    if re.search(r"[T ]\d{1,2}:\d{2}", text):
        return _moment(text, zone, order)
    return day_number(_date(text, order)), False


def _moment(text: str, zone: str, order: str) -> tuple[int, bool]:
    try:
        moment = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        head, _, tail = text.partition(" ")
        clock = re.fullmatch(r"(\d{1,2}):(\d{2})(:\d{2})?", tail.strip())
        if not clock or int(clock.group(1)) > 24 or int(clock.group(2)) > 59:
            raise CellError("not-a-date") from None
        day = _date(head, order) + timedelta(days=1 if clock.group(1) == "24" else 0)
        return day_number(day), (int(clock.group(1)) % 24, int(clock.group(2))) != (0, 0)
    if moment.tzinfo is not None:
        try:
            moment = moment.astimezone(ZoneInfo(zone))
        except OverflowError:
            raise CellError("not-a-date") from None
    return day_number(moment.date()), (moment.hour, moment.minute) != (0, 0)


def _date(text: str, order: str) -> date:
    if match := _YMD.fullmatch(text) or _ROC.fullmatch(text):
        year, month, day = (int(part) for part in match.groups() if part is not None)
        return _real(year if year > 999 else year + 1911, month, day)
    if match := _COMPACT.fullmatch(text):
        return _real(int(match.group(1) + match.group(2)), int(match.group(3)), int(match.group(4)))
    if match := _TWO.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        if order == "mdy" or (not order and second > 12):
            return _real(year, first, second)
        if order == "dmy" or first > 12 or first == second:
            return _real(year, second, first)
        raise CellError("date-ambiguous")
    raise CellError("not-a-date")


def month_of_cell(cell: Cell) -> tuple[int, int]:
    """First day of a month and first day of the next."""
    if isinstance(cell, date):
        return _month(cell.year, cell.month)
    text = text_of(cell)
    for pattern, shift in ((_MONTH, 0), (_ROC_MONTH, 1911)):
        if match := pattern.fullmatch(text):
            return _month(int(match.group(1)) + shift, int(match.group(2)))
    if match := _YMD.fullmatch(text):
        return _month(int(match.group(1)), int(match.group(2)))
    raise CellError("not-a-month")


def _month(year: int, month: int) -> tuple[int, int]:
    first = _real(year, month, 1)
    return day_number(first), day_number(_real(year + month // 12, month % 12 + 1, 1))


def _real(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2200:
        raise CellError("year-out-of-range")
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError("no-such-day") from None


_UNITS: dict[str, tuple[str, float]] = {
    # what the unit measures, and how many of the kind's own unit it is
    **dict.fromkeys(["kwh", "千瓦時", "千瓦时", "瓩時", "千瓦小時", "千瓦小时"], ("electricity", 1.0)),
    **dict.fromkeys(["mwh", "兆瓦時", "兆瓦时", "百萬瓦時"], ("electricity", 1000.0)),
    **dict.fromkeys(["wh", "瓦時", "瓦时"], ("electricity", 0.001)),
    **dict.fromkeys(["萬度", "万度", "萬千瓦時", "万千瓦时"], ("electricity", 10_000.0)),
    **dict.fromkeys(
        ["m3", "m^3", "立方米", "立方公尺", "立方", "方", "cbm", "cubic meter", "cubic metre"], ("volume", 1.0)
    ),
    **dict.fromkeys(["升", "公升", "l", "litre", "liter", "litres", "liters"], ("litre", 1.0)),
    **dict.fromkeys(["kg", "公斤", "千克"], ("mass", 1.0)),
    **dict.fromkeys(["t", "ton", "tonne", "噸", "吨", "公噸", "公吨"], ("mass", 1000.0)),
    **dict.fromkeys(["張", "张", "sheet", "sheets"], ("sheet", 1.0)),
    **dict.fromkeys(["令", "ream", "reams"], ("sheet", 500.0)),
    **dict.fromkeys(["度"], ("degree", 1.0)),
}
_FITS: dict[tuple[str, str], float] = {
    ("electricity", "electricity"): 1.0,
    ("electricity", "degree"): 1.0,
    ("heat", "electricity"): 1.0,
    ("gas", "volume"): 1.0,
    ("gas", "degree"): 1.0,
    ("water", "volume"): 1.0,
    ("water", "degree"): 1.0,
    ("water", "litre"): 0.001,
    ("water", "mass"): 0.001,
    ("waste", "mass"): 1.0,
    ("coal", "mass"): 1.0,
    ("paper", "sheet"): 1.0,
    ("fuel", "litre"): 1.0,
    ("fuel", "volume"): 1000.0,
}


@lru_cache(maxsize=4096)
def factor_of_unit(unit: str, kind: str) -> tuple[str, float]:
    """The kind and the factor to its own unit. A unit that is unknown, or means several things, is refused."""
    plain = unicodedata.normalize("NFKC", unit).strip().lower()
    if plain not in _UNITS:
        raise CellError("unit-unknown" if plain else "unit-missing")
    measures, factor = _UNITS[plain]
    if not kind:
        kind = {"electricity": "electricity", "sheet": "paper"}.get(measures, "")
        if not kind:
            raise CellError("unit-ambiguous")
    found = _FITS.get((kind, measures))
    if found is None:  # kWh of gas too: its energy is a factor of its own
        raise CellError("unit-does-not-fit")
    return kind, factor * found


_KINDS = {
    **dict.fromkeys(
        ["electricity", "electric", "power", "電", "电", "電力", "电力", "用電", "用电", "電費", "电费"], "electricity"
    ),
    **dict.fromkeys(["gas", "natural gas", "天然氣", "天然气", "燃氣", "燃气", "瓦斯", "煤氣", "煤气"], "gas"),
    **dict.fromkeys(["water", "水", "自來水", "自来水", "用水", "水費", "水费"], "water"),
    **dict.fromkeys(["waste", "refuse", "垃圾", "廢棄物", "废弃物", "生活垃圾"], "waste"),
    **dict.fromkeys(["paper", "紙", "纸", "紙張", "纸张", "用紙", "用纸"], "paper"),
    **dict.fromkeys(["fuel", "petrol", "diesel", "燃油", "汽油", "柴油", "油料"], "fuel"),
    **dict.fromkeys(["coal", "煤", "煤炭"], "coal"),
    **dict.fromkeys(["heat", "district heat", "熱力", "热力", "供熱", "供热", "供暖"], "heat"),
}


def kind_of_cell(cell: Cell) -> str:
    """electricity, gas, water, …"""
    text = text_of(cell).lower()
    if not text:
        return ""
    if text not in _KINDS:
        raise CellError("kind-unknown")
    return _KINDS[text]
