"""A plan as a Word file in the style of official papers: A4, a centred title, headings told apart by their typeface."""

from collections.abc import Sequence
from datetime import datetime

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.shared import Pt

from qingli.papers.plan_docx_fonts import BODY, HEAD, KAI
from qingli.papers.values import Line, PlanPaper
from qingli.papers.word_file import WordFile, indent
from qingli.papers.words import word

_WIDTHS = {"number": 16, "action": 50, "when": 27, "who": 27, "how_much": 19, "evidence": 19}  # mm, 158 in all


def plan_docx(paper: PlanPaper, *, made: datetime | None = None) -> bytes:
    """The Word file's bytes. `made` is the moment that the file names as its creation; None leaves a fixed one."""
    writer = _Writer(paper)
    writer.file.title(paper.title, (*paper.meta, *([word("corrected", paper.language)] if paper.corrected else [])))
    writer.legend()
    for line in paper.lines:
        writer.line(line)
    if paper.actions:
        writer.actions()
    if paper.fill_ins:
        writer.fill_ins()
    return writer.file.save(paper.title, made)


class _Writer:
    """Writes one plan into a Word file."""

    def __init__(self, paper: PlanPaper) -> None:
        self._paper = paper
        self.file = WordFile(paper.script)

    def legend(self) -> None:
        """What the marks in the text mean, where there are any."""
        marks = self._paper.marks
        if not marks:
            return
        paragraph = self.file.paragraph(spacing=22)
        paragraph.paragraph_format.space_after = Pt(10)
        if "fixed" in marks:
            self.file.run(paragraph, self._word("legend_fixed"), BODY, 12).underline = True
            self.file.run(paragraph, "　", BODY, 12)
        if "open" in marks:
            self.file.run(paragraph, self._word("legend_open"), BODY, 12).font.highlight_color = WD_COLOR_INDEX.YELLOW

    def line(self, line: Line) -> None:
        heading = line.is_heading
        paragraph = self.file.paragraph(spacing=28)
        if heading:
            paragraph.style = self.file.document.styles[f"Heading {min(line.level, 3)}"]
            paragraph.paragraph_format.keep_with_next = True
        else:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        indent(paragraph)
        face = {1: HEAD, 2: KAI}.get(line.level, BODY) if heading else BODY
        for piece in line.pieces:
            run = self.file.run(paragraph, piece.text, face, 16)
            run.bold = heading and (line.level > 2 or (line.level == 1 and self.file.faces.bold_heads))
            run.underline = piece.mark == "fixed" or None
            if piece.mark == "open":
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def fill_ins(self) -> None:
        rows = [(each.where, each.what, each.quote) for each in self._paper.fill_ins]
        self._table("fill_ins", {"where": 28, "what": 40, "quote": 90}, rows)

    def actions(self) -> None:
        rows = [(row.number, row.action, row.when, row.who, row.how_much, row.evidence) for row in self._paper.actions]
        self._table("tasks", _WIDTHS, rows)

    def _table(self, heading: str, widths: dict[str, int], rows: Sequence[tuple[str, ...]]) -> None:
        self.file.heading(self._word(heading))
        table = self.file.table([self._word(key) for key in widths], list(widths.values()), len(rows))
        for cells, texts in zip(list(table.rows)[1:], rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                self.file.cell(cell.paragraphs[0], text, BODY)

    def _word(self, key: str) -> str:
        return word(key, self._paper.language)
