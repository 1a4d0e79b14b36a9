"""A half-year report as a Word file in the style of official papers; every linked figure is a hyperlink."""

from collections.abc import Sequence
from datetime import datetime

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from qingli.papers.half_year_shape import Figure, HalfYearPaper, Sentence, Table, Words
from qingli.papers.plan_docx_fonts import BODY, KAI
from qingli.papers.word_file import WordFile, at_least, indent, shade

_SIZES = ((14.0, 26.0), (12.0, 20.0), (11.0, 16.5))  # of the text and its lines, in points: the first that fits
_MOST_PAGES = 3
_PAGE = 690  # points between the upper and the lower margin
_WIDE = 453  # points between the left and the right one
_CELL, _SMALL = 10.5, 9.0
_FULL = 160  # mm between the margins
_FIRST, _NARROWEST = 62, 15  # the column that says what a row is of; the others share what is left
_GREEN = RGBColor(0x1B, 0x5C, 0x4B)


def half_year_docx(paper: HalfYearPaper, *, made: datetime | None = None) -> bytes:
    """The Word file's bytes. `made` is the moment that the file names as its creation; None leaves a fixed one."""
    writer = _Writer(paper)
    for part in paper.parts:
        writer.file.heading(part.heading, size=14, before=8, after=3)
        for block in part.blocks:
            writer.block(block)
    writer.basis()
    return writer.file.save(paper.title, made)


def _size(paper: HalfYearPaper) -> tuple[float, float]:
    """The largest text, as near to official papers as the length lets, with which it stays within three pages."""
    return next(
        ((text, line) for text, line in _SIZES if _height(paper, text, line) <= _MOST_PAGES * _PAGE), _SIZES[-1]
    )


def _height(paper: HalfYearPaper, text: float, line: float) -> float:
    """About how high everything stands, in points; a Latin letter is half as wide as a Chinese character."""
    height = 100 + 14.0 * len(paper.basis) * 2
    for part in paper.parts:
        height += 39
        for block in part.blocks:
            if isinstance(block, Table):
                height += 17 * (len(block.rows) + 1)
                continue
            for words in block.text.splitlines() or [""]:
                width = sum(1.0 if ord(character) > 0x2E80 else 0.5 for character in words) * text
                height += line * (1 + (width + 3 * text) // _WIDE)
    return height


class _Writer:
    """Writes one report into a Word file."""

    def __init__(self, paper: HalfYearPaper) -> None:
        self.paper = paper
        self.text, self.line = _size(paper)
        self.file = WordFile(paper.script, margins=(28, 24, 26, 24))
        self.file.title(paper.title, paper.meta, size=20)

    def block(self, block: Sentence | Table | Words) -> None:
        if isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Words):
            self._words(block)
        else:
            self._sentence(block)

    def basis(self) -> None:
        """How the figures came about, small, after a line's distance."""
        for place, line in enumerate(self.paper.basis):
            paragraph = self.file.paragraph(spacing=14)
            paragraph.paragraph_format.space_before = Pt(10 if place == 0 else 0)
            self.file.run(paragraph, line, KAI, _SMALL)

    def _sentence(self, sentence: Sentence) -> None:
        paragraph = self.file.paragraph(spacing=self.line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if self.paper.language != "en" else WD_ALIGN_PARAGRAPH.LEFT
        if sentence.item:
            paragraph.paragraph_format.left_indent = Mm(6)
            paragraph.paragraph_format.first_line_indent = Mm(-4)
            self.file.run(paragraph, "· ", BODY, self.text)
        elif self.paper.language != "en":
            indent(paragraph, points=self.text)
        if sentence.number:
            self.file.run(paragraph, f"{sentence.number}　", BODY, self.text).font.color.rgb = _GREEN
        self._parts(paragraph, sentence.parts, self.text)

    def _words(self, words: Words) -> None:
        for line in words.text.splitlines():
            paragraph = self.file.paragraph(spacing=self.line)
            indent(paragraph, points=self.text)
            self.file.run(paragraph, line, KAI, self.text)

    def _table(self, block: Table) -> None:
        narrow = max(_NARROWEST, (_FULL - _FIRST) // (len(block.heads) - 1))
        widths = [_FULL - narrow * (len(block.heads) - 1), *[narrow] * (len(block.heads) - 1)]
        table = self.file.table(block.heads, widths, len(block.rows))
        for place, (row, figures) in enumerate(zip(list(table.rows)[1:], block.rows, strict=True), 1):
            last = block.sums and place == len(block.rows)
            for column, (cell, figure) in enumerate(zip(row.cells, figures, strict=True)):
                paragraph = cell.paragraphs[0]
                at_least(paragraph, 15)
                if column:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                self._parts(paragraph, (figure,), _CELL)
                if last:
                    shade(cell)
        for cell in table.rows[0].cells[1:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _parts(self, paragraph: Paragraph, parts: Sequence[Figure], size: float) -> None:
        for part in parts:
            run = self.file.run(paragraph, part.text, BODY, size)
            if part.link:
                run.font.color.rgb = _GREEN
                run.font.underline = True
                link = OxmlElement("w:hyperlink")
                target = paragraph.part.relate_to(part.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                link.set(qn("r:id"), target)
                paragraph._p.append(link)
                link.append(run._r)
