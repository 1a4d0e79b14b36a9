"""Carbon factors by kind, area and year, each with its notice; and published averages of like bodies. Fails closed."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from .source import Entry, read

BUILT_IN = Path(__file__).parent / "factors.yaml"
KINDS = ("electricity", "gas", "coal", "fuel", "water")
CHECKED = ("primary", "secondary", "recomputed", "user")
_AREA = re.compile(r"[A-Z]{2}([.-][A-Z]{1,3})?")
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,8})?")
_SHA256 = re.compile(r"[0-9a-f]{64}|[0-9a-f]{6,}…[0-9a-f]{6,}")


class FactorError(LookupError):
    """There is no factor for what was asked; there is never a nearest one."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code}: {facts}")
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from, and how they were checked."""

    id: str
    issuer: str
    notice: str
    checked: str
    published: str = ""
    url: str = ""
    sha256: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """What a row of figures is for. Figures of two series are never set beside one another."""

    id: str
    kind: str
    unit: str
    gases: str
    scope: int
    basis: str


@dataclass(frozen=True, slots=True)
class Factor:
    """One figure with everything that a reader may dispute."""

    series: Series
    area: str
    year: int | None
    value: float
    source: Source
    first: int
    last: int

    def as_json(self) -> dict[str, object]:
        """Flat, for a result that has to be understood years later."""
        named = {f"source_{name}": text for name, text in asdict(self.source).items() if text and name != "id"}
        told = {"series": self.series.id, "area": self.area, "data_year": self.year, "value": self.value}
        valid = {"valid_from": self.first, "valid_until": self.last}
        return {
            **told,
            "unit": self.series.unit,
            "gases": self.series.gases,
            "scope": self.series.scope,
            **valid,
            **named,
        }


@dataclass(frozen=True, slots=True)
class Peers:
    """Published yearly averages of like bodies in an area."""

    area: str
    year: int
    issuer: str
    published: str
    checked: str
    bodies: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Factors:
    """All that is known."""

    rows: tuple[Factor, ...]
    standard: Mapping[str, tuple[str, ...]]
    peers: tuple[Peers, ...]
    standard_coal: Mapping[str, float]

    def find(self, kind: str, area: str, year: int, series: str | None = None) -> Factor:
        """The one factor of that kind that is valid for the area and the year of use.

        A province has its own or none: the country's is not put in its place. `series` asks for another than the
        standard one.
        """
        wanted = (series,) if series else self.standard.get(area[:2], ())
        found = [
            row
            for row in self.rows
            if row.series.kind == kind and row.series.id in wanted and row.area == self._area(kind, area, row)
        ]
        valid = [row for row in found if row.first <= year <= row.last]
        if len(valid) != 1:
            raise FactorError("no-factor", kind=kind, area=area, year=year, series=wanted, found=len(valid))
        return valid[0]

    @staticmethod
    def _area(kind: str, area: str, row: Factor) -> str:
        """Fuels burn alike in every province; electricity does not."""
        return area if kind == "electricity" or len(row.area) > 2 else area[:2]

    def peers_of(self, area: str) -> Peers:
        """The latest averages of an area."""
        found = sorted((each for each in self.peers if each.area == area), key=lambda each: each.year)
        if not found:
            raise FactorError("no-peers", area=area)
        return found[-1]


def load_factors(path: Path | None = None) -> Factors:
    """The built-in factors, or those of a file in the same form. Raises CatalogueError, which names file and line."""
    return _load(path or BUILT_IN)


@lru_cache(maxsize=4)
def _load(path: Path) -> Factors:
    fields = read(path).fields(("sources", "series", "standard", "rows"), ("peers", "standard_coal"))
    sources = {name: _source(name, entry) for name, entry in fields["sources"].items()}
    series = {name: _series(name, entry) for name, entry in fields["series"].items()}
    rows = tuple(_row(entry, sources, series) for entry in fields["rows"].entries())
    _refuse_doubles(rows, fields["rows"])
    standard = {area: entry.choices(series) for area, entry in fields["standard"].items()}
    peers = tuple(_peers(entry) for entry in fields["peers"].entries()) if "peers" in fields else ()
    coal = (
        {kind: _number(entry) for kind, entry in fields["standard_coal"].items()} if "standard_coal" in fields else {}
    )
    return Factors(rows, standard, peers, coal)


def _source(name: str, entry: Entry) -> Source:
    fields = entry.fields(("issuer", "notice", "checked"), ("published", "url", "sha256", "note"))
    fields["checked"].choice(CHECKED)
    if "sha256" in fields and not _SHA256.fullmatch(fields["sha256"].text()):
        fields["sha256"].fail("not-a-hash")
    if "published" in fields:
        fields["published"].day()
    return Source(name, **{field: value.text() for field, value in fields.items()})


def _series(name: str, entry: Entry) -> Series:
    fields = entry.fields(("kind", "unit", "gases", "scope", "basis"))
    kind, gases = fields["kind"].choice(KINDS), fields["gases"].choice(("CO2", "CO2e"))
    if not fields["unit"].text().startswith(f"kg{gases}/"):
        fields["unit"].fail("unit-and-gases-differ")
    return Series(name, kind, fields["unit"].text(), gases, fields["scope"].whole(1, 3), fields["basis"].text())


def _row(entry: Entry, sources: Mapping[str, Source], series: Mapping[str, Series]) -> Factor:
    cells = entry.entries()
    if len(cells) != 7:
        entry.fail("wrong-number-of-cells", len(cells))
    area = cells[1].text()
    if not _AREA.fullmatch(area):
        cells[1].fail("not-an-area", area)
    first, last = (cell.whole(1990, 2100) for cell in cells[5:])
    if last < first:
        cells[6].fail("ends-before-it-begins")
    return Factor(
        series=series[cells[0].choice(series)],
        area=area,
        year=None if cells[2].is_null else cells[2].whole(1990, 2100),
        value=_number(cells[3]),
        source=sources[cells[4].choice(sources)],
        first=first,
        last=last,
    )


def _number(entry: Entry) -> float:
    text = entry.text()
    if not _NUMBER.fullmatch(text) or float(text) == 0:
        entry.fail("not-a-number", text)
    return float(text)


def _refuse_doubles(rows: tuple[Factor, ...], entry: Entry) -> None:
    """Two rows for one year of use would be a choice made in silence."""
    seen: set[tuple[str, str, int]] = set()
    for row in rows:
        for year in range(row.first, row.last + 1):
            if (row.series.id, row.area, year) in seen:
                entry.fail("two-factors-for-a-year", f"{row.series.id} {row.area} {year}")
            seen.add((row.series.id, row.area, year))


def _peers(entry: Entry) -> Peers:
    fields = entry.fields(("area", "year", "issuer", "published", "checked", "bodies"))
    bodies = {name: {key: _number(value) for key, value in body.items()} for name, body in fields["bodies"].items()}
    return Peers(
        fields["area"].text(),
        fields["year"].whole(1990, 2100),
        fields["issuer"].text(),
        fields["published"].day().isoformat(),
        fields["checked"].choice(CHECKED),
        bodies,
    )
