"""Word's automatic numbering: what stands before a list item that carries no number in its text.

Source: ECMA-376 part 1, 17.9 (numbering). A paragraph names a `num`; a `num` names an `abstractNum` and may override
levels; counters belong to the `abstractNum`, so that two `num` over one of them go on counting, unless an override
starts anew.
"""

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from qingli.reading.documents.numerals import format_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_REFERENCE = re.compile(r"%([1-9])")
_MAX_STYLE_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its number format, its pattern such as "第%1章", and when it counts anew.

    `restart`: None = after any item of a level above; 0 = never; n = after an item of level n (from 1) or above.
    """

    style: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    paragraph_style: str = ""
    suffix: str = "tab"


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """A number as the reader of the page sees it, and the list level it stands on (from 0)."""

    text: str
    level: int
    suffix: str = "tab"


class Numbering:
    """The numbers of a document. Ask `label` once for every paragraph, in the order of the document."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = _read_styles(styles)
        self._default_style = _default_style(styles)
        abstracts = _read_abstracts(numbering)
        self._lists = _read_lists(numbering, abstracts, self._styles)
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> Label | None:
        """The automatic number of a `w:p`, None where it has none. Counts."""
        found = self._reference(paragraph)
        if found is None:
            return None
        number, depth = found
        item = self._lists.get(number)
        if item is None or depth not in item.levels:
            return None
        level = item.levels[depth]
        counters = self._count(number, item, depth)
        if level.style == "bullet":
            return Label(_bullet(level.pattern), depth, level.suffix)
        text = _REFERENCE.sub(lambda match: _part(int(match[1]) - 1, item, level, counters), level.pattern)
        spaced = level.suffix == "nothing" and text != text.rstrip()
        return Label(text.strip(), depth, "space" if spaced else level.suffix)

    def heading_level(self, paragraph: Element) -> int | None:
        """The outline level (from 0) that the paragraph or its style states."""
        chain = [paragraph.find(f"{W}pPr"), *self._chain(paragraph)]
        for properties in chain:
            value = _value(properties, "outlineLvl")
            if value is not None:
                return value if 0 <= value < LEVELS else None
        return None

    def _reference(self, paragraph: Element) -> tuple[str, int] | None:
        """`(num id, level)` of a paragraph: its own word first, then its style's, then the style's parents'."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number, depth = _numbering_of(own)
        if number is None:
            number, depth = self._from_style(paragraph, depth)
        if number is None or number == "0":
            return None
        return number, min(max(depth or 0, 0), LEVELS - 1)

    def _from_style(self, paragraph: Element, depth: int | None) -> tuple[str | None, int | None]:
        name: str | None = _text_value(paragraph.find(f"{W}pPr"), "pStyle") or self._default_style
        for _ in range(_MAX_STYLE_DEPTH):
            style = self._styles.get(name or "")
            if style is None:
                break
            number, style_depth = _numbering_of(style.find(f"{W}pPr/{W}numPr"))
            if number is not None:
                linked = self._linked_level(number, name or "")
                return number, next((each for each in (depth, linked, style_depth) if each is not None), 0)
            depth = depth if depth is not None else style_depth
            name = _text_value(style, "basedOn")
        return None, None

    def _linked_level(self, number: str, style: str) -> int | None:
        item = self._lists.get(number)
        levels = item.levels if item else {}
        return next((depth for depth, level in levels.items() if level.paragraph_style == style), None)

    def _chain(self, paragraph: Element) -> list[Element | None]:
        """Paragraph properties of the paragraph's style and of what it is based on."""
        name = _text_value(paragraph.find(f"{W}pPr"), "pStyle")
        chain: list[Element | None] = []
        while name and name in self._styles and len(chain) < _MAX_STYLE_DEPTH:
            chain.append(self._styles[name].find(f"{W}pPr"))
            name = _text_value(self._styles[name], "basedOn")
        return chain

    def _count(self, number: str, item: _List, depth: int) -> dict[int, int]:
        counters = self._counters.setdefault(item.abstract, {})
        for each, start in item.starts.items():
            if each <= depth and (number, each) not in self._started:
                self._started.add((number, each))
                if each == depth:
                    counters[each] = start - 1
                else:
                    counters.pop(each, None)
        start = item.starts.get(depth, item.levels[depth].start)
        counters[depth] = counters.get(depth, start - 1) + 1
        for deeper in [each for each in counters if each > depth]:
            restart = item.levels[deeper].restart if deeper in item.levels else None
            if restart is None or (restart and depth < restart):
                del counters[deeper]
        for above in range(depth):
            if above in item.levels:
                counters.setdefault(above, item.starts.get(above, item.levels[above].start))
        return counters


def _part(depth: int, item: _List, level: Level, counters: dict[int, int]) -> str:
    referred = item.levels.get(depth, Level())
    value = counters.get(depth, referred.start)
    style = referred.style
    if level.legal and style not in ("none", "decimalZero"):
        style = "decimal"
    return "" if style == "bullet" else format_number(value, style)


def _bullet(pattern: str) -> str:
    """Bullets come from symbol fonts, whose private characters mean nothing elsewhere."""
    sign = pattern.strip()
    return "•" if not sign or "\ue000" <= sign[0] <= "\uf8ff" else sign


def _read_styles(styles: Element | None) -> dict[str, Element]:
    if styles is None:
        return {}
    return {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}


def _default_style(styles: Element | None) -> str | None:
    for style in styles.iter(f"{W}style") if styles is not None else ():
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
            return style.get(f"{W}styleId")
    return None


def _read_abstracts(numbering: Element | None) -> dict[str, Element]:
    if numbering is None:
        return {}
    return {each.get(f"{W}abstractNumId", ""): each for each in numbering.findall(f"{W}abstractNum")}


def _read_lists(
    numbering: Element | None, abstracts: dict[str, Element], styles: dict[str, Element]
) -> dict[str, _List]:
    nums = {each.get(f"{W}numId", ""): each for each in numbering.findall(f"{W}num")} if numbering is not None else {}
    lists = {}
    for number, num in nums.items():
        name = _resolve_abstract(_text_value(num, "abstractNumId") or "", nums, abstracts, styles)
        abstract = abstracts.get(name)
        levels = {} if abstract is None else _read_levels(abstract)
        starts = {}
        for override in num.findall(f"{W}lvlOverride"):
            depth = _integer(override.get(f"{W}ilvl"))
            if depth is None or not 0 <= depth < LEVELS:
                continue
            start = _value(override, "startOverride")
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[depth] = _read_level(own)
                start = start if start is not None else levels[depth].start
            if start is not None:
                starts[depth] = start
                levels[depth] = replace(levels.get(depth, Level()), start=start)
        lists[number] = _List(name, levels, starts)
    return lists


def _resolve_abstract(
    name: str, nums: dict[str, Element], abstracts: dict[str, Element], styles: dict[str, Element]
) -> str:
    """Follow `numStyleLink`: an empty definition that borrows the levels of a list style."""
    for _ in range(_MAX_STYLE_DEPTH):
        abstract = abstracts.get(name)
        link = _text_value(abstract, "numStyleLink")
        style = styles.get(link or "")
        number = None if style is None else _numbering_of(style.find(f"{W}pPr/{W}numPr"))[0]
        if not number or number not in nums:
            return name
        name = _text_value(nums[number], "abstractNumId") or ""
    return name


def _read_levels(abstract: Element) -> dict[int, Level]:
    levels = {}
    for level in abstract.findall(f"{W}lvl"):
        depth = _integer(level.get(f"{W}ilvl"))
        if depth is not None and 0 <= depth < LEVELS:
            levels[depth] = _read_level(level)
    return levels


def _read_level(level: Element) -> Level:
    legal = level.find(f"{W}isLgl")
    return Level(
        style=_text_value(level, "numFmt") or _alternate_format(level) or "decimal",
        pattern=_text_value(level, "lvlText") or "",
        start=start if (start := _value(level, "start")) is not None else 0,
        restart=_value(level, "lvlRestart"),
        legal=legal is not None and legal.get(f"{W}val") not in ("0", "false", "off"),
        paragraph_style=_text_value(level, "pStyle") or "",
        suffix=_text_value(level, "suff") or "tab",
    )


def _alternate_format(level: Element) -> str | None:
    """Newer formats hide in an AlternateContent; its Fallback says what an older Word shows."""
    found = next(level.iter(f"{W}numFmt"), None)
    return None if found is None else found.get(f"{W}val")


def _numbering_of(properties: Element | None) -> tuple[str | None, int | None]:
    if properties is None:
        return None, None
    return _text_value(properties, "numId"), _value(properties, "ilvl")


def _text_value(parent: Element | None, tag: str) -> str | None:
    found = None if parent is None else parent.find(f"{W}{tag}")
    return None if found is None else found.get(f"{W}val")


def _value(parent: Element | None, tag: str) -> int | None:
    return _integer(_text_value(parent, tag))


def _integer(text: str | None) -> int | None:
    try:
        value = int(text) if text is not None and len(text) < 10 else None
    except ValueError:
        return None
    return value
