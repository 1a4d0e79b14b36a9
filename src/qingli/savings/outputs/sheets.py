"""A report as an Excel file: results, how they were computed, whether the data is enough, what was not taken."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from ..model import MeterResult
from ..readings import Refused
from ..report import Report
from ..words import Language, band_sentence, kind_word, say, sentence, unit_word

Cell = object
_WIDE = {"verdict": 60, "band": 45, "rule": 32, "facts": 40, "reason": 30, "name": 18}


def write_xlsx(report: Report, path: Path | str, language: Language, refused: Sequence[Refused] = ()) -> None:
    """One file with five sheets. Text is written as text: nothing in it becomes a formula."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheets: list[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]] = [
            ("result", _RESULT, (_result(each, language) for each in report.results)),
            ("lines", _LINES, (row for each in report.results for row in _lines(each, language))),
            ("rules", _RULES, (row for each in report.results for row in _rules(each, language))),
            ("not-taken", _NOT_TAKEN, (_not_taken(each, language) for each in refused)),
            ("basis", ("facts", "result"), _basis(report)),
        ]
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        number = book.add_format({"num_format": "#,##0.0##", "valign": "top"})
        share = book.add_format({"num_format": "0.0%", "valign": "top"})
        for name, columns, rows in sheets:
            sheet = book.add_worksheet(say(name, language)[:31])
            sheet.freeze_panes(1, 1)
            for index, column in enumerate(columns):
                sheet.set_column(index, index, _WIDE.get(column, 14))
                sheet.write_string(0, index, say(column, language), head)
            for line, row in enumerate(rows, 1):
                for index, cell in enumerate(row):
                    style = share if columns[index] == "share" else number if isinstance(cell, float) else wrap
                    _write(sheet, line, index, cell, style)


def _write(sheet: "xlsxwriter.worksheet.Worksheet", line: int, index: int, cell: Cell, style: object) -> None:
    if isinstance(cell, bool) or cell is None:
        return
    if isinstance(cell, int | float):
        sheet.write_number(line, index, cell, style)
    else:
        sheet.write_string(line, index, str(cell)[:32000], style)


_RESULT = (
    "name",
    "kind",
    "unit",
    "verdict",
    "change",
    "expected",
    "observed",
    "saving",
    "share",
    "half",
    "band",
    "nominal-half",
    "plain-before",
    "plain-after",
    "plain-days",
    "compared",
    "carbon",
    "model",
    "intercept",
    "heating-point",
    "heating-slope",
    "cooling-point",
    "cooling-slope",
)


def _result(each: MeterResult, language: Language) -> list[Cell]:
    model, plain = each.model, each.plain
    fitted: list[Cell] = [None] * 6
    if model:
        fitted = [
            model.kind,
            model.intercept,
            model.heating_point,
            model.heating_slope,
            model.cooling_point,
            model.cooling_slope,
        ]
    return [
        each.name,
        kind_word(each.kind, language),
        unit_word(each.unit, language),
        sentence(each, language),
        each.change.isoformat(),
        each.expected,
        each.observed,
        each.saving,
        each.share,
        each.band.half,
        band_sentence(each, language),
        each.nominal.half,
        plain.before if plain else None,
        plain.after if plain else None,
        plain.days if plain else None,
        each.compared.saving if each.compared else None,
        each.carbon.kilograms,
        *fitted,
    ]


_LINES = (
    "name",
    "part",
    "start",
    "end",
    "days",
    "days-kept",
    "use",
    "heating-days",
    "cooling-days",
    "predicted",
    "saving",
    "reason",
    "section",
    "source",
)


def _lines(each: MeterResult, language: Language) -> Iterable[list[Cell]]:
    for line in each.lines:
        saving = line.expected - line.use if line.expected is not None and line.use is not None else None
        yield [
            each.name,
            say(line.part, language),
            line.start.isoformat(),
            line.end.isoformat(),
            line.days,
            line.days_kept,
            line.use,
            line.heating_days,
            line.cooling_days,
            line.expected,
            saving if line.part == "after" else None,
            say(line.reason, language) if line.reason else "",
            line.rule,
            ", ".join(line.sources),
        ]


_RULES = ("name", "rule", "section", "state", "facts")


def _rules(each: MeterResult, language: Language) -> Iterable[list[Cell]]:
    for rule in each.rules:
        facts = ", ".join(f"{name} {value:g}" for name, value in rule.facts.items() if isinstance(value, int | float))
        yield [each.name, say(rule.code, language), rule.section, say(rule.state, language), facts]


_NOT_TAKEN = ("row", "reason", "column", "cell", "other")


def _not_taken(each: Refused, language: Language) -> list[Cell]:
    where = f"{each.sheet}!{each.row}" if each.sheet else each.row
    return [where, say(each.code, language), each.column, each.text, each.other or None]


def _basis(report: Report) -> Iterable[list[Cell]]:
    yield ["method", "CalTRACK 2.0"]
    yield ["method version", report.method_version]
    yield ["input hash (SHA-256)", report.input_hash]
    if report.weather:
        yield ["weather hash (SHA-256)", report.weather.digest]
    for name, value in report.asked.items():
        yield [name, str(value)]
    for name, each in report.settings.items():
        yield [f"settings {name}", json.dumps(each.as_json())]
    if report.calibration:
        yield ["calibration", json.dumps(report.calibration.as_json())]
    for factor in {json.dumps(each.carbon.factor, default=str) for each in report.results if each.carbon.factor}:
        yield ["carbon factor", factor]
    for event in report.events:
        yield ["event", f"{event.meter or '*'} {event.start}–{event.end}: {event.reason} ({event.by})"]
