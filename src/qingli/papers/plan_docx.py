"""A plan as a Word file in the style of official papers: A4, a centred title, headings told apart by their typeface."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from qingli.papers.plan_docx_fonts import BODY, HEAD, KAI, TITLE, Faces, name_alternatives
from qingli.papers.text import printable
from qingli.papers.values import Line, PlanPaper
from qingli.papers.words import word

_WIDTHS = {"number": 16, "action": 50, "when": 27, "who": 27, "how_much": 19, "evidence": 19}  # mm, 158 in all
_LONGEST_TITLE = 255  # what a core property holds


def plan_docx(paper: PlanPaper, *, made: datetime | None = None) -> bytes:
    """The Word file's bytes. `made` is the moment that the file names as its creation; None leaves a fixed one."""
    writer = _Writer(paper)
    writer.title()
    writer.legend()
    for line in paper.lines:
        writer.line(line)
    if paper.actions:
        writer.actions()
    if paper.fill_ins:
        writer.fill_ins()
    return writer.save(made or datetime(2000, 1, 1))  # noqa: DTZ001  (Word's core properties hold no zone)


class _Writer:
    """Builds one document. Line spacing is "at least", so that nothing taller than a line is cut off."""

    def __init__(self, paper: PlanPaper) -> None:
        self._paper = paper
        self._faces = Faces.of(paper.script)
        self._document: WordDocument = Document()
        self._page()
        self._styles()

    def title(self) -> None:
        paragraph = self._paragraph(spacing=36)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.style = self._document.styles["Title"]
        paragraph.paragraph_format.space_after = Pt(10)
        self._run(paragraph, self._paper.title, TITLE, 22).bold = self._faces.bold_heads
        meta = [*self._paper.meta, *([self._word("corrected")] if self._paper.corrected else [])]
        if meta:
            below = self._paragraph(spacing=24)
            below.alignment = WD_ALIGN_PARAGRAPH.CENTER
            below.paragraph_format.space_after = Pt(18)
            self._run(below, "　".join(meta), KAI, 14)

    def legend(self) -> None:
        """What the marks in the text mean, where there are any."""
        marks = self._paper.marks
        if not marks:
            return
        paragraph = self._paragraph(spacing=22)
        paragraph.paragraph_format.space_after = Pt(10)
        if "fixed" in marks:
            self._run(paragraph, self._word("legend_fixed"), BODY, 12).underline = True
            self._run(paragraph, "　", BODY, 12)
        if "open" in marks:
            self._run(paragraph, self._word("legend_open"), BODY, 12).font.highlight_color = WD_COLOR_INDEX.YELLOW

    def line(self, line: Line) -> None:
        heading = line.is_heading
        paragraph = self._paragraph(spacing=28)
        if heading:
            paragraph.style = self._document.styles[f"Heading {min(line.level, 3)}"]
            paragraph.paragraph_format.keep_with_next = True
        else:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        _indent(paragraph)
        face = {1: HEAD, 2: KAI}.get(line.level, BODY) if heading else BODY
        for piece in line.pieces:
            run = self._run(paragraph, piece.text, face, 16)
            run.bold = heading and (line.level > 2 or (line.level == 1 and self._faces.bold_heads))
            run.underline = piece.mark == "fixed" or None
            if piece.mark == "open":
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def fill_ins(self) -> None:
        rows = [(each.where, each.what, each.quote) for each in self._paper.fill_ins]
        self._section("fill_ins")
        self._table({"where": 28, "what": 40, "quote": 90}, rows)

    def actions(self) -> None:
        rows = [(row.number, row.action, row.when, row.who, row.how_much, row.evidence) for row in self._paper.actions]
        self._section("tasks")
        self._table(_WIDTHS, rows)

    def save(self, made: datetime) -> bytes:
        properties = self._document.core_properties
        properties.title = printable(self._paper.title)[:_LONGEST_TITLE]
        properties.author = ""
        properties.comments = ""
        properties.last_modified_by = ""
        properties.created = properties.modified = made
        properties.language = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN"}[self._paper.script]
        name_alternatives(self._document, self._faces)
        buffer = io.BytesIO()
        self._document.save(buffer)
        return _without_clock(buffer)

    def _page(self) -> None:
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(35), Mm(32)
        section.left_margin, section.right_margin = Mm(27), Mm(25)
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(footer, "— ", BODY, 14)
        _field(self._run(footer, "", BODY, 14), "PAGE")
        self._run(footer, " —", BODY, 14)

    def _styles(self) -> None:
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Table Grid"):
            style = self._document.styles[name]
            self._faces.apply(style.element.get_or_add_rPr(), BODY)
            if name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
                style.font.color.rgb = RGBColor(0, 0, 0)
                style.font.bold = False
                style.font.italic = False
        for border in self._document.styles["Title"].element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
        self._document.styles["Normal"].font.size = Pt(16)

    def _section(self, key: str) -> None:
        paragraph = self._paragraph(spacing=30)
        paragraph.style = self._document.styles["Heading 1"]
        paragraph.paragraph_format.space_before = Pt(14)
        paragraph.paragraph_format.space_after = Pt(6)
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, self._word(key), HEAD, 16).bold = self._faces.bold_heads

    def _table(self, widths: dict[str, int], rows: Sequence[tuple[str, ...]]) -> None:
        table = self._document.add_table(rows=1, cols=len(widths), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for cell, key in zip(table.rows[0].cells, widths, strict=True):
            self._cell(cell.paragraphs[0], self._word(key), HEAD).bold = True
            _shade(cell)
        _repeat_head(table)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                self._cell(cell.paragraphs[0], text, BODY)
        _set_widths(table, list(widths.values()))

    def _cell(self, paragraph: Paragraph, text: str, face: str) -> Run:
        _at_least(paragraph, 16)
        return self._run(paragraph, text, face, 10.5)

    def _paragraph(self, spacing: float) -> Paragraph:
        paragraph = self._document.add_paragraph()
        _at_least(paragraph, spacing)
        return paragraph

    def _run(self, paragraph: Paragraph, text: str, face: str, size: float) -> Run:
        run = paragraph.add_run(printable(text))
        run.font.size = Pt(size)
        self._faces.apply(run._r.get_or_add_rPr(), face)
        return run

    def _word(self, key: str) -> str:
        return word(key, self._paper.language)


def _without_clock(saved: io.BytesIO) -> bytes:
    """The same file with one fixed day on every part: the moment of packing is no part of the paper."""
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(zipfile.ZipInfo(part.filename), source.read(part), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _at_least(paragraph: Paragraph, points: float) -> None:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    paragraph.paragraph_format.line_spacing = Pt(points)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.space_after = Pt(0)


def _indent(paragraph: Paragraph) -> None:
    """Two characters, in characters, so that it holds at any size."""
    properties = paragraph._p.get_or_add_pPr()
    indent = properties.find(qn("w:ind"))
    if indent is None:
        indent = OxmlElement("w:ind")
        properties.append(indent)
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), "640")


def _field(run: Run, code: str) -> None:
    for kind, text in (("begin", None), (None, code), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text
        run._r.append(element)


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E7EEE9")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat_head(table: Table) -> None:
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(OxmlElement("w:tblHeader"))


def _set_widths(table: Table, widths: list[int]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
