"""Days that no rule can compute alone: lunar dates, solar terms, rest days, announced days, seasons, terms.

What is not known is never guessed: it comes back as `UnknownYear` or `Needs`, to be asked for.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal, Protocol

from lunar_python import Lunar, LunarMonth

from qingli.catalogue import Catalogue, NeedsAnnouncement, resolve_day
from qingli.ground.rules.workdays import UnknownYear, WorkCalendar, WorkingDays
from qingli.reading.normal import simplify

from .periods import Period

Kind = Literal["festival", "season", "semester", "announced", "condition", "event"]


@dataclass(frozen=True, slots=True, order=True)
class Needs:
    """Something a person must say before the days can be told.

    code: choose-reading, choose-frequency, blank-date, unread-schedule, festival-date, season-dates, semester-start,
    announced-dates, condition-dates. `what` is the plan's own word for it, `year` the year it is asked for.
    """

    code: str
    what: str
    year: int | None = None


class Calendar(WorkCalendar, Protocol):
    """What the rules ask about days."""

    def lunar(self, year: int, month: int, day: int) -> date:
        """The day of a lunar date in lunar year `year`; day 30 of a short month is its last day."""

    def solar_term(self, year: int, name: str) -> date | None:
        """The day of a solar term (清明) in `year`, None for a name that is not one."""

    def named(self, kind: Kind, name: str, year: int) -> Period | None:
        """The days of a festival, season, term or announced day in `year`, None while nobody has told."""


FESTIVALS: dict[str, tuple[int, int]] = {
    name: day
    for names, day in (
        ("元旦 新年", (1, 1)),
        ("婦女節 妇女节 三八", (3, 8)),
        ("植樹節 植树节", (3, 12)),
        ("世界水日", (3, 22)),
        ("地球日 世界地球日", (4, 22)),
        ("勞動節 劳动节 五一 五一節 五一节", (5, 1)),
        ("青年節 青年节 五四", (5, 4)),
        ("世界無煙日 世界无烟日 無煙日 无烟日", (5, 31)),
        ("兒童節 儿童节 六一", (6, 1)),
        ("環境日 环境日 世界環境日 世界环境日", (6, 5)),
        ("建黨節 建党节 七一", (7, 1)),
        ("國慶 国庆 國慶節 国庆节 十一", (10, 1)),
    )
    for name in names.split()
}
"""Days of the year that are the same everywhere on the mainland. More come from the caller (`days`)."""

LUNAR_FESTIVALS: dict[str, tuple[int, int]] = {
    name: day
    for names, day in (
        ("春節 春节", (1, 1)),
        ("元宵 元宵節 元宵节", (1, 15)),
        ("端午 端午節 端午节", (5, 5)),
        ("七夕 七夕節 七夕节", (7, 7)),
        ("中元 中元節 中元节", (7, 15)),
        ("中秋 中秋節 中秋节", (8, 15)),
        ("重陽 重阳 重陽節 重阳节", (9, 9)),
        ("臘八 腊八", (12, 8)),
        ("除夕", (12, 30)),
    )
    for name in names.split()
}
_ORIGIN = re.compile("^(?:国际|世界|全国|国家|中国|全球|联合国|我国)")
_TERM_SUFFIX = ("節", "节")
_TRADITIONAL_TERMS = {"驚蟄": "惊蛰", "穀雨": "谷雨", "小滿": "小满", "芒種": "芒种", "處暑": "处暑"}


@dataclass(frozen=True, slots=True)
class ChineseCalendar:
    """Lunar dates and solar terms of any year; rest days of the mainland 2004-2026; the rest as the caller was told.

    `region` "CN" uses the mainland's rest days; any other region has none here and is asked.
    `told` maps (kind, name, year) to its days, `working_days` a year to (rest days, shifted working days).
    `days` maps a festival's name to (month, day), laid over `FESTIVALS`.
    """

    region: str = "CN"
    told: Mapping[tuple[str, str, int], Period] = field(default_factory=dict)
    working_days: Mapping[int, tuple[frozenset[date], frozenset[date]]] = field(default_factory=dict)
    days: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool | UnknownYear:
        return WorkingDays(self.region, self.working_days).is_working_day(day)

    def lunar(self, year: int, month: int, day: int) -> date:
        return _lunar(year, month, day)

    def solar_term(self, year: int, name: str) -> date | None:
        if name not in _terms(year) and name.endswith(_TERM_SUFFIX):
            name = name[:-1]
        return _terms(year).get(_TRADITIONAL_TERMS.get(name, name))

    def named(self, kind: Kind, name: str, year: int) -> Period | None:
        for spelt in (name, simplify(name), _ORIGIN.sub("", simplify(name))):
            if (kind, spelt, year) in self.told:
                return self.told[kind, spelt, year]
        day = self._festival(name, year) if kind == "festival" else None
        return Period(day, day) if day else None

    def _festival(self, name: str, year: int) -> date | None:
        fixed = self.days.get(name) or FESTIVALS.get(name)
        if fixed:
            return date(year, *fixed)
        if name in LUNAR_FESTIVALS:
            month, day = LUNAR_FESTIVALS[name]
            # 除夕 of 2026 is the eve of that year's spring festival: it ends the lunar year before.
            return _lunar(year - 1 if month == 12 else year, month, day)
        return self.solar_term(year, name)


@lru_cache(maxsize=1024)
def _lunar(year: int, month: int, day: int) -> date:
    length = LunarMonth.fromYm(year, month).getDayCount()
    solar = Lunar.fromYmd(year, month, min(day, length)).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


@lru_cache(maxsize=64)
def _terms(year: int) -> dict[str, date]:
    table = Lunar.fromYmd(year, 6, 1).getJieQiTable()
    found = {name: date(day.getYear(), day.getMonth(), day.getDay()) for name, day in table.items()}
    found["冬至"] = found.pop("DONG_ZHI")  # the table's own 冬至 is the one before this year
    return {name: day for name, day in found.items() if day.year == year and not name.isascii()}


DAY_YEARS = range(1900, 2101)
"""The years for which the catalogue can tell its days."""


def told_by(catalogue: Catalogue, years: Iterable[int], *, region: str = "CN") -> dict[tuple[str, str, int], Period]:
    """What a catalogue's environment days tell about `years`, for `ChineseCalendar(told=…)`.

    Days of the region and of the world, under all their names. A day that is announced each year and not yet known is
    left out, so that it is asked for.
    """
    told: dict[tuple[str, str, int], Period] = {}
    for year in years:
        if year not in DAY_YEARS:
            continue
        for day in catalogue.days.values():
            found = resolve_day(day.id, year, catalogue) if day.region in (region, "world") else []
            if isinstance(found, NeedsAnnouncement) or not found:
                continue
            for name in (day.names.zh_hant, *day.aliases):
                for spelt in {simplify(name), _ORIGIN.sub("", simplify(name))}:
                    told["festival", spelt, year] = told["announced", spelt, year] = Period(min(found), max(found))
    return told
