"""Reports of the invented community, made as a face makes them."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from urllib.parse import urlencode

from qingli.catalogue import Catalogue, load_catalogue
from qingli.ground.queries import public_unit
from qingli.insight.half_year import half_year_report
from qingli.insight.periods import HalfYear
from qingli.insight.telling import Telling
from qingli.papers.half_year_shape import Figure, HalfYearPaper, Sentence, Table
from qingli.papers.values import Language
from tests.ground.world import World


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


def address(place: str, **query: str) -> str:
    return f"/{place}?{urlencode(query)}"


def telling(
    world: World, who: str = "clerk", *, half: tuple[int, int] = (2026, 2), today: date = date(2026, 8, 10),
    unit: str = "xl", language: Language = "en",
) -> Telling:  # fmt: skip
    found = public_unit(world.units[unit])
    assert found is not None
    return Telling(world.asker(who), found, HalfYear(*half), today, language, catalogue(), address)


def report(world: World, who: str = "clerk", **more: object) -> HalfYearPaper:
    return half_year_report(telling(world, who, **more))  # type: ignore[arg-type]  # the keywords of telling


def text_of(paper: HalfYearPaper, code: str = "") -> str:
    """What a report, or one of its parts, says: a line for each paragraph and row."""
    return "\n".join("".join(figure.text for figure in line) for line in lines_of(paper, code))


def lines_of(paper: HalfYearPaper, code: str = "") -> Iterator[tuple[Figure, ...]]:
    for part in paper.parts:
        for block in part.blocks if code in ("", part.code) else ():
            if isinstance(block, Table):
                yield from block.rows
            elif isinstance(block, Sentence):
                yield block.parts


def figures_of(paper: HalfYearPaper, code: str = "") -> list[Figure]:
    """The figures that lead somewhere."""
    return [figure for line in lines_of(paper, code) for figure in line if figure.link]
