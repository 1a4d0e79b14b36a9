"""Which standard and which days a page of proof is about, as its address says."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.translation import get_language, gettext

from qingli.catalogue import Names, Standard
from qingli.catalogue.types import Language
from qingli.proof import queries
from qingli.proof.rules import half_year

HALVES = 4
"""Half-years that can be chosen: this one and those before it."""
_HALF = re.compile(r"(20\d\d)H([12])")


@dataclass(frozen=True, slots=True)
class Period:
    """A half-year: `code` as in addresses, `since` its first day, `until` the first day after it."""

    code: str
    since: date
    until: date

    @property
    def words(self) -> str:
        """2026年下半年, or second half of 2026."""
        first = self.since.month == 1
        return (gettext("first half of %(year)s") if first else gettext("second half of %(year)s")) % {
            "year": self.since.year
        }


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen, and what else could be."""

    standard: Standard
    period: Period
    standards: tuple[Standard, ...]
    periods: tuple[Period, ...]

    @property
    def query(self) -> str:
        """For addresses: the same choice."""
        return urlencode({"standard": self.standard.id, "version": self.standard.version, "period": self.period.code})

    @property
    def title(self) -> str:
        """The standard with its version: wherever a threshold stands, its standard says whether it is a sample."""
        version = gettext("version %(v)s") % {"v": self.standard.version}
        return gettext("%(standard)s, %(version)s") % {"standard": name_of(self.standard.names), "version": version}

    @property
    def named_standards(self) -> list[tuple[Standard, str]]:
        """The standards with their names in the page's language."""
        return [(standard, name_of(standard.names)) for standard in self.standards]

    @property
    def asked(self) -> dict[str, Any]:
        """For queries and deeds."""
        return {
            "standard_id": self.standard.id,
            "version": self.standard.version,
            "since": self.period.since,
            "until": self.period.until,
        }


def chosen(told: QueryDict, today: date) -> Chosen:
    """By the address, else the newest version of the first standard and the half-year of today; 404 for others."""
    known = queries.standards()
    if not known:
        raise Http404
    both = told.get("both", "").partition("@")
    wanted = (told.get("standard") or both[0], told.get("version") or both[2])
    if wanted == ("", ""):
        first = next(iter(known))[0]
        wanted = [key for key in known if key[0] == first][-1]
    if wanted not in known:
        raise Http404
    code = told.get("period", "")
    here = period_of(code) if code else _around(today)
    periods = [_around(today)]
    while len(periods) < HALVES:
        periods.append(_around(date.fromordinal(periods[-1].since.toordinal() - 1)))
    if here not in periods:
        periods.append(here)
    return Chosen(known[wanted], here, tuple(known.values()), tuple(periods))


def period_of(code: str) -> Period:
    """404 for what is none."""
    found = _HALF.fullmatch(code)
    if found is None:
        raise Http404
    return _around(date(int(found[1]), 1 if found[2] == "1" else 7, 1))


def _around(day: date) -> Period:
    since, until = half_year(day)
    return Period(f"{since.year}H{1 if since.month == 1 else 2}", since, until)


def name_of(names: Names) -> str:
    """A name of the catalogue in the page's language."""
    languages: dict[str, Language] = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}
    return names.get(languages.get(get_language() or "", "en"))
