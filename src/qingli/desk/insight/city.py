"""Figures over all communities below an office: sums, its own half-years beside each other, nobody named."""

from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingli.desk.insight.half_year import name_of, period_of
from qingli.ground.rules import Asker
from qingli.insight.city import NOT_APPLIED, TOGETHER, CityFigures, MonthSum, Summed, TopicSum, require_office
from qingli.insight.kept import kept_figures
from qingli.insight.periods import half_year_of
from qingli.insight.suppress import FEWEST
from qingli.insight.words import percent
from qingli.lib import clock
from qingli.web.asking import UnitView, in_unit, local_day
from qingli.web.measures import catalogue, language

CELLS = 60
"""More communities than that are a number with its whole."""


class Line(NamedTuple):
    """A topic as a row of the table shows it."""

    name: str
    of: Summed
    before: Summed | None
    lumped: bool


@in_unit
def figures(request: HttpRequest, who: Asker, unit: UnitView, half: str = "") -> HttpResponse:
    """For a post in this very unit. The figures may be two hours old, and say so."""
    require_office(who, unit)
    today = local_day(unit)
    period = period_of(half) if half else half_year_of(today)
    kept = kept_figures(unit, period, today=today, catalogue=catalogue(), at=clock.now())
    found = kept.figures
    context = {
        "figures": found,
        "counted_at": kept.counted_at,
        "fewest": FEWEST,
        "shares": _shares(found),
        "strips": [(_strip(found.months_before, today), False), (_strip(found.months, today), True)],
        "topics": [_line(topic) for topic in found.topics],
        "cells": _cells(found),
        "not_applied": NOT_APPLIED,
        "last_year": period.year - 1,
        "before": name_of(period.before),
        "after": name_of(period.after) if period.after.since <= today else "",
        "day": today,
    }
    return render(request, "desk/insight/city.html", context)


def _shares(found: CityFigures) -> list[dict[str, Any]]:
    """On time, of what was due by now: this half-year and the one before; nothing where nothing was due."""
    shares = []
    for of, now in ((found.whole, True), (found.before, False)):
        due = of.sums.done + of.sums.not_done + of.sums.late if of.sums else 0
        if of.sums and due:
            share = percent(of.sums.on_time, due)
            shares.append({"now": now, "on_time": of.sums.on_time, "due": due, "percent": share})
    return shares


def _strip(months: tuple[MonthSum, ...], today: date) -> list[dict[str, Any]]:
    return [{"month": month, "sums": month.of.sums, "now": month.first == today.replace(day=1)} for month in months]


def _line(topic: TopicSum) -> Line:
    known = catalogue().topics.get(topic.topic)
    return Line(known.names.get(language()) if known else "", topic.of, topic.before, topic.topic == TOGETHER)


def _cells(found: CityFigures) -> list[str]:
    """A cell for each community that posted its goals, and an empty one for each that did not; none with many."""
    if found.goals.part is None or found.goals.whole > CELLS:
        return []
    return ["is-done"] * found.goals.part + [""] * (found.goals.whole - found.goals.part)
