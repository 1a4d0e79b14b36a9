"""Which column is what: by its head, in the words that meter files use, or as the user says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .tables import Cell, FileError

ROLES = {
    "meter": (
        "meter|meter id|meter no|account|id|表號|表号|電號|电号|水號|水号|戶號|户号|用戶編號|用户编号|"
        "電表|电表|水表|氣表|气表|表計|表计|名稱|名称|戶名|户名|building"
    ),
    "kind": "kind|type|fuel|energy|類別|类别|種類|种类|能源|能源種類|能源种类|品種|品种|commodity",
    "start": (
        "start|from|start date|period start|起|起日|起始日|起始日期|開始|开始|開始日|开始日期|開始日期|"
        "計費起日|计费起日|上次抄表日|上次抄表日期|自"
    ),
    "end": (
        "end|to|end date|period end|止|迄|止日|迄日|截止日|截止日期|結束|结束|結束日期|结束日期|"
        "計費迄日|计费止日|本次抄表日|本次抄表日期|至"
    ),
    "date": (
        "date|day|reading date|read date|timestamp|time|datetime|日期|抄表日|抄表日期|時間|时间|讀表日期|读表日期"
    ),
    "month": "month|billing month|月份|年月|帳單月份|账单月份|月",
    "use": (
        "use|usage|consumption|quantity|amount|value|用量|使用量|用電量|用电量|用水量|用氣量|用气量|"
        "耗電量|耗电量|度數|度数|電量|电量|水量|氣量|气量|重量|數量|数量|消耗量"
    ),
    "reading": (
        "reading|meter reading|index|register|讀數|读数|表讀數|表读数|示數|示数|指數|指数|本次讀數|"
        "本次读数|累計讀數|累计读数|表底|錶底"
    ),
    "unit": "unit|units|單位|单位|計量單位|计量单位",
    "estimated": "estimated|estimate|is estimated|估計|估计|估抄|估讀|估读|是否估計|是否估计|推估|read type",
    "exchanged": "exchanged|meter change|new meter|換表|换表|更換|更换|新表",
    "station": "station|weather station|氣象站|气象站|測站|测站",
    "people": "people|persons|occupants|人數|人数|使用人數|用水人數|用水人数",
}
_WORDS = {word: role for role, words in ROLES.items() for word in words.split("|")}
_UNIT = re.compile(r"[(（\[【]\s*([^)）\]】]+?)\s*[)）\]】]|(?:^|[\s_/])(kwh|mwh|m3|m³)$", re.IGNORECASE)
_HEAD_ROWS = 30
_HINTS = {
    "electricity": ("電", "电", "electric"),
    "water": ("水", "water"),
    "gas": ("氣", "气", "gas"),
    "paper": ("紙", "纸", "paper"),
    "waste": ("垃圾", "waste"),
    "fuel": ("油", "fuel"),
}


@dataclass(frozen=True)
class Head:
    """Where the head stands, the column of each role, and what its words say about unit and kind."""

    position: int
    columns: Mapping[str, int]
    unit: str
    kind: str


def head_of(rows: Sequence[tuple[int, list[Cell]]], mapping: Mapping[str, str]) -> Head | None:
    """The fullest head among the first rows; none where no row names a quantity and a time."""
    best: Head | None = None
    for position, (_, row) in enumerate(rows[:_HEAD_ROWS]):
        found = roles(row, mapping)
        if _enough(found) and (best is None or len(found) > len(best.columns)):
            best = Head(position, found, _unit(row, found), _kind(row, found))
    return best


def roles(row: Sequence[Cell], mapping: Mapping[str, str]) -> dict[str, int]:
    """The role of each column of a head. What the user maps wins over what the words say."""
    names = [_plain(cell) for cell in row]
    found: dict[str, int] = {}
    for role, name in mapping.items():
        if role not in ROLES:
            raise FileError("no-such-role", role=role)
        wanted = _plain(name)
        if wanted in names:
            found[role] = names.index(wanted)
    if mapping and len(found) < len(mapping):
        return {}
    for index, name in enumerate(names):
        meant = _WORDS.get(name) or _WORDS.get(_UNIT.sub("", name).strip())
        if meant and meant not in found and index not in found.values():
            found[meant] = index
    return found


def _enough(found: Mapping[str, int]) -> bool:
    """A quantity and a time."""
    return ("use" in found or "reading" in found) and bool(found.keys() & {"date", "month", "end", "start"})


def _unit(row: Sequence[Cell], found: Mapping[str, int]) -> str:
    index = found.get("use", found.get("reading"))
    match = _UNIT.search(_plain(row[index])) if index is not None else None
    return str(match.group(1) or match.group(2)) if match else ""


def _kind(row: Sequence[Cell], found: Mapping[str, int]) -> str:
    """What the heads of quantity and meter say: 用電量 is electricity, 水號 is water. Two answers are none."""
    heads = [_plain(row[found[role]]) for role in ("use", "reading", "meter") if role in found]
    said = {kind for kind, words in _HINTS.items() if any(word in head for head in heads for word in words)}
    return said.pop() if len(said) == 1 else ""


def _plain(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return re.sub(r"\s+", " ", text.replace("_", " ").replace("\ufeff", "")).strip(" :：*").lower()
