"""Reads standards/<id>/<version>.yaml."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import cast

from .source import Entry, read
from .types import INDICATORS, SITE_TYPES, CatalogueError, Criterion, CriterionKind, Names, Standard

MOST_POINTS = 10_000
KINDS = ("record", "sample", "judged")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"\d{1,4}(\.\d{1,3}){0,2}")
_COMMON = ("id", "names", "shows", "points", "kind")
_ASKED = {
    "record": (("indicator", "at_least"), ("measures", "min_n", "partial")),
    "sample": (("site_type", "at_least", "min_n"), ("partial",)),
    "judged": ((), ()),
}
ReadNames = Callable[[Entry], Names]


def read_standards(folder: Path, names: ReadNames, measures: Collection[str]) -> dict[tuple[str, str], Standard]:
    """All standards of a folder by id and version. Raises CatalogueError."""
    return {(found.id, found.version): found for found in _standards(folder, names, measures)}


def order_of(identity: str, version: str) -> tuple[str, tuple[int, ...]]:
    """By id, then by version as numbers: 1.9 before 1.10."""
    return identity, tuple(map(int, version.split(".")))


def _standards(folder: Path, names: ReadNames, measures: Collection[str]) -> Iterator[Standard]:
    if not folder.is_dir():
        return
    for child in sorted(folder.iterdir()):
        if child.name.startswith("."):
            continue
        if not child.is_dir() or not _ID.fullmatch(child.name):
            raise CatalogueError("not-a-standard-folder", child, 1)
        for path in sorted(child.iterdir()):
            if path.name.startswith("."):
                continue
            if path.suffix != ".yaml" or not _VERSION.fullmatch(path.stem):
                raise CatalogueError("not-a-version", path, 1)
            yield _standard(child.name, path.stem, read(path), names, measures)


def _standard(identity: str, version: str, entry: Entry, names: ReadNames, measures: Collection[str]) -> Standard:
    fields = entry.fields(required=("names", "criteria"), optional=("sample", "levels"))
    criteria: dict[str, Criterion] = {}
    for one in fields["criteria"].entries():
        criterion = _criterion(one, names, measures)
        if criterion.id in criteria:
            one.fail("repeated-value", criterion.id)
        criteria[criterion.id] = criterion
    if not criteria:
        fields["criteria"].fail("empty")
    most = sum(criterion.points for criterion in criteria.values())
    levels = {key: level.whole(0, most) for key, level in fields["levels"].items()} if "levels" in fields else {}
    return Standard(
        id=identity,
        version=version,
        names=names(fields["names"]),
        sample="sample" in fields and fields["sample"].flag(),
        levels=MappingProxyType(levels),
        criteria=tuple(criteria.values()),
    )


def _criterion(entry: Entry, names: ReadNames, measures: Collection[str]) -> Criterion:
    kind = dict(entry.items()).get("kind", entry).choice(KINDS)
    required, optional = _ASKED[kind]
    fields = entry.fields(required=(*_COMMON, *required), optional=optional)
    identity = fields["id"].text()
    if not _ID.fullmatch(identity) or len(identity) > 60:
        fields["id"].fail("not-an-id", identity)
    found = Criterion(
        id=identity,
        names=names(fields["names"]),
        shows=names(fields["shows"]),
        points=fields["points"].whole(1, MOST_POINTS),
        kind=cast("CriterionKind", kind),
        indicator=fields["indicator"].choice(INDICATORS) if "indicator" in fields else "",
        measures=fields["measures"].choices(measures) if "measures" in fields else (),
        site_type=fields["site_type"].choice(SITE_TYPES) if "site_type" in fields else "",
        min_n=fields["min_n"].whole(1, 100_000) if "min_n" in fields else 0,
        partial="partial" in fields and fields["partial"].flag(),
    )
    if found.indicator == "sites-covered" and not found.measures:
        entry.fail("missing-field", "measures")
    if "at_least" not in fields:
        return found
    return replace(found, at_least=fields["at_least"].whole(1, 100 if found.is_share else 100_000))
