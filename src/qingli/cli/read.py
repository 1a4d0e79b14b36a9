"""`qingli read FILE`: a written plan as a table, as JSON, as a calendar, as Word and as Excel. Needs no database."""

import argparse
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from qingli.catalogue import default_matcher, load_catalogue
from qingli.cli.read_words import Language, knows, say
from qingli.cli.tables import table
from qingli.lib.clock import now
from qingli.papers import PlanPaper, calendar_ics, plan_docx, plan_xlsx
from qingli.papers.due_events import due_events
from qingli.papers.from_reading import action_row, calendar_of, due_dates, period_of, plan_paper
from qingli.papers.words import placeholder_word, short_word, word
from qingli.reading import PlanAction, PlanReading, Reading, read_text
from qingli.reading.documents import Document, ReadError, load, load_file

_LANGUAGES: dict[str, Language] = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans", "en": "en"}
_NARROWEST = 72
_SAMPLE = 200_000  # characters
_SPARSEST = 500  # characters for each item or known undertaking; real plans have 25 to 200


class _RefusalError(Exception):
    """What the command cannot do: a key of `read_words` and its facts."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


def run(argv: Sequence[str]) -> int:
    """Exit code 0 when read, 2 when the file cannot be read or the call is wrong; then nothing is written."""
    arguments = _parser().parse_args(argv)
    language = _LANGUAGES[arguments.lang] if arguments.lang else _from_environment()
    try:
        document = _load(arguments.file)
        reading = _read(document.text)
        _write(_outputs(arguments, document, reading, language), arguments.file)
    except ReadError as error:
        return _refuse(arguments.file, error.code, dict(error.facts), language)
    except _RefusalError as error:
        return _refuse(arguments.file, error.key, error.facts, language)
    _report(arguments, document, reading, language)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="qingli read", description="Read a written work plan.")
    parser.add_argument(
        "file", metavar="FILE", help=".txt .docx .pdf (.doc .odt .wps .rtf with LibreOffice), - for standard input"
    )
    parser.add_argument("--json", action="store_true", help="print everything that was read as one JSON object")
    parser.add_argument("--ics", metavar="OUT", help="write the due dates as a calendar file")
    parser.add_argument("--docx", metavar="OUT", help="write the plan with its table of tasks as a Word file")
    parser.add_argument("--xlsx", metavar="OUT", help="write actions and due dates as an Excel file")
    parser.add_argument("--plan", type=int, metavar="N", help="of several plans in the file, the N-th")
    parser.add_argument("--year", type=int, metavar="YEAR", help="the plan's year, where the plan leaves it blank")
    parser.add_argument("--lang", choices=sorted(_LANGUAGES), help="language of headings and messages")
    return parser


def _from_environment() -> Language:
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    locale = locale.lower().replace("-", "_")
    if not locale.startswith("zh"):
        return "en"
    return "zh-Hant" if any(part in locale for part in ("tw", "hk", "mo", "hant")) else "zh-Hans"


def _load(name: str) -> Document:
    return load(sys.stdin.buffer.read(), "") if name == "-" else load_file(Path(name))


def _read(text: str) -> Reading:
    """The reading of a plan; of a very long text its beginning is tried first, since all of it takes minutes."""
    if len(text) > 2 * _SAMPLE and not _is_plan(read_text(text[:_SAMPLE], match=default_matcher())):
        raise _RefusalError("not-a-plan")
    reading = read_text(text, match=default_matcher())
    if not _is_plan(reading):
        raise _RefusalError("not-a-plan")
    return reading


def _is_plan(reading: Reading) -> bool:
    """Whether the text consists of items and of undertakings that the catalogue knows: plans do, tales do not."""
    solid = sum(len(plan.outline) + sum(1 for action in plan.actions if action.measure) for plan in reading.plans)
    return solid > 0 and solid * _SPARSEST >= reading.chars


def _outputs(
    arguments: argparse.Namespace, document: Document, reading: Reading, language: Language
) -> dict[Path, bytes]:
    """Every file that was asked for, made before any of them is written."""
    wanted = {kind: Path(name) for kind in ("ics", "docx", "xlsx") if (name := getattr(arguments, kind))}
    if arguments.plan is not None and not 1 <= arguments.plan <= len(reading.plans):
        raise _RefusalError("no-such-plan", count=len(reading.plans))
    if not wanted:
        return {}
    if arguments.plan is None and len(reading.plans) > 1:
        raise _RefusalError("several-plans", count=len(reading.plans))
    plan = reading.plans[(arguments.plan or 1) - 1]
    paper = _paper(document.text, plan, arguments.year, language)
    if "ics" in wanted and not paper.dues:
        raise _RefusalError("no-year" if period_of(plan, arguments.year) is None else "no-dates")
    makers = {"ics": _calendar, "docx": plan_docx, "xlsx": plan_xlsx}
    return {path: makers[kind](paper) for kind, path in wanted.items()}


def _paper(text: str, plan: PlanReading, year: int | None, language: Language) -> PlanPaper:
    names = {identity: measure.names.get(language) for identity, measure in load_catalogue().measures.items()}
    said = year or plan.plan_year
    dues = due_dates(plan, said, calendar_of(said), language) if said else ()
    paper = plan_paper(text, plan, language=language, dues=dues, measures=names, marked=True)
    period = period_of(plan, year)
    return replace(paper, meta=(f"{period.start.isoformat()} – {period.end.isoformat()}",)) if period else paper


def _calendar(paper: PlanPaper) -> bytes:
    return calendar_ics(due_events(paper), paper.title, stamped=now())


def _write(outputs: dict[Path, bytes], source: str) -> None:
    """All files or none: each is written beside its place first, then all are moved into it."""
    ready: list[tuple[str, Path]] = []
    try:
        for path, data in outputs.items():
            if source != "-" and path.exists() and path.samefile(source):
                raise _RefusalError("same-file")
            handle, beside = tempfile.mkstemp(prefix=".qingli-", dir=path.parent)
            ready.append((beside, path))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            if path.is_dir():
                raise IsADirectoryError(str(path))
        for beside, path in ready:
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
    except OSError as error:
        raise _RefusalError("cannot-write", name=error.filename or "") from error
    finally:
        for beside, _ in ready:
            Path(beside).unlink(missing_ok=True)


def _refuse(name: str, key: str, facts: dict[str, object], language: Language) -> int:
    for size in ("size", "limit"):
        if isinstance(value := facts.get(size), int):
            facts[f"{size}_mb"] = round(value / 1024 / 1024)
    facts = {"name": Path(name).name, "format": "", "seconds": "", **facts}
    why = say(key, language, **facts) if knows(key) else key
    _print(say("error", language, name=Path(name).name, why=why), sys.stderr)
    return 2


def _report(arguments: argparse.Namespace, document: Document, reading: Reading, language: Language) -> None:
    for note in document.notes:
        _print(say(note.code, language, **dict(note.facts)), sys.stderr)
    if arguments.json:
        _print(json.dumps(_as_json(document, reading), ensure_ascii=False, indent=1), sys.stdout)
        return
    written = [name for kind in ("ics", "docx", "xlsx") if (name := getattr(arguments, kind))]
    for name in written:
        _print(say("wrote", language, name=name), sys.stderr)
    if not written:
        _print("\n".join(_tables(document.text, reading, arguments.plan, language)), sys.stdout)


def _as_json(document: Document, reading: Reading) -> dict[str, object]:
    """The reading; where the file is no plain text, with the text that its offsets point into."""
    found = reading.as_json() | {"format": document.format, "encoding": document.encoding}
    return found if document.format == "txt" else found | {"text": document.text}


def _tables(text: str, reading: Reading, only: int | None, language: Language) -> list[str]:
    columns = max(shutil.get_terminal_size((120, 40)).columns, _NARROWEST)
    plans = reading.plans
    counts = {"plans": len(plans), "families": len(reading.families), "actions": sum(len(p.actions) for p in plans)}
    lines = [say("summary", language, **counts)]
    for number, family in enumerate(reading.families, 1):
        shown = [index for index in family if only in (None, index + 1)]
        if shown and len(plans) > 1:
            names = word("and", language).join(str(index + 1) for index in family)
            lines += ["", "", say("family", language, number=number, count=len(family), plans=names)]
        for index in shown:
            lines += ["", *_plan_table(text, plans[index], index, language, columns)]
    return lines


def _plan_table(text: str, plan: PlanReading, index: int, language: Language, columns: int) -> list[str]:
    lines = [say("plan", language, number=index + 1, title=plan.title or word("untitled", language))]
    counts = {"outline": len(plan.outline), "actions": len(plan.actions)}
    told = [say("counts", language, lacking=sum(1 for action in plan.actions if action.issues), **counts)]
    if plan.duplicate_of is not None:
        told.append(say("copy", language, number=plan.duplicate_of + 1))
    told += dict.fromkeys(word(issue.code, language) for issue in plan.issues)
    lines += [word("semicolon", language).join(told), ""]
    cells = [_cells(text, plan, action, language) for action in plan.actions]
    heads = [word(key, language) for key in ("number", "action", "when", "who", "how_much", "missing")]
    lines += table(heads, cells, (2, 11, 6, 5, 4, 4), columns)
    for key, surfaces in (
        ("questions", [f"{placeholder_word(each.code, language)} {each.surface}" for each in plan.questions]),
        ("unread", [each.surface for each in plan.unread]),
    ):
        if surfaces:
            lines += ["", say(key, language) + word("and", language).join(dict.fromkeys(surfaces))]
    return lines


def _cells(text: str, plan: PlanReading, action: PlanAction, language: Language) -> tuple[str, ...]:
    row = action_row(text, plan, action, language, {})
    missing = dict.fromkeys(short_word(issue.code, language) for issue in action.issues)
    return row.number, row.action, row.when, row.who, row.how_much, word("and", language).join(missing)


def _print(text: str, stream: TextIO) -> None:
    """A terminal gets what its encoding can show; a pipe or a file gets UTF-8."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    with suppress(BrokenPipeError):  # whoever read the pipe has seen enough
        print(text, file=stream, flush=True)
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
