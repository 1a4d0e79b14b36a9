"""Regular jobs, positions in the journal, signs of life, and tidying up after jobs."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from qingli.lib.jobs.models import Heartbeat, JobKey, Lease, Position, Schedule

T = TypeVar("T")


def due(every: Mapping[str, timedelta], now: datetime, ask: Callable[[str, datetime], object]) -> int:
    """Call `ask(name, due_at)` once for each regular job that is due, and set its next time; how many were due.

    Times that were missed, while no worker ran, are made up for once, not once for each. A next time farther away than
    the interval comes from a clock that ran ahead and was set right: it would keep the job waiting for as long.
    """
    count = 0
    for name, interval in every.items():
        with transaction.atomic():
            row, _ = Schedule.objects.select_for_update().get_or_create(pk=name, defaults={"next_at": now})
            row.next_at = row.next_at if row.next_at <= now + interval else now
            if row.next_at <= now:
                ask(name, row.next_at)
                row.next_at += interval * ((now - row.next_at) // interval + 1)
                row.save(update_fields=["next_at"])
                count += 1
    return count


def read_on(
    name: str, fetch: Callable[[int], Sequence[T]], handle: Callable[[T], object], sequence: Callable[[T], int]
) -> int:
    """Hand what `fetch(position)` gives to `handle`, and move the position, in one transaction; how many there were."""
    with transaction.atomic():
        position, _ = Position.objects.select_for_update().get_or_create(pk=name)
        found = fetch(position.sequence)
        for item in found:
            handle(item)
        if found:
            position.sequence = sequence(found[-1])
            position.save(update_fields=["sequence"])
    return len(found)


def position_of(name: str) -> int:
    """How far a reader has come; 0 where it has not begun."""
    return Position.objects.filter(pk=name).values_list("sequence", flat=True).first() or 0


def beat(worker: str, now: datetime) -> None:
    """Show that a worker lives, and forget those that have been silent for a day."""
    Heartbeat.objects.update_or_create(pk=worker, defaults={"at": now})
    Heartbeat.objects.filter(at__lt=now - timedelta(days=1)).delete()


def last_beat() -> datetime | None:
    """The last sign of life of any worker."""
    row = Heartbeat.objects.order_by("-at").first()
    return row.at if row else None


def waiting_jobs() -> int:
    """How many jobs wait or run."""
    return DBTaskResult.objects.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)).count()


def failed_jobs() -> int:
    """How many jobs have failed for good and still lie there."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()


def tidy(now: datetime) -> None:
    """Forget jobs that finished more than 30 days ago and keys older than 90 days."""
    old = now - timedelta(days=30)
    with transaction.atomic():
        gone = DBTaskResult.objects.finished().filter(finished_at__lt=old)
        Lease.objects.filter(pk__in=gone.values("pk")).delete()
        gone.delete()
        JobKey.objects.filter(made_at__lt=now - timedelta(days=90)).delete()
