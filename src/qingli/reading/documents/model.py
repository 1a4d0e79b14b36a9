"""What a file became: one text, and where each stretch of it came from."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["paragraph", "page", "cell", "textbox"]
Format = Literal["txt", "docx", "pdf"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `text[start:end]` of a document and its place in the file it came from.

    `page`, `paragraph`, `table`, `row` and `column` count from 1 and are None where they do not apply. `number` is
    the item number that the word processor made up while showing the file ("一、"); where it is empty, a number that
    stands in the text was typed. `depth` is the list or heading level from 0, None where the file says nothing.
    `confidence` is 1.0 for text that the file holds as such and less where it was reconstructed.
    """

    start: int
    end: int
    kind: Kind
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    number: str = ""
    number_source: Literal["typed", "automatic"] = "typed"
    depth: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader of the file should be told: a code and its figures, never a sentence."""

    code: Literal["damaged-characters", "pages-without-text", "converted"]
    facts: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A loaded file: `text` is what `qingli.reading.read_text` reads, with `\\n` between lines. Blocks stand in the
    order of the text and do not overlap.

    `encoding` is the character encoding of a text file and "" for the others. `script` is a guess from the text.
    """

    text: str
    blocks: tuple[Block, ...]
    format: Format
    encoding: str = ""
    script: Literal["zh-Hant", "zh-Hans", "und"] = "und"
    notes: tuple[Note, ...] = ()

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at `offset`, or None between blocks."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[index] if index >= 0 and offset < self.blocks[index].end else None


# Characters that are frequent in work plans and written differently in the two scripts.
_TRADITIONAL = frozenset(
    "個們來時國會為對發開關動與這進業務實現當電區環淨衛計劃責組織導員眾議傳單級辦樓點綠隊護參負據獎築總監"
)
_SIMPLIFIED = frozenset(
    "个们来时国会为对发开关动与这进业务实现当电区环净卫计划责组织导员众议传单级办楼点绿队护参负据奖筑总监"
)


def script_of(text: str) -> Literal["zh-Hant", "zh-Hans", "und"]:
    """The script that a text is mostly written in; "und" where it shows neither."""
    sample = text[:100_000]
    traditional = sum(sample.count(character) for character in _TRADITIONAL)
    simplified = sum(sample.count(character) for character in _SIMPLIFIED)
    if traditional == simplified:
        return "und"
    return "zh-Hant" if traditional > simplified else "zh-Hans"


class Writer:
    """Collects lines of text together with their blocks."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []

    @property
    def length(self) -> int:
        return self._length

    def add(self, text: str) -> tuple[int, int]:
        """Append text as it is; returns its span."""
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start, self._length

    def text(self) -> str:
        return "".join(self._parts)


def lines_as_blocks(text: str) -> Iterable[Block]:
    """One paragraph block for every line of a plain text that is not blank."""
    start = 0
    for count, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Block(start, start + len(line), "paragraph", paragraph=count)
        start += len(line) + 1
