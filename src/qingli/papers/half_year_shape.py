"""What a half-year report is made of: headings, sentences and tables whose figures lead to what was counted.

A caller fills it from what queries gave. The same values make the page, the Word file and the PDF.
"""

from dataclasses import dataclass, field

from qingli.papers.values import Language, Script


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or some words, with the address of the page that lists what was counted; "" where there is none."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph, figures and the words between them. `number` is the plan's own number, quoted as written."""

    parts: tuple[Figure, ...]
    number: str = ""
    item: bool = False
    """Whether it is one of a list."""

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of figures under heads; the first column says what a row is of, and is wide. The last row may be the sum."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Figure, ...], ...]
    sums: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What a person wrote in, kept nowhere but in the file: set apart from what was counted."""

    text: str


Block = Sentence | Table | Words


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part of the report. `code` names it for pages and tests."""

    code: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class HalfYearPaper:
    """A half-year report. `meta` stands under the title; `basis` says at the end how the figures came about."""

    title: str
    language: Language
    script: Script
    meta: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    basis: tuple[str, ...] = field(default=())
