"""A plan as an Excel workbook: one row for each action, and a sheet of due dates."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from qingli.papers.text import printable
from qingli.papers.values import PlanPaper
from qingli.papers.words import word

_CELL_LIMIT = 32767
_ACTION_COLUMNS = (
    ("number", 8), ("action", 38), ("when", 18), ("who", 18), ("how_much", 16), ("evidence", 16), ("measure", 14),
    ("missing", 20),
)  # fmt: skip
_DUE_COLUMNS = (("due", 12), ("opens", 12), ("number", 8), ("action", 46), ("who", 20), ("when", 20))
_FONTS = {"zh-Hant": "PMingLiU", "zh-Hans": "SimSun"}


def plan_xlsx(paper: PlanPaper, *, made: datetime | None = None) -> bytes:
    """The workbook's bytes. Text is written as text: a cell that begins with = + - @ never becomes a formula.

    `made` is the moment that the file names as its creation; None leaves it at a fixed one.
    """
    buffer = io.BytesIO()
    # Whatever a person typed is a string: no formulas, links or numbers are made of it.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": printable(paper.title), "created": made or datetime(2000, 1, 1)})  # noqa: DTZ001  (Excel knows no zones)
    formats = _Formats(book, _FONTS[paper.script])
    _actions(book.add_worksheet(word("tasks", paper.language)), paper, formats)
    _dues(book.add_worksheet(word("dues", paper.language)), paper, formats)
    if paper.fill_ins:
        _fill_ins(book.add_worksheet(word("fill_ins", paper.language)), paper, formats)
    book.close()
    return buffer.getvalue()


class _Formats:
    """The few cell formats of the workbook."""

    def __init__(self, book: xlsxwriter.Workbook, font: str) -> None:
        base = {"font_name": font, "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
        self.title = book.add_format({"font_name": font, "font_size": 14, "bold": True})
        self.head = book.add_format({**base, "bold": True, "bg_color": "#E7EEE9", "valign": "vcenter"})
        self.text = book.add_format(base)
        self.day = book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})


def _actions(sheet: Worksheet, paper: PlanPaper, formats: _Formats) -> None:
    joint = word("semicolon", paper.language)
    rows = [
        (row.number, row.action, row.when, row.who, row.how_much, row.evidence, row.measure, joint.join(row.missing))
        for row in paper.actions
    ]
    _table(sheet, paper, formats, _ACTION_COLUMNS, rows)


def _dues(sheet: Worksheet, paper: PlanPaper, formats: _Formats) -> None:
    rows = [(due.due, due.opens, due.number, due.action, due.who, due.when) for due in paper.dues]
    _table(sheet, paper, formats, _DUE_COLUMNS, rows)


def _fill_ins(sheet: Worksheet, paper: PlanPaper, formats: _Formats) -> None:
    rows = [(each.where, each.what, each.quote) for each in paper.fill_ins]
    _table(sheet, paper, formats, (("where", 16), ("what", 30), ("quote", 60)), rows)


def _table(
    sheet: Worksheet,
    paper: PlanPaper,
    formats: _Formats,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str | int | date]],
) -> None:
    """Title, heads, rows; heads stay in sight and can be filtered; printed on A4 across."""
    sheet.write_string(0, 0, printable(paper.title), formats.title)
    for index, (key, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        sheet.write_string(1, index, word(key, paper.language), formats.head)
    for line, row in enumerate(rows, 2):
        for index, value in enumerate(row):
            _write(sheet, line, index, value, formats)
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, 1 + len(rows), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)


def _write(sheet: Worksheet, line: int, column: int, value: str | int | date, formats: _Formats) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), formats.day)  # noqa: DTZ001  (a day, no moment)
    elif isinstance(value, int):
        sheet.write_number(line, column, value, formats.text)
    else:
        sheet.write_string(line, column, printable(value)[:_CELL_LIMIT], formats.text)
