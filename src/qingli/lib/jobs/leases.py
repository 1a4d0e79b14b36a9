"""Who runs which job. A lease that is not extended runs out, and the job is taken up again: a kill loses nothing.

Only the holder of the lease can complete a job, so nothing is completed twice.
"""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from qingli.lib.jobs.models import Lease
from qingli.lib.jobs.queue import Options, options_of
from qingli.lib.logs import where

Result = DBTaskResult[Any, Any]


class LeaseLostError(Exception):
    """Somebody else has taken the job over; what was done in this transaction must not stay."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in somebody's hands."""

    result_id: UUID
    holder: UUID
    attempt: int


def take(worker: str, now: datetime) -> Claim | None:
    """Take the next job that is ready; None when there is none. First, jobs whose lease ran out become ready again."""
    with transaction.atomic():
        _requeue_lapsed(now)
        ready = Q(run_after=get_date_max()) | Q(run_after__lte=now)
        row = Result.objects.filter(ready, status=TaskResultStatus.READY).select_for_update(skip_locked=True).first()
        if row is None:
            return None
        before = Lease.objects.filter(pk=row.pk).first()
        attempt = before.attempt + 1 if before else 1
        claim = Claim(row.pk, uuid4(), attempt)
        Lease.objects.update_or_create(
            pk=row.pk,
            defaults={"holder": claim.holder, "until": now + _options(row).lease, "attempt": attempt, "held": True},
        )
        row.status, row.started_at, row.worker_ids = TaskResultStatus.RUNNING, now, [*row.worker_ids, worker][-20:]
        row.save(update_fields=["status", "started_at", "worker_ids"])
        return claim


def extend(claim: Claim, now: datetime, options: Options) -> bool:
    """Show that the job is still being worked on; False when somebody else has it."""
    return _own(claim).update(until=now + options.lease) == 1


def complete(claim: Claim, now: datetime) -> None:
    """Record that the job is done, in the transaction of its changes. LeaseLostError: undo them."""
    _let_go(claim)
    Result.objects.filter(pk=claim.result_id).update(
        status=TaskResultStatus.SUCCESSFUL, finished_at=now, exception_class_path="", traceback=""
    )


@transaction.atomic
def give_up(claim: Claim, error: BaseException, now: datetime, options: Options) -> bool:
    """Record that an attempt failed; the job is tried again later, or has failed. True when it will be tried again."""
    _let_go(claim)
    again = claim.attempt < options.attempts
    Result.objects.filter(pk=claim.result_id).update(
        status=TaskResultStatus.READY if again else TaskResultStatus.FAILED,
        run_after=now + options.wait(claim.attempt),
        finished_at=None if again else now,
        exception_class_path=f"{type(error).__module__}.{type(error).__qualname__}",
        traceback="\n".join(where(error)),
    )
    return again


def _own(claim: Claim) -> QuerySet[Lease]:
    return Lease.objects.filter(pk=claim.result_id, holder=claim.holder, held=True)


def _let_go(claim: Claim) -> None:
    if not _own(claim).update(held=False):
        raise LeaseLostError


def _requeue_lapsed(now: datetime) -> None:
    for lease in Lease.objects.select_for_update(skip_locked=True).filter(held=True, until__lt=now):
        if row := Result.objects.filter(pk=lease.pk).first():  # an administrator may have thrown the job away
            again = lease.attempt < _options(row).attempts
            row.status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
            row.finished_at = None if again else now
            row.save(update_fields=["status", "finished_at"])
        Lease.objects.filter(pk=lease.pk).update(held=False)


def _options(row: Result) -> Options:
    try:
        import_module(row.task_path.rpartition(".")[0])
    except ImportError:  # the function is gone; running it will say so
        return Options()
    return options_of(row.task_path)
