"""Loads the built-in content and lays a user's folder over it."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from .dayrules import read_days
from .source import Entry, read
from .standards_reader import order_of, read_standards
from .types import (
    COVERAGE_RULES,
    LANGUAGES,
    SITE_TYPES,
    Catalogue,
    CatalogueError,
    Coverage,
    EnvironmentDay,
    Evidence,
    Measure,
    Names,
    Norm,
    Pair,
    Quantity,
    Topic,
    Vocabulary,
)

BUILT_IN = Path(__file__).parent
T = TypeVar("T")

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RRULE = re.compile(
    r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)"
    r"(;(INTERVAL=\d{1,3}|BYMONTH=\d{1,2}(,\d{1,2})*|BYMONTHDAY=-?\d{1,2}(,-?\d{1,2})*"
    r"|BYDAY=(-?\d)?(MO|TU|WE|TH|FR|SA|SU)(,(-?\d)?(MO|TU|WE|TH|FR|SA|SU))*))*"
)
_DATE = re.compile(r"(Y(\+1)?|\*|\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """The built-in content, under that of the folder `extra` when one is given.

    What `extra` names with an id that exists replaces it; concepts.yaml adds words to concepts. Everything is
    validated. Raises CatalogueError, which names the file and line.
    """
    built_in = _built_in()
    if extra is None:
        return built_in
    if not extra.is_dir():
        raise CatalogueError("not-a-folder", extra, 1)
    return _load(extra, built_in)


@lru_cache(maxsize=1)
def _built_in() -> Catalogue:
    return _load(BUILT_IN, None)


def _load(root: Path, below: Catalogue | None) -> Catalogue:
    topics = _layer(root / "topics.yaml", below.topics if below else None, lambda i, e: Topic(i, read_names(e)))
    evidence = _layer(
        root / "evidence.yaml", below.evidence if below else None, lambda i, e: Evidence(i, read_names(e))
    )
    quantities = _quantities(root / "quantities.yaml", below.quantities if below else None)
    vocabulary = _vocabulary(root / "concepts.yaml", below.vocabulary if below else None)
    measures = dict(below.measures) if below else {}
    known = _Known(topics, evidence, quantities, vocabulary)
    for folder in _measure_folders(root):
        measures[folder.name] = _measure(folder.name, read(folder / "measure.yaml"), known)
    order = {topic: place for place, topic in enumerate(topics)}
    ordered = sorted(measures.values(), key=lambda measure: (order[measure.topic], measure.id))
    days: Mapping[str, EnvironmentDay] = below.days if below else {}
    days = {**days, **read_days(root / "days.yaml", read_names)} if _wanted(root / "days.yaml", below) else days
    standards = {**(below.standards if below else {}), **read_standards(root / "standards", read_names, measures)}
    return Catalogue(
        topics,
        evidence,
        quantities,
        MappingProxyType({m.id: m for m in ordered}),
        MappingProxyType(dict(days)),
        vocabulary,
        MappingProxyType(dict(sorted(standards.items(), key=lambda item: order_of(*item[0])))),
    )


class _Known:
    """What a measure may refer to."""

    def __init__(
        self,
        topics: Mapping[str, Topic],
        evidence: Mapping[str, Evidence],
        quantities: Mapping[str, Quantity],
        words: Vocabulary,
    ) -> None:
        self.topics, self.evidence, self.quantities = topics, evidence, quantities
        self.objects: Collection[str] = words.objects.keys() | words.people.keys() | words.broad_objects.keys()
        self.verbs: Collection[str] = words.verbs.keys() | words.broad_verbs.keys()


def _wanted(path: Path, below: object) -> bool:
    """The built-in files must be there; a user's folder brings those that it wants."""
    return below is None or path.exists()


def _measure_folders(root: Path) -> Iterator[Path]:
    folder = root / "measures"
    if not folder.is_dir():
        return
    for child in sorted(folder.iterdir()):
        if child.name.startswith("."):
            continue
        if not child.is_dir() or not _ID.fullmatch(child.name):
            raise CatalogueError("not-a-measure-folder", child, 1)
        yield child


def _layer(path: Path, below: Mapping[str, T] | None, build: Callable[[str, Entry], T]) -> Mapping[str, T]:
    found = dict(below or {})
    if _wanted(path, below):
        for key, entry in read(path).items():
            found[_id(key, entry)] = build(key, entry)
    return MappingProxyType(found)


def _id(key: str, entry: Entry) -> str:
    if not _ID.fullmatch(key):
        entry.fail("not-an-id", key)
    return key


def read_names(entry: Entry) -> Names:
    """A name in each of the three languages."""
    fields = entry.fields(required=LANGUAGES)
    return Names(*(fields[language].text() for language in LANGUAGES))


def _quantities(path: Path, below: Mapping[str, Quantity] | None) -> Mapping[str, Quantity]:
    found = dict(below or {})
    if not _wanted(path, below):
        return MappingProxyType(found)
    units = {quantity.unit: quantity.unit_names for quantity in found.values()}
    fields = read(path).fields(required=("quantities",), optional=("units",))
    if "units" in fields:
        units.update((key, read_names(entry)) for key, entry in fields["units"].items())
    for key, entry in fields["quantities"].items():
        parts = entry.fields(required=("unit", "names"))
        unit = parts["unit"].choice(units)
        found[_id(key, entry)] = Quantity(key, read_names(parts["names"]), unit, units[unit])
    return MappingProxyType(found)


def _vocabulary(path: Path, below: Vocabulary | None) -> Vocabulary:
    if not _wanted(path, below):
        assert below is not None
        return below
    concepts = ("objects", "people", "broad_objects", "verbs", "broad_verbs")
    lists = ("slogans", "fillers")
    fields = read(path).fields(optional=(*concepts, *lists))
    merged: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for section in concepts:
        words: dict[str, tuple[str, ...]] = dict(getattr(below, section)) if below else {}
        for key, entry in fields[section].items() if section in fields else ():
            words[_id(key, entry)] = words.get(key, ()) + entry.texts()
        merged[section] = MappingProxyType(words)
    plain: dict[str, tuple[str, ...]] = {}
    for section in lists:
        earlier: tuple[str, ...] = getattr(below, section) if below else ()
        plain[section] = earlier + (fields[section].texts() if section in fields else ())
    return Vocabulary(**merged, slogans=plain["slogans"], fillers=plain["fillers"])


def _measure(identity: str, entry: Entry, known: _Known) -> Measure:
    fields = entry.fields(
        required=("names", "topic", "coverage", "phrases", "concepts"),
        optional=("site_type", "default_schedule", "evidence", "quantities"),
    )
    site_type = _site_type(fields.get("site_type"))
    schedule = fields.get("default_schedule")
    evidence = fields["evidence"].choices(known.evidence) if "evidence" in fields else ()
    quantities = fields["quantities"].choices(known.quantities) if "quantities" in fields else ()
    return Measure(
        id=identity,
        names=read_names(fields["names"]),
        topic=fields["topic"].choice(known.topics),
        site_type=site_type,
        default_schedule=None if schedule is None or schedule.is_null else _schedule(schedule),
        coverage=_coverage(fields["coverage"], site_type),
        evidence=tuple(known.evidence[code] for code in evidence),
        quantities=tuple(known.quantities[code] for code in quantities),
        phrases=_phrases(fields["phrases"]),
        pairs=tuple(_pair(pair, known) for pair in fields["concepts"].entries()),
    )


def _phrases(entry: Entry) -> tuple[str, ...]:
    for phrase in entry.entries():
        if not 2 <= len(phrase.text()) <= 20:
            phrase.fail("phrase-length", phrase.text())
    return entry.texts()


def _site_type(entry: Entry | None) -> str | None:
    return None if entry is None or entry.is_null else entry.choice(SITE_TYPES)


def _coverage(entry: Entry, site_type: str | None) -> Coverage:
    """A round over sites must know which: "every site" needs a type, "every household" that of households."""
    fields = entry.fields(required=("rule", "words"))
    rule = fields["rule"].choice(COVERAGE_RULES)
    if (rule == "every_site" and site_type is None) or (rule == "every_household" and site_type != "household"):
        fields["rule"].fail("coverage-without-its-site", rule)
    return Coverage(rule, fields["words"].texts())


def _pair(entry: Entry, known: _Known) -> Pair:
    fields = entry.fields(required=("object", "verbs"), optional=("beside", "alone"))
    beside = fields["beside"].choice(known.objects) if "beside" in fields else None
    alone = "alone" in fields and fields["alone"].flag()
    return Pair(fields["object"].choice(known.objects), frozenset(fields["verbs"].choices(known.verbs)), beside, alone)


def _schedule(entry: Entry) -> Norm:
    fields = entry.fields(required=("type",), optional=("value", "from", "to"))
    kind = fields["type"].choice(("rrule", "window", "date"))
    if kind == "rrule":
        fields = entry.fields(required=("type", "value"))
        value = fields["value"].text()
        if not _RRULE.fullmatch(value):
            fields["value"].fail("not-a-rule", value)
        return MappingProxyType({"type": kind, "value": value})
    if kind == "date":
        dates = entry.fields(required=("type", "value"))["value"].entries()
        return MappingProxyType({"type": kind, "value": tuple(_norm_date(item) for item in dates)})
    fields = entry.fields(required=("type", "from", "to"))
    ends = {end: None if fields[end].is_null else _norm_date(fields[end]) for end in ("from", "to")}
    if ends["from"] is None and ends["to"] is None:
        entry.fail("empty-window")
    return MappingProxyType({"type": kind, **ends})


def _norm_date(entry: Entry) -> str:
    value = entry.text()
    if not _DATE.fullmatch(value):
        entry.fail("not-a-norm-date", value)
    return value
