"""Jobs: once by key, leased, tried again, taken up after a kill."""

import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from qingli.lib import clock
from qingli.lib.jobs import leases, regular
from qingli.lib.jobs.models import JobKey, Lease, Position
from qingli.lib.jobs.queue import Options, enqueue
from qingli.lib.jobs.running import run_one
from tests.house import job_samples
from tests.house.conftest import Installation

NOON = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)


def counted(name: str) -> int:
    return sum(Position.objects.filter(pk=name).values_list("sequence", flat=True))


def status() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


@pytest.mark.django_db
class TestOneProcess:
    def test_a_job_is_asked_for_once_by_its_key(self) -> None:
        assert enqueue(job_samples.fine, key="a")
        assert not enqueue(job_samples.fine, key="a")
        assert enqueue(job_samples.fine, key="b")
        while run_one("w"):
            pass
        assert counted("fine") == 2
        assert not enqueue(job_samples.fine, key="a")  # also after it is done

    def test_a_rollback_takes_the_job_back(self) -> None:
        with transaction.atomic():
            enqueue(job_samples.fine, key="a")
            transaction.set_rollback(True)
        assert not run_one("w")
        assert enqueue(job_samples.fine, key="a")

    def test_what_fails_is_undone_tried_later_and_given_up(self, caplog: pytest.LogCaptureFixture) -> None:
        enqueue(job_samples.broken, key="a")
        for attempt in (1, 2, 3):
            assert run_one("w")
            row = DBTaskResult.objects.get()
            assert row.status == ("READY" if attempt < 3 else "FAILED")
            assert attempt == 3 or row.run_after > clock.machine() + timedelta(seconds=5)
            assert not run_one("w")  # not before its time
            DBTaskResult.objects.update(run_after=clock.machine() - timedelta(seconds=1))
        assert not run_one("w")
        assert counted("broken") == 0
        assert regular.failed_jobs() == 1

    def test_an_error_is_kept_without_its_words(self) -> None:
        enqueue(job_samples.broken, key="a")
        run_one("w")
        row = DBTaskResult.objects.get()
        assert row.exception_class_path == "builtins.RuntimeError"
        assert "job_samples.py" in row.traceback
        assert "Mrs Example" not in row.traceback

    def test_a_job_whose_function_is_gone_fails_and_stops_nothing(self) -> None:
        enqueue(job_samples.fine, key="a")
        DBTaskResult.objects.update(task_path="tests.house.job_samples.gone")
        enqueue(job_samples.fine, key="b")
        assert run_one("w")
        assert run_one("w")
        assert counted("fine") == 1

    def test_a_lapsed_lease_is_taken_over_and_its_first_holder_cannot_complete(self) -> None:
        enqueue(job_samples.fine, key="a")
        first = leases.take("one", NOON)
        assert first
        assert leases.take("two", NOON + timedelta(seconds=119)) is None
        second = leases.take("two", NOON + timedelta(seconds=121))
        assert second
        assert (second.result_id, second.attempt) == (first.result_id, 2)
        assert not leases.extend(first, NOON, Options())
        with pytest.raises(leases.LeaseLostError):
            leases.complete(first, NOON)
        with pytest.raises(leases.LeaseLostError):
            leases.give_up(first, ValueError(), NOON, Options())
        leases.complete(second, NOON)
        assert status() == ["SUCCESSFUL"]

    def test_an_extended_lease_is_not_taken_over(self) -> None:
        enqueue(job_samples.fine, key="a")
        claim = leases.take("one", NOON)
        assert claim
        assert leases.extend(claim, NOON + timedelta(seconds=100), Options())
        assert leases.take("two", NOON + timedelta(seconds=200)) is None

    def test_a_job_that_kills_its_worker_every_time_is_given_up(self) -> None:
        enqueue(job_samples.broken, key="a")
        for day in range(3):
            assert leases.take("w", NOON + timedelta(days=day))
        assert leases.take("w", NOON + timedelta(days=4)) is None
        assert status() == ["FAILED"]
        regular.tidy(NOON + timedelta(days=40))
        assert status() == []

    def test_a_lease_whose_job_was_thrown_away_stops_nobody(self) -> None:
        enqueue(job_samples.fine, key="a")
        assert leases.take("one", NOON)
        DBTaskResult.objects.all().delete()
        enqueue(job_samples.fine, key="b")
        assert leases.take("two", NOON + timedelta(hours=1))

    def test_waits_grow(self) -> None:
        waits = [Options().wait(attempt).total_seconds() for attempt in range(1, 7)]
        assert waits == [10, 40, 160, 640, 2560, 3600]

    def test_regular_things_are_due_once_and_missed_times_are_made_up_for_once(self) -> None:
        asked: list[tuple[str, datetime]] = []
        every = {"a": timedelta(hours=1)}

        def due(now: datetime) -> int:
            return regular.due(every, now, lambda name, at: asked.append((name, at)))

        assert due(NOON) == 1
        assert due(NOON + timedelta(minutes=59)) == 0
        assert due(NOON + timedelta(hours=5, minutes=30)) == 1
        assert due(NOON + timedelta(hours=5, minutes=59)) == 0
        assert due(NOON + timedelta(hours=6)) == 1
        assert [at - NOON for _, at in asked] == [timedelta(), timedelta(hours=1), timedelta(hours=6)]

    def test_a_clock_that_ran_ahead_and_was_set_right_delays_nothing(self) -> None:
        asked: list[datetime] = []
        every = {"a": timedelta(hours=1)}
        for hours in (0, 5000, 1.25, 1.5, 2.25):
            regular.due(every, NOON + timedelta(hours=hours), lambda name, at: asked.append(at))
        assert [(at - NOON) / timedelta(hours=1) for at in asked] == [0, 1, 1.25, 2.25]

    def test_tidying_forgets_the_old_and_spares_the_rest(self) -> None:
        enqueue(job_samples.fine, key="old")
        run_one("w")
        enqueue(job_samples.fine, key="waits")
        regular.tidy(clock.machine() + timedelta(days=29))
        assert status() == ["READY", "SUCCESSFUL"]
        regular.tidy(clock.machine() + timedelta(days=91))
        assert status() == ["READY"]
        assert (Lease.objects.count(), JobKey.objects.count()) == (0, 0)

    def test_signs_of_life(self) -> None:
        assert regular.last_beat() is None
        regular.beat("one", NOON)
        regular.beat("two", NOON + timedelta(hours=25))
        assert regular.last_beat() == NOON + timedelta(hours=25)


ENQUEUE = """
from qingli.lib.jobs.queue import enqueue
from tests.house import job_samples
"""
REPORT = """
from qingli.lib.jobs.models import Position
from django_tasks_db.models import DBTaskResult
done = DBTaskResult.objects.filter(status="SUCCESSFUL", task_path__contains="job_samples").count()
print(done, *sorted(Position.objects.filter(pk__startswith="job").values_list("sequence", flat=True)))
"""


@contextmanager
def workers(installation: Installation, number: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    running = [installation.start("-m", "qingli", "worker") for _ in range(number)]
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.wait()


def until(installation: Installation, wanted: str, seconds: float) -> str:
    end, last = time.monotonic() + seconds, ""
    while time.monotonic() < end:
        last = installation.python(REPORT)
        if last == wanted:
            break
        time.sleep(0.2)
    return last


@pytest.mark.slow
def test_killed_workers_lose_nothing_and_do_nothing_twice(installation: Installation) -> None:
    number = 24
    installation.python(
        f"{ENQUEUE}\nfor n in range({number}): enqueue(job_samples.whole, key=str(n), name=f'job {{n}}')"
    )
    kills = 0
    with workers(installation, 2) as running:
        end = time.monotonic() + 60
        while kills < 4 and time.monotonic() < end:
            time.sleep(random.uniform(1.6, 2.4))  # a worker needs about a second to start
            victim = random.randrange(2)
            running[victim].kill()
            running[victim].wait()
            kills += 1
            running[victim] = installation.start("-m", "qingli", "worker")
        wanted = " ".join([str(number), *["1"] * number])
        assert until(installation, wanted, 60) == wanted
    assert kills == 4


@pytest.mark.slow
def test_a_worker_outlives_what_goes_wrong_in_a_turn(installation: Installation) -> None:
    (installation.home / "roots.txt").write_text("half a li")
    with workers(installation, 1):
        for number, wanted in ((1, "1 1"), (2, "2 1 1")):
            installation.python(f"{ENQUEUE}\nenqueue(job_samples.whole, key='{number}', name='job {number}')")
            assert until(installation, wanted, 30) == wanted
            time.sleep(1)


@pytest.mark.slow
def test_a_job_longer_than_its_lease_is_not_taken_from_a_living_worker(installation: Installation) -> None:
    installation.python(f"{ENQUEUE}\nenqueue(job_samples.slow, key='a', name='job', seconds=5)")
    with workers(installation, 2):
        assert until(installation, "1 1", 90) == "1 1"


@pytest.mark.slow
def test_a_worker_asked_to_stop_finishes_the_job_in_hand(installation: Installation) -> None:
    installation.python(f"{ENQUEUE}\nenqueue(job_samples.slow, key='a', name='job', seconds=10)")
    with workers(installation, 1) as running:
        assert until(installation, "0 1", 20) == "0 1"
        running[0].terminate()
        assert running[0].wait(40) == 0
    assert installation.python(REPORT) == "1 1"
