"""What follows from what: the one table of consequences, and the one of what is done regularly.

An act in one room has consequences in others (notify, recount, file as evidence). Rooms do not know those above them;
this table does. The worker reads the sealed journal in order, as an outbox, and asks for one job for each consequence
of an entry, in the transaction that moves its position: a crash loses nothing, and a replay finds its key used.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from qingli.archive import actions as archive
from qingli.archive import queries as journal
from qingli.archive.queries import JournalEntry
from qingli.catalogue import load_catalogue
from qingli.ground import actions as ground
from qingli.insight.kept import count_ahead
from qingli.lib import clock
from qingli.lib.ids import derived
from qingli.lib.jobs import regular
from qingli.lib.jobs.queue import Job, Options, enqueue, job
from qingli.plan import actions as plan
from qingli.proof import actions as proof

READER = "flow"
STEP = 500


@dataclass(frozen=True, slots=True)
class Regular:
    """Something done again and again, whatever happened."""

    every: timedelta
    run: Callable[[Job], None]


def _tidy_up(job: Job) -> None:
    archive.sweep_files(recorded_at=job.now, machine_now=clock.machine())
    regular.tidy(clock.machine())
    SessionStore.clear_expired()
    ground.forget_failed_sign_ins(before=clock.machine() - timedelta(days=1))


def _make_tasks(job: Job) -> None:
    plan.make_tasks_ahead(recorded_at=job.now, key=job.key)


def _recount(entry: JournalEntry, job: Job) -> None:
    proof.recount_entry(entry)


def _draw(entry: JournalEntry, job: Job) -> None:
    proof.draw_for(entry, recorded_at=job.now, key=derived(job.key, "draw"))


def _count_what_never_was(job: Job) -> None:
    proof.recount_missing()


def _count_below(job: Job) -> None:
    count_ahead(
        at=job.now, local_day=lambda unit: clock.today(unit.time_zone), catalogue=load_catalogue(settings.CATALOGUE)
    )


# what changes a task, a record, or the day or the measure under which one is counted
COUNTED = (
    "plan.tasks-made",
    "plan.amended",
    "plan.closed",
    "task.done",
    "task.not-done",
    "task.corrected",
    "task.reopened",
    "work.recorded",
    "work.corrected",
)
# kind of entry → consequence by name; the name is part of the job's key and must stay
CONSEQUENCES: Mapping[str, Mapping[str, Callable[[JournalEntry, Job], None]]] = {
    **{kind: {"proof.recount": _recount} for kind in COUNTED},
    "proof.sample-asked": {"proof.draw": _draw},
}
# name → what is done regularly; the name is that of its row in the schedule and must stay
REGULAR: Mapping[str, Regular] = {
    "house.tidy-up": Regular(timedelta(days=1), _tidy_up),
    "plan.make-tasks": Regular(timedelta(days=1), _make_tasks),
    "insight.count-below": Regular(timedelta(hours=1), _count_below),
    "proof.count-what-never-was": Regular(timedelta(days=1), _count_what_never_was),
}


@job(Options(whole=True))
def follow(*, job: Job, sequence: int, name: str) -> None:
    """Carry out one consequence of one entry."""
    (entry,) = journal.entries_since(sequence - 1, limit=1)
    CONSEQUENCES[entry.kind][name](entry, job)


@job(Options(whole=False))
def routine(*, job: Job, name: str) -> None:
    """Do one of the regular things."""
    REGULAR[name].run(job)


def run_flow() -> int:
    """Ask for the consequences of all entries sealed since the last time; how many entries there were."""
    total = 0
    while count := regular.read_on(READER, _fetch, _ask, _sequence):
        total += count
    return total


def pass_over() -> None:
    """Leave alone the consequences of everything sealed so far: for whoever has brought them about as a whole."""
    while regular.read_on(READER, _fetch, lambda _entry: None, _sequence):
        pass


def left_to_do() -> int:
    """How many entries and jobs the worker has not done yet; 0 when every figure follows from the journal."""
    return journal.waiting().count + journal.sealed_after(regular.position_of(READER)) + regular.waiting_jobs()


def run_regular() -> int:
    """Ask for everything regular that is due; how many there were."""
    every = {name: item.every for name, item in REGULAR.items()}
    return regular.due(
        every,
        clock.now(),
        lambda name, due_at: enqueue(routine, key=f"regular:{name}:{due_at.isoformat()}", name=name),
    )


def _fetch(position: int) -> list[JournalEntry]:
    return journal.entries_since(position, limit=STEP)


def _ask(entry: JournalEntry) -> None:
    for name in CONSEQUENCES.get(entry.kind, {}):
        enqueue(follow, key=f"flow:{entry.sequence}:{name}", sequence=entry.sequence, name=name)


def _sequence(entry: JournalEntry) -> int:
    assert entry.sequence is not None
    return entry.sequence
