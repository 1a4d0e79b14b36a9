"""What an office sees of the communities below it: sums of at least five, beside its own half-year before."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from qingli import flow
from qingli.board import actions as board
from qingli.board.rules import NoticeKind
from qingli.ground.queries import UnitView, public_unit
from qingli.ground.rules import NotAllowedError
from qingli.insight.city import CityFigures, Split, city_figures, require_office
from qingli.insight.kept import AGE, kept_figures
from qingli.insight.periods import HalfYear
from qingli.lib.jobs.queue import Job
from qingli.proof.queries import unit_tallies
from qingli.proof.queries.sums_below import Sums, sums_below
from tests.ground.world import World, act
from tests.insight.cities import CLEANING, MEETINGS, TANKS, add_communities, everywhere, office, tally
from tests.insight.reports import catalogue

TODAY = date(2026, 8, 10)
NOW = datetime(2026, 8, 10, 2, 0, tzinfo=UTC)
JULY, AUGUST, MAY = date(2026, 7, 8), date(2026, 8, 3), date(2026, 5, 6)


@pytest.fixture(autouse=True)
def own_cache(settings: Settings, tmp_path: Path) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "figures": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "kept"},
    }
    caches["figures"].clear()


def unit_of(world: World, short: str) -> UnitView:
    unit = public_unit(world.units[short])
    assert unit is not None
    return unit


def figures(world: World, short: str = "qj") -> CityFigures:
    return city_figures(unit_of(world, short), HalfYear(2026, 2), today=TODAY, catalogue=catalogue())


def topics_of(found: CityFigures) -> dict[str, tuple[int, int]]:
    """By topic: over how many communities, and how much was promised."""
    assert all(topic.of.sums for topic in found.topics)
    return {topic.topic: (topic.of.communities, topic.of.sums.promised) for topic in found.topics if topic.of.sums}


def test_below_five_communities_there_is_nothing(world: World) -> None:
    everywhere(world, ["xl", "ll", "ht"], JULY, CLEANING)
    found = figures(world)
    assert (found.enough, found.communities) == (False, 3)
    assert found.whole.sums is None
    assert (found.months, found.topics, found.applications) == ((), (), ())
    assert found.goals == Split(None, 3)


def test_communities_without_anything_are_not_summed(world: World) -> None:
    names = add_communities(world, 6)
    everywhere(world, names[:4], JULY, CLEANING)
    found = figures(world)
    assert found.enough
    assert (found.whole.communities, found.whole.sums) == (4, None)
    assert (found.months, found.topics) == ((), ())


def test_the_sums_are_those_of_the_tallies_with_the_grids(world: World) -> None:
    names = add_communities(world, 6)
    everywhere(world, names, JULY, CLEANING, done=2)
    tally(world.units["c0g"], AUGUST, CLEANING, done=1, late=3, records=5)
    tally(world.units["c1"], date(2026, 12, 31), MEETINGS, late=1)
    tally(world.units["c1"], date(2027, 1, 1), MEETINGS, late=50)
    tally(world.units["hl"], JULY, MEETINGS, done=70)
    found = figures(world)
    assert found.whole.communities == 6
    assert found.whole.sums == Sums(promised=17, done=13, on_time=13, not_done=0, open=4, records=17, late=3)
    rows = unit_tallies("/qj/", since=date(2026, 7, 1), until=date(2027, 1, 1), today=TODAY)
    assert found.whole.sums.promised == sum(row.promised for row in rows)
    assert found.whole.sums.records == sum(row.records for row in rows)
    assert found.whole.sums.late == sum(row.late for row in rows)


def test_months_are_those_of_the_tallies(world: World) -> None:
    add_communities(world, 6)
    for n, day in enumerate((date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1), date(2026, 6, 30), JULY)):
        tally(world.units[f"c{n}"], day, CLEANING, done=n + 1)
    since, turn, until = date(2026, 1, 1), date(2026, 7, 1), date(2027, 1, 1)
    sums = sums_below("/qj/", since=since, turn=turn, until=until, today=TODAY)
    rows = unit_tallies("/qj/", since=since, until=until, today=TODAY)
    assert {key: one.promised for key, one in sums.months.items()} == {
        (row.unit_id, row.month): row.promised for row in rows
    }
    assert {month for (_, month) in sums.months} == {date(2026, n, 1) for n in (1, 2, 6, 7)}
    assert {later: one.promised for (_, later, _), one in sums.measures.items() if later} == {True: 5}


def test_a_topic_of_a_few_stands_with_others_until_five_are_behind_it(world: World) -> None:
    names = add_communities(world, 8)
    everywhere(world, names, JULY, CLEANING)
    everywhere(world, names[:6], JULY, MEETINGS)
    everywhere(world, names[:2], JULY, TANKS)
    assert topics_of(figures(world)) == {"cleaning": (8, 8), "together": (6, 8)}


def test_a_month_of_a_few_is_not_shown_nor_the_one_that_would_give_it_away(world: World) -> None:
    names = add_communities(world, 8)
    everywhere(world, names, JULY, CLEANING)
    everywhere(world, names[:7], AUGUST, CLEANING)
    everywhere(world, names[:3], date(2026, 9, 9), CLEANING)
    shown = {
        month.first.month: month.of.sums if month.of.sums is None else month.of.sums.promised
        for month in figures(world).months
    }
    assert shown == {7: 8, 8: None, 9: None, 10: 0, 11: 0, 12: 0}


def test_the_half_year_before_stands_beside(world: World) -> None:
    names = add_communities(world, 6)
    everywhere(world, names, MAY, CLEANING, done=3)
    everywhere(world, names, JULY, CLEANING)
    found = figures(world)
    assert found.before.sums
    assert found.before.sums.on_time == 18
    (topic,) = found.topics
    assert topic.before
    assert topic.before.sums
    assert topic.before.sums.promised == 18
    assert [month.first.month for month in found.months_before] == [1, 2, 3, 4, 5, 6]


def post_goals(world: World, name: str, day: date = JULY) -> None:
    moment = datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)
    facts: dict[str, Any] = {"kind": NoticeKind.GOALS, "title": "創建目標", "body": "本年目標", "opens_on": day}
    board.post_notice(unit_id=world.units[name], **facts, **act(at=moment))


def test_goals_posted_are_told_only_if_neither_side_is_a_few(world: World) -> None:
    names = add_communities(world, 9)  # twelve with those of the world
    for n, name in enumerate(names, 1):
        post_goals(world, name)
        told = figures(world).goals
        assert told == Split(n if 5 <= n <= 7 else None, 12)


def test_goals_of_another_half_year_or_of_the_office_itself_do_not_count(world: World) -> None:
    add_communities(world, 9)
    post_goals(world, "c0", MAY)
    post_goals(world, "hl")
    assert figures(world).goals == Split(0, 12)


@pytest.mark.parametrize(("short", "unit"), [("city", "qj"), ("district", "nan"), ("street", "hl")])
def test_an_office_sees_the_figures_of_its_own_unit(world: World, short: str, unit: str) -> None:
    office(world)
    require_office(world.asker(short), unit_of(world, unit))


@pytest.mark.parametrize(
    ("short", "unit"),
    [("city", "nan"), ("city", "hl"), ("district", "hl"), ("district", "qj"), ("district", "bei"), ("street", "nan"),
     ("clerk", "hl"), ("clerk", "xl"), ("administrator", "qj"), ("outsider", "bei")],
)  # fmt: skip
def test_nobody_sees_those_of_another(world: World, short: str, unit: str) -> None:
    office(world)
    with pytest.raises(NotAllowedError):
        require_office(world.asker(short), unit_of(world, unit))


def test_it_costs_the_same_for_many_communities(world: World) -> None:
    everywhere(world, add_communities(world, 6), JULY, CLEANING)
    with CaptureQueriesContext(connection) as few:
        figures(world)
    for n in range(10, 30):
        tally(world.units[f"c{n % 6}"], JULY + timedelta(days=n), MEETINGS, done=1)
    with CaptureQueriesContext(connection) as many:
        figures(world)
    assert len(many) == len(few) == 7  # with the one for the unit itself


def test_what_was_counted_is_kept_for_a_while_and_then_counted_anew(world: World) -> None:
    names = add_communities(world, 6)
    everywhere(world, names, JULY, CLEANING)
    asked: dict[str, Any] = {"period": HalfYear(2026, 2), "today": TODAY, "catalogue": catalogue()}
    first = kept_figures(unit_of(world, "qj"), at=NOW, **asked)
    everywhere(world, names, AUGUST, CLEANING)
    again = kept_figures(unit_of(world, "qj"), at=NOW + AGE - timedelta(seconds=1), **asked)
    assert again == first
    later = kept_figures(unit_of(world, "qj"), at=NOW + AGE, **asked)
    assert later.figures.whole.sums
    assert first.figures.whole.sums
    assert later.figures.whole.sums.done == 2 * first.figures.whole.sums.done


def test_the_worker_counts_ahead_for_every_office(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock = tmp_path / "clock"
    clock.write_text(NOW.isoformat(), encoding="ascii")
    monkeypatch.setenv("QINGLI_CLOCK_FILE", str(clock))
    everywhere(world, add_communities(world, 6), JULY, CLEANING)
    flow.REGULAR["insight.count-below"].run(Job(key=world.units["qj"], now=NOW, attempt=1))
    with CaptureQueriesContext(connection) as none:
        for short in ("qj", "nan", "bei", "hl"):
            kept_figures(unit_of(world, short), HalfYear(2026, 2), today=TODAY, catalogue=catalogue(), at=NOW)
    assert len(none) == 4  # the units themselves
