"""`qingli measures`: lists what the catalogue knows, shows one measure, or tells what a clause is taken for."""

import argparse
import sys
from pathlib import Path

from qingli.catalogue import Catalogue, CatalogueError, Matcher, Measure, load_catalogue
from qingli.catalogue.types import LANGUAGES, Language


def run(argv: list[str]) -> int:
    """Exit code 0; 1 where nothing was found; 2 for content or an id that cannot be used."""
    options = _parser().parse_args(argv)
    try:
        catalogue = load_catalogue(options.extra)
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 2
    if options.match is not None:
        return _show_matches(catalogue, options.match, options.language)
    if options.id is None:
        _list(catalogue, options.language)
        return 0
    if options.id not in catalogue.measures:
        print(f"no measure has the id {options.id!r}; `qingli measures` lists them", file=sys.stderr)
        return 2
    _show(catalogue.measures[options.id], catalogue, options.language)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="qingli measures", description=__doc__)
    parser.add_argument("id", nargs="?", help="show this measure in full")
    parser.add_argument("--match", metavar="CLAUSE", help="tell which measures a clause of a plan speaks of, and why")
    parser.add_argument("--extra", type=Path, metavar="FOLDER", help="a catalogue folder to lay over the built-in one")
    parser.add_argument("--language", choices=LANGUAGES, default="zh-Hant", help="of the names (default: zh-Hant)")
    return parser


def _list(catalogue: Catalogue, language: Language) -> None:
    for topic in catalogue.topics.values():
        print(topic.names.get(language))
        for measure in catalogue.measures.values():
            if measure.topic == topic.id:
                print(f"  {measure.id:<28}{measure.names.get(language)}")


def _show(measure: Measure, catalogue: Catalogue, language: Language) -> None:
    print(measure.names.get(language))
    rows = {
        "id": measure.id,
        "topic": catalogue.topics[measure.topic].names.get(language),
        "site": measure.site_type or "-",
        "schedule": _schedule(measure),
        "coverage": " ".join((measure.coverage.rule, *measure.coverage.words)),
        "evidence": ", ".join(kind.names.get(language) for kind in measure.evidence),
        "quantities": ", ".join(f"{q.names.get(language)} ({q.unit_names.get(language)})" for q in measure.quantities),
        "phrases": ", ".join(measure.phrases),
    }
    for name, value in rows.items():
        print(f"  {name:<12}{value}")


def _schedule(measure: Measure) -> str:
    schedule = measure.default_schedule
    if schedule is None:
        return "-"
    if schedule["type"] == "window":
        return f"{schedule['from'] or ''}..{schedule['to'] or ''}"
    return ", ".join(schedule["value"]) if schedule["type"] == "date" else str(schedule["value"])


def _show_matches(catalogue: Catalogue, clause: str, language: Language) -> int:
    matches = Matcher(catalogue).match(clause)
    for match in matches:
        why = ", ".join(f"{reason.kind} {reason.word}" for reason in match.why)
        print(f"{match.score:.2f}  {match.measure:<28}{catalogue.measures[match.measure].names.get(language)}  ({why})")
    return 0 if matches else 1
