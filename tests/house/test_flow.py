"""The journal as an outbox: every consequence once, in order of asking, whatever fails."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from qingli import flow
from qingli.archive.actions import deed
from qingli.archive.queries import JournalEntry
from qingli.archive.rules import Act, System
from qingli.cli.roots import copy_roots, read_roots, roots_path
from qingli.cli.worker import turn
from qingli.lib import clock
from qingli.lib.ids import derived, new_id
from qingli.lib.jobs.models import Position
from qingli.lib.jobs.queue import Job

NOON = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)


@deed("test.begun")
def begin(**_: object) -> Act:
    return Act("thing", new_id(), "/", {})


@deed("test.followed")
def follow_up(**_: object) -> Act:
    return Act("thing", new_id(), "/", {})


def act(work: Callable[..., object] = begin) -> None:
    work(by=System(), happened_at=NOON, recorded_at=NOON, key=new_id())


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int | None]]:
    heard: list[tuple[str, int | None]] = []

    def note(entry: JournalEntry, job: Job) -> None:
        heard.append(("note", entry.sequence))

    def chain(entry: JournalEntry, job: Job) -> None:
        heard.append(("chain", entry.sequence))
        follow_up(by=System(), happened_at=job.now, recorded_at=job.now, key=derived(job.key, "follow"))

    monkeypatch.setattr(flow, "CONSEQUENCES", {"test.begun": {"note": note, "chain": chain}})
    monkeypatch.setattr(flow, "REGULAR", {})
    return heard


@pytest.mark.django_db
def test_each_consequence_follows_once(told: list[tuple[str, int | None]]) -> None:
    act()
    act()
    assert turn("w") > 0
    assert sorted(told) == [("chain", 1), ("chain", 2), ("note", 1), ("note", 2)]
    turn("w")  # seals what the consequences entered, which has none of its own
    assert turn("w") == 0
    assert len(told) == 4
    assert Position.objects.get(pk="flow").sequence == 4


@pytest.mark.django_db
def test_a_reader_that_starts_again_from_the_beginning_changes_nothing(told: list[tuple[str, int | None]]) -> None:
    act()
    turn("w")
    Position.objects.update(sequence=0)
    while turn("w"):
        pass
    assert sorted(told) == [("chain", 1), ("note", 1)]


@pytest.mark.django_db
def test_a_consequence_that_fails_holds_up_no_other(
    told: list[tuple[str, int | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(entry: JournalEntry, job: Job) -> None:
        raise RuntimeError("not today")

    monkeypatch.setattr(flow, "CONSEQUENCES", {"test.begun": {"fail": fail, **flow.CONSEQUENCES["test.begun"]}})
    act()
    turn("w")
    assert sorted(told) == [("chain", 1), ("note", 1)]


@pytest.mark.django_db
def test_what_is_regular_runs_when_it_is_due(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran: list[datetime] = []
    present = tmp_path / "clock"
    monkeypatch.setenv("QINGLI_CLOCK_FILE", str(present))
    every = flow.Regular(timedelta(hours=6), lambda job: ran.append(job.now))
    monkeypatch.setattr(flow, "REGULAR", {"test.regular": every})
    for hours in (0, 5, 6, 7, 100):
        present.write_text((NOON + timedelta(hours=hours)).isoformat())
        turn("w")
    assert [(moment - NOON).total_seconds() / 3600 for moment in ran] == [0, 6, 100]


@pytest.mark.django_db
def test_tidying_up_runs(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    flow.REGULAR["house.tidy-up"].run(Job(key=new_id(), now=NOON, attempt=1))


@pytest.mark.django_db
def test_roots_are_copied_once_a_day(settings: Settings, tmp_path: Path, told: list[tuple[str, int | None]]) -> None:
    settings.HOME = tmp_path
    act()
    turn("w")  # sealed today
    today = clock.now()
    assert copy_roots(today) == 0  # the day is not over
    assert copy_roots(today + timedelta(days=1)) == 1
    assert copy_roots(today + timedelta(days=1)) == 0
    assert list(read_roots(roots_path())) == [today.date()]


def test_the_clock_file_stands_in_for_the_present(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QINGLI_CLOCK_FILE", str(tmp_path / "clock"))
    assert abs(clock.now() - clock.machine()) < timedelta(seconds=5)  # the file is not there
    (tmp_path / "clock").write_text("2026-03-01T08:00:00+08:00\n")
    assert clock.now() == datetime(2026, 3, 1, tzinfo=UTC)
    assert clock.machine() > datetime(2026, 3, 2, tzinfo=UTC)
