"""What every Word paper of ours has in common: A4, page number, typefaces, paragraphs, tables, the same bytes again."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from qingli.papers.plan_docx_fonts import BODY, HEAD, KAI, TITLE, Faces, name_alternatives
from qingli.papers.text import printable
from qingli.papers.values import Script

LONGEST_TITLE = 255  # what a core property holds


class WordFile:
    """Builds one document. Line spacing is "at least", so that nothing taller than a line is cut off."""

    def __init__(self, script: Script, *, margins: tuple[int, int, int, int] = (35, 32, 27, 25)) -> None:
        """`margins` in millimetres: top, bottom, left, right."""
        self.script = script
        self.faces = Faces.of(script)
        self.document: WordDocument = Document()
        self._page(margins)
        self._styles()

    def title(self, text: str, meta: Iterable[str], *, size: float = 22) -> None:
        """The title, and one line under it."""
        paragraph = self.paragraph(spacing=size + 14)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.style = self.document.styles["Title"]
        paragraph.paragraph_format.space_after = Pt(10)
        self.run(paragraph, text, TITLE, size).bold = self.faces.bold_heads
        if line := "　".join(meta):
            below = self.paragraph(spacing=24)
            below.alignment = WD_ALIGN_PARAGRAPH.CENTER
            below.paragraph_format.space_after = Pt(18)
            self.run(below, line, KAI, 14)

    def heading(self, text: str, *, size: float = 16, before: float = 14, after: float = 6) -> None:
        paragraph = self.paragraph(spacing=size + 14)
        paragraph.style = self.document.styles["Heading 1"]
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.space_after = Pt(after)
        paragraph.paragraph_format.keep_with_next = True
        self.run(paragraph, text, HEAD, size).bold = self.faces.bold_heads

    def table(self, heads: Sequence[str], widths: Sequence[int], rows: int) -> Table:
        """A table with its head row filled; the caller fills the `rows` below it. Widths in millimetres."""
        table: Table = self.document.add_table(rows=1 + rows, cols=len(heads), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            self.cell(cell.paragraphs[0], text, HEAD).bold = True
            shade(cell)
        _repeat_head(table)
        _set_widths(table, widths)
        return table

    def cell(self, paragraph: Paragraph, text: str, face: str) -> Run:
        at_least(paragraph, 16)
        return self.run(paragraph, text, face, 10.5)

    def paragraph(self, spacing: float) -> Paragraph:
        paragraph = self.document.add_paragraph()
        at_least(paragraph, spacing)
        return paragraph

    def run(self, paragraph: Paragraph, text: str, face: str, size: float) -> Run:
        run = paragraph.add_run(printable(text))
        run.font.size = Pt(size)
        self.faces.apply(run._r.get_or_add_rPr(), face)
        return run

    def save(self, title: str, made: datetime | None) -> bytes:
        """The bytes. `made` is the moment that the file names as its creation; None leaves a fixed one."""
        properties = self.document.core_properties
        properties.title = printable(title)[:LONGEST_TITLE]
        properties.author = ""
        properties.comments = ""
        properties.last_modified_by = ""
        properties.created = properties.modified = made or datetime(2000, 1, 1)  # noqa: DTZ001  (Word's core properties hold no zone)
        properties.language = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN"}[self.script]
        name_alternatives(self.document, self.faces)
        buffer = io.BytesIO()
        self.document.save(buffer)
        return _without_clock(buffer)

    def _page(self, margins: tuple[int, int, int, int]) -> None:
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        top, bottom, left, right = map(Mm, margins)
        section.top_margin, section.bottom_margin = top, bottom
        section.left_margin, section.right_margin = left, right
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.run(footer, "— ", BODY, 14)
        _field(self.run(footer, "", BODY, 14), "PAGE")
        self.run(footer, " —", BODY, 14)

    def _styles(self) -> None:
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Table Grid"):
            style = self.document.styles[name]
            self.faces.apply(style.element.get_or_add_rPr(), BODY)
            if name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
                style.font.color.rgb = RGBColor(0, 0, 0)
                style.font.bold = False
                style.font.italic = False
        for border in self.document.styles["Title"].element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
        self.document.styles["Normal"].font.size = Pt(16)


def _without_clock(saved: io.BytesIO) -> bytes:
    """The same file with one fixed day on every part: the moment of packing is no part of the paper."""
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(zipfile.ZipInfo(part.filename), source.read(part), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def at_least(paragraph: Paragraph, points: float) -> None:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    paragraph.paragraph_format.line_spacing = Pt(points)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.space_after = Pt(0)


def indent(paragraph: Paragraph, *, points: float = 16) -> None:
    """Two characters, in characters, so that it holds at any size; `points` is the size for what knows none."""
    properties = paragraph._p.get_or_add_pPr()
    wide = properties.find(qn("w:ind"))
    if wide is None:
        wide = OxmlElement("w:ind")
        properties.append(wide)
    wide.set(qn("w:firstLineChars"), "200")
    wide.set(qn("w:firstLine"), str(round(40 * points)))


def _field(run: Run, code: str) -> None:
    for kind, text in (("begin", None), (None, code), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text
        run._r.append(element)


def shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E7EEE9")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat_head(table: Table) -> None:
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(OxmlElement("w:tblHeader"))


def _set_widths(table: Table, widths: Sequence[int]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
