"""`qingli savings READINGS`: what a change has saved, from meters and weather. Needs no database."""

import argparse
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from qingli.catalogue.factors import FactorError, load_factors
from qingli.cli.tables import table
from qingli.savings import (
    Event,
    FileError,
    MeterResult,
    Readings,
    Report,
    analyse,
    as_json,
    band_sentence,
    chart_svg,
    read_readings,
    read_weather,
    sentence,
    write_parquet,
    write_xlsx,
)
from qingli.savings.analyse import FactorOf
from qingli.savings.model import UNITS
from qingli.savings.words import Language, amount, kind_word, percent, say, unit_word

_LANGUAGES: dict[str, Language] = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans", "en": "en"}
_OUTPUTS = ("xlsx", "json", "parquet", "svg", "not-taken")
_SHOWN = 12  # meters that are printed one by one


class _RefusalError(Exception):
    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key, self.facts = key, facts


def run(argv: Sequence[str]) -> int:
    """Exit code 0 when there is an answer, 1 when there is none for any meter, 2 when the call or a file is wrong."""
    arguments = _parser().parse_args(argv)
    language = _LANGUAGES[arguments.lang] if arguments.lang else _from_environment()
    name = arguments.readings
    try:
        bar = _Bar(say("reading", language))
        readings = _read(arguments, bar)
        name = arguments.weather or name
        report = _analyse(arguments, readings)
        bar.close()
        _write(arguments, report, readings, language)
    except FileError as error:
        return _refuse(name, error.code, error.facts, language)
    except _RefusalError as error:
        return _refuse(name, error.key, error.facts, language)
    except OSError as error:
        return _refuse(str(error.filename or name), "missing-file", {}, language)
    _print("\n".join(_printed(report, readings, language)), sys.stdout)
    return 0 if any(result.verdict != "insufficient" for result in report.results) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="qingli savings", description="What a change has saved, from meters and weather."
    )
    add = parser.add_argument
    add("readings", metavar="READINGS", help=".xlsx .xls .csv: bills, readings of a register, or daily or hourly use")
    add("--weather", metavar="TEMPS", help=".xlsx or .csv with a time, a temperature in °C and perhaps a station")
    add(
        "--change", metavar="DATE", help="when the change began; without it the last year is set against the one before"
    )
    add("--done", metavar="DATE", help="when the work was finished, if later; bills between do not count")
    add("--until", metavar="DATE", help="leave out what came after")
    add("--kind", default="", help="electricity, gas, water, waste, paper, fuel, where the file does not say")
    add("--unit", default="", help="kWh, m3, 度, …, where the file does not say")
    add("--people", type=float, help="how many people use it, for figures per person and day")
    add("--people-before", type=float, help="how many did before the change, where that was another number")
    add("--map", action="append", default=[], metavar="ROLE=COLUMN", help="which column is what, e.g. use=用電量")
    add("--sheet", help="the sheet of an Excel file")
    add("--encoding", help="of a text file, where it cannot be told")
    add("--zone", default="Asia/Taipei", help="time zone of the meters (default: %(default)s)")
    add("--dates", choices=["dmy", "mdy"], default="", help="how 03/04/2025 is meant")
    add(
        "--event", action="append", default=[], metavar="FROM,TO,REASON[,METER]", help="days that do not count, and why"
    )
    add("--by", default="", help="who marks the events")
    add("--compare-with", action="append", default=[], metavar="METER", help="a meter at which nothing was done")
    add("--area", default="", help="for carbon: CN, CN-GD, TW, …")
    add(
        "--factor",
        action="append",
        default=[],
        metavar="KIND=KG,SOURCE",
        help="kg of CO2 for a unit, where you have your own",
    )
    add("--confidence", type=float, default=0.9, help="of the band (default: %(default)s)")
    add("--parity", action="store_true", help="compute as eemeter 3.2.0 does, for comparison")
    for kind in _OUTPUTS:
        add(
            f"--{kind}",
            metavar="OUT",
            help="write the rows not taken as .csv" if kind == "not-taken" else f"write .{kind}",
        )
    add("--lang", choices=sorted(_LANGUAGES), help="language")
    return parser


def _from_environment() -> Language:
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    locale = locale.lower().replace("-", "_")
    if not locale.startswith("zh"):
        return "en"
    return "zh-Hant" if any(part in locale for part in ("tw", "hk", "mo", "hant")) else "zh-Hans"


class _Bar:
    """A progress bar on a terminal; nothing elsewhere."""

    def __init__(self, text: str) -> None:
        self.text, self.shown = text, sys.stderr.isatty()

    def __call__(self, share: float) -> None:
        if self.shown:
            full = int(share * 30)
            print(
                f"\r{self.text} [{'#' * full}{'.' * (30 - full)}] {share * 100:3.0f} %",
                end="",
                file=sys.stderr,
                flush=True,
            )

    def close(self) -> None:
        """Leave no trace."""
        if self.shown:
            print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)


def _read(arguments: argparse.Namespace, bar: Callable[[float], None]) -> Readings:
    mapping = dict(each.split("=", 1) if "=" in each else (each, "") for each in arguments.map)
    readings = read_readings(
        arguments.readings,
        mapping=mapping,
        kind=arguments.kind,
        unit=arguments.unit,
        zone=arguments.zone,
        order=arguments.dates,
        sheet=arguments.sheet,
        encoding=arguments.encoding,
        progress=bar,
    )
    if not readings.meters:
        _write_not_taken(arguments, readings)
        raise _RefusalError("no-meters")
    return readings


def _analyse(arguments: argparse.Namespace, readings: Readings) -> Report:
    weather = read_weather(arguments.weather, zone=arguments.zone) if arguments.weather else None
    meters = readings.meters
    if arguments.people:
        before = arguments.people_before
        meters = tuple(replace(m, people=m.people or arguments.people, people_before=before) for m in meters)
    return analyse(
        meters,
        weather,
        change=_day(arguments.change),
        done=_day(arguments.done),
        until=_day(arguments.until),
        events=[_event(text, arguments.by) for text in arguments.event],
        comparison=tuple(arguments.compare_with),
        factor_of=_factors(arguments.area, dict(_own_factor(text) for text in arguments.factor)),
        confidence=arguments.confidence,
        parity=arguments.parity,
    )


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _RefusalError("bad-date", text=text) from None


def _event(text: str, by: str) -> Event:
    parts = [part.strip() for part in text.split(",", 3)]
    start, end = (_day(part) for part in (*parts, "", "")[:2])
    if len(parts) < 3 or start is None or end is None:
        raise _RefusalError("bad-event", text=text)
    try:
        return Event(start, end, parts[2], by or os.environ.get("USER", ""), parts[3] if len(parts) > 3 else "")
    except ValueError:
        raise _RefusalError("bad-event", text=text) from None


def _own_factor(text: str) -> tuple[str, dict[str, object]]:
    """A factor that the user answers for, with its source; without a source it is none."""
    kind, _, rest = text.partition("=")
    value, _, source = rest.partition(",")
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if kind not in UNITS or not number > 0 or not source.strip():
        raise _RefusalError("bad-factor", text=text)
    unit = f"kg CO2/{UNITS[kind]}"
    return kind, {
        "value": number,
        "unit": unit,
        "series": "user",
        "source_notice": source.strip(),
        "source_checked": "user",
    }


def _factors(area: str, own: Mapping[str, Mapping[str, object]]) -> FactorOf | None:
    if not area and not own:
        return None
    known = load_factors()

    def find(kind: str, year: int) -> tuple[Mapping[str, object] | None, str]:
        if kind in own:
            return own[kind], ""
        try:
            return known.find(kind, area, year).as_json(), ""
        except FactorError as error:
            return None, error.code

    return find


def _write(arguments: argparse.Namespace, report: Report, readings: Readings, language: Language) -> None:
    """Each file is written beside its place first and then moved into it."""
    writers: dict[str, Callable[[Path], object]] = {
        "xlsx": lambda path: write_xlsx(report, path, language, readings.refused),
        "json": lambda path: path.write_text(
            json.dumps(_record(report, readings), ensure_ascii=False), encoding="utf8"
        ),
        "parquet": lambda path: write_parquet(report, path),
        "svg": lambda path: path.write_text(chart_svg(report, language), encoding="utf8"),
    }
    for kind, writer in writers.items():
        if wanted := getattr(arguments, kind):
            _place(Path(wanted), writer, arguments.readings)
            _print(say("wrote", language, name=wanted), sys.stderr)
    _write_not_taken(arguments, readings)


def _record(report: Report, readings: Readings) -> dict[str, object]:
    taken = {"sha256": readings.digest, "rows": readings.rows, "taken": readings.taken, "not_taken": readings.reasons()}
    return {**as_json(report), "file": taken}


def _write_not_taken(arguments: argparse.Namespace, readings: Readings) -> None:
    if wanted := arguments.not_taken:
        _place(Path(wanted), lambda path: path.write_bytes(readings.not_taken_csv()), arguments.readings)


def _place(path: Path, writer: Callable[[Path], object], source: str) -> None:
    try:
        if path.is_dir() or (path.exists() and Path(source).exists() and path.samefile(source)):
            raise _RefusalError("cannot-write", name=str(path))
        handle, beside = tempfile.mkstemp(prefix=".qingli-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        try:
            writer(Path(beside))
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as error:
        raise _RefusalError("cannot-write", name=str(path)) from error


def _refuse(name: str, key: str, facts: Mapping[str, object], language: Language) -> int:
    told = {**facts, "why": say(str(facts["why"]), language)} if "why" in facts else facts
    why = say(key, language, **{"name": Path(name).name, **told})
    _print(say("error", language, name=Path(name).name, why=why), sys.stderr)
    return 2


def _printed(report: Report, readings: Readings, language: Language) -> list[str]:
    counts = {"rows": readings.rows, "taken": readings.taken, "refused": len(readings.refused)}
    lines = [say("taken", language, **counts)]
    lines += [f"  {count} × {say(code, language)}" for code, count in sorted(readings.reasons().items())]
    for result in report.results[:_SHOWN]:
        lines += ["", sentence(result, language), *_details(result, language)]
    if any(result.kind not in ("electricity", "gas", "heat") for result in report.results):
        lines += ["", say("weaker", language)]
    return [*lines, "", *_table(report, language)]


def _details(result: MeterResult, language: Language) -> list[str]:
    lines = []
    if result.saving is not None or result.band.half is not None:
        lines.append("  " + band_sentence(result, language))
    if result.compared:
        lines.append(
            f"  {say('compared', language)}: {amount(result.compared.saving)} ± {amount(result.compared.half)}"
        )
    if result.carbon.kilograms is not None:
        lines.append(f"  {say('carbon', language)}: {amount(result.carbon.kilograms)}")
    plain = result.plain
    if plain and plain.per_person_before is not None:
        litres = result.kind == "water"  # people think of a day's water in litres
        pair = [each and each * (1000 if litres else 1) for each in (plain.per_person_before, plain.per_person_after)]
        unit = unit_word("L" if litres else result.unit, language)
        lines.append("  " + say("per-person", language, unit=unit, before=amount(pair[0]), after=amount(pair[1])))
    lines += [f"  {say(note.code, language, **note.facts)}" for note in result.notes]
    for rule in result.rules:
        if rule.state in ("unmet", "told") and rule.code != "weather":
            told = ", ".join(
                f"{name} {value:g}" for name, value in rule.facts.items() if isinstance(value, int | float)
            )
            lines.append(f"  {say(rule.state, language)} · {say(rule.code, language)} ({rule.section}) {told}")
    return lines


def _table(report: Report, language: Language) -> list[str]:
    heads = ("name", "kind", "expected", "observed", "saving", "share", "half", "plain-before", "plain-after")
    rows = []
    for each in report.results:
        plain = each.plain
        rows.append(
            (
                each.name,
                kind_word(each.kind, language),
                amount(each.expected),
                amount(each.observed),
                amount(each.saving),
                percent(each.share),
                amount(each.band.half),
                amount(plain.before if plain else None),
                amount(plain.after if plain else None),
            )
        )
    columns = max(shutil.get_terminal_size((120, 40)).columns, 100)
    lines = table([say(head, language) for head in heads], rows[:200], (10, 6, 8, 8, 8, 6, 8, 8, 8), columns)
    if len(report.results) > 1:
        lines.append("")
        for total in report.totals:
            text = f"{kind_word(total.kind, language)}: {say('meters', language, count=total.meters)}"
            saved = f"{amount(total.saving)} ± {amount(total.half)} {unit_word(total.unit, language)}"
            text += f", {say('saving', language)} {saved}"
            if total.left_out:
                text += f"; {say('left-out', language, count=total.left_out)}"
            lines.append(text)
    return lines


def _print(text: str, stream: object) -> None:
    """A terminal gets what its encoding can show; a pipe or a file gets UTF-8."""
    assert isinstance(stream, io.TextIOBase)
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    with suppress(BrokenPipeError):
        print(text, file=stream, flush=True)
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
