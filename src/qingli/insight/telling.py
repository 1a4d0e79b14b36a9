"""Whom a report is made for, of what, and in which words: what every part of it is told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from qingli.catalogue import Catalogue
from qingli.ground.queries import UnitView
from qingli.ground.rules import Asker, NotAllowedError, zone
from qingli.insight import words
from qingli.insight.periods import HalfYear
from qingli.papers.half_year_shape import Block, Figure, Part, Sentence
from qingli.papers.values import Language


class Address(Protocol):
    """Where a figure leads, told by the face that has the pages: the page that lists what was counted."""

    def __call__(self, place: str, **query: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Telling:
    """One report being made. `today` is the unit's own day; `address` gives absolute addresses for files."""

    asker: Asker
    unit: UnitView
    period: HalfYear
    today: date
    language: Language
    catalogue: Catalogue
    address: Address

    def say(self, key: str, **values: object) -> str:
        return words.say(key, self.language, **values)

    def sentence(self, key: str, /, **figures: Figure | str | int) -> Sentence:
        return Sentence(self.parts(key, **figures))

    def parts(self, key: str, /, **figures: Figure | str | int) -> tuple[Figure, ...]:
        return words.parts(key, self.language, figures)

    def day(self, day: date) -> str:
        """A day, with its year where that is not the report's."""
        return words.day_words(day, self.language, year=day.year != self.period.year)

    def local_day(self, moment: datetime) -> date:
        """The day that it was in the unit."""
        return moment.astimezone(zone(self.unit.time_zone)).date()

    def beside(self, words: str) -> str:
        """Where something is, in brackets as the language sets them."""
        if not words:
            return ""
        return f" ({words})" if self.language == "en" else f"（{words}）"

    def figure(self, n: int, place: str, period: HalfYear | None = None, /, **query: str) -> Figure:
        """A count, and the address of what was counted; of nothing there is no list to open."""
        of = period or self.period
        asked = {name: value for name, value in query.items() if value}
        return Figure(str(n), self.address(place, half=f"{of.year}-{of.half}", **asked) if n else "")


Blocks = Iterable[Block]
Maker = Callable[[Telling], Blocks]


def part(telling: Telling, place: int, code: str, make: Maker) -> Part:
    """One part; where the asker's post does not reach it says so instead of leaving a gap."""
    try:
        blocks = tuple(make(telling))
    except NotAllowedError:
        blocks = (telling.sentence("not-yours"),)
    return Part(code, words.heading(place, code, telling.language), blocks)
