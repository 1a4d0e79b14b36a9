"""A parallel, normalised copy of a text, each of whose characters knows where it stands in the original.

Rules are written once, for Simplified Chinese with narrow punctuation; what they find is pointed at in the original.
"""

import functools
import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import opencc

from .types import Span

_VARIANTS = dict(
    zip(
        "衞週帳賬裏裡爲為羣群着著麽麼臺檯衆牀峯綫彙匯畫佈",
        "卫周账账里里为为群群着着么么台台众床峰线汇汇画布",
        strict=True,
    )
)
_KEPT = set("〇○．")
_NUMBERS_KEPT = ((0xD800, 0xE000), (0x2160, 0x2180), (0x2460, 0x24FF), (0x3220, 0x3250))
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffe"
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_JOINED = rf"{_HAN}、。,;:!?()“”‘’《》〔〕【】%_xX*×○□"
_SPACE = re.compile(rf"(?<=[{_JOINED}]) (?=[{_JOINED}0-9])|(?<=[0-9]) (?=[{_JOINED}])")
_DROPPED = re.compile(f"[{_ZERO_WIDTH}\r]")
_PINYIN = re.compile(rf"(?<=[{_HAN}])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{{1,6}}\)")
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_MUCH_PINYIN = 3
_MARKER = re.compile(
    r"\s*(?:[(]?[一二三四五六七八九十]{1,3}[)、.]|[(]\d{1,2}[)]|\d{1,2}(?:[、)]|\.(?!\d))"
    r"|[①-⑳❶-❿㈠-㈩⑴-⒇⒈-⒛Ⅰ-Ⅻⅰ-ⅻ]|[A-Za-z][.．、)](?![A-Za-z.])|[(](?:[A-Za-z]|[ivxIVX]{2,4})[)]|[IVXivx]{2,4}[.、]"
    r"|[第其][一二三四五六七八九十]{1,3}[、,]|(?:首先|其次|最后)[,、]|[壹贰叁肆伍陆柒捌玖甲乙丙丁]、"
    r"|第[一二三四五六七八九十\d]{1,3}[章节条周篇部]|附件|[-—=*•·●◆■□※]|[^,。;]{1,8}:|[^\n]*[|\t])"
)
_LONGEST_LINE = 240
_ENDS = "。;:!?”》】)…|"


@dataclass(frozen=True, slots=True)
class Normal:
    """`text` is normalised; `at[i]` is where its i-th character stands in `source`."""

    source: str
    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the source that normalised [start, end) came from; empty stretches stay empty."""
        if start >= end:
            here = self.at[start] if start < len(self.at) else len(self.source)
            return here, here
        return self.at[start], self.at[end - 1] + 1

    def surface(self, start: int, end: int) -> str:
        begin, stop = self.span(start, end)
        return self.source[begin:stop]


@functools.cache
def _table() -> dict[int, str]:
    """One character to one character: Traditional to Simplified, variants, and compatibility forms of length one."""
    table: dict[int, str] = {}
    for code in range(0xA0, 0x10000):
        char = chr(code)
        if char in _KEPT or any(first <= code < last for first, last in _NUMBERS_KEPT):
            continue
        flat = unicodedata.normalize("NFKC", char)
        if len(flat) == 1 and flat != char:
            table[code] = flat
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    for before, after in zip(han, opencc.OpenCC("t2s").convert("\n".join(han)).split("\n"), strict=True):
        if before != after and len(after) == 1:
            table[ord(before)] = after
    table.update({ord(before): after for before, after in _VARIANTS.items()})
    table.update(
        dict.fromkeys(map(ord, "–―─－"), "—") | {ord("～"): "~", ord("〜"): "~", ord("﹒"): ".", ord("\u3000"): "\t"}
    )
    table.update({ord("「"): "“", ord("」"): "”", ord("『"): "“", ord("』"): "”", ord("＂"): '"', ord("\x0c"): "\n"})
    table.update(dict.fromkeys(map(ord, "\u2028\u2029\x85\x0b"), "\n"))
    return table


def simplify(text: str) -> str:
    """The same text, character by character, in the form the rules are written for. Length never changes."""
    return text.translate(_table())


def normalise(source: str) -> Normal:
    """Simplify, drop what stands between the characters of one word, and join hard-wrapped lines. Linear."""
    flat = simplify(source)
    cuts = [match.span() for match in _DROPPED.finditer(flat)]
    pinyin = list(_PINYIN.finditer(flat))
    if sum(bool(_TONED.search(match[0])) for match in pinyin) >= _MUCH_PINYIN:
        cuts += [match.span() for match in pinyin]
    cuts += _wraps(flat)
    cuts += [match.span() for match in _SPACE.finditer(flat)]
    if not cuts:
        return Normal(source, flat, range(len(flat)))
    pieces: list[str] = []
    at = array("I")
    here = 0
    for start, end in sorted(cuts):
        if start < here:
            continue
        pieces.append(flat[here:start])
        at.extend(range(here, start))
        here = end
    pieces.append(flat[here:])
    at.extend(range(here, len(flat)))
    return Normal(source, "".join(pieces), at)


def _width(line: str) -> int:
    """Columns: a Chinese character takes two."""
    return sum(2 if char > "\u2e7f" else 1 for char in line)


def _wraps(flat: str) -> Iterator[Span]:
    """Line breaks inside a sentence, where a document was wrapped at a fixed width."""
    lines = flat.split("\n")
    if len(lines) < 3:
        return
    short = [line.rstrip() if len(line) <= _LONGEST_LINE else "" for line in lines]
    edges = [
        (*_edge(short, widths), widths) for widths in ([_width(line) for line in short], [len(line) for line in short])
    ]
    near, edge, widths = max(edges, key=lambda found: found[:2])
    if not near:
        return
    slack = 5 if widths == edges[0][2] else 2
    position = 0
    for index, line in enumerate(lines[:-1]):
        position += len(line) + 1
        body, following = line.rstrip(), lines[index + 1]
        broken = edge - slack <= widths[index] <= edge + 2 and body and body[-1] not in _ENDS
        if broken and following.strip() and not _MARKER.match(following):
            indent = len(following) - len(following.lstrip())
            yield position - 1 - (len(line) - len(body)), position + indent


def _edge(lines: list[str], widths: list[int]) -> tuple[int, int]:
    """How many lines stop in mid-sentence at nearly the same width, and that width; zeros where they are not many."""
    full = [width for line, width in zip(lines, widths, strict=True) if width >= 20 and line[-1] not in _ENDS]
    if len(full) < 3:
        return 0, 0
    edge = max(full)
    near = sum(edge - 5 <= width for width in full)
    return (near, edge) if near >= 3 and near * 2 >= len(full) else (0, 0)
