"""Running jobs, one at a time, with a thread beside that keeps the lease."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import DatabaseError, connection, transaction
from django_tasks_db.models import DBTaskResult

from qingli.lib import clock, logs
from qingli.lib.jobs.leases import Claim, LeaseLostError, complete, extend, give_up, take
from qingli.lib.jobs.queue import Job, Options, options_of

log = logs.get("qingli.jobs")


def run_one(worker: str) -> bool:
    """Take a job and run it; False when none is ready. A job that fails is recorded, never raised."""
    claim = take(worker, clock.machine())
    if claim is None:
        return False
    row = DBTaskResult.objects.get(pk=claim.result_id)
    options = Options()
    try:
        made = row.task
        options = options_of(row.task_path)
        with _kept(claim, options):
            _run(made.func, row.args_kwargs["kwargs"], claim, options)
    except LeaseLostError:
        log.warning("job lost", job=row.task_path, attempt=claim.attempt)
    except Exception as error:
        _failed(claim, error, row.task_path, options)
    return True


def _run(function: object, values: dict[str, object], claim: Claim, options: Options) -> None:
    assert callable(function)
    job = Job(key=claim.result_id, now=clock.now(), attempt=claim.attempt)
    with transaction.atomic() if options.whole else nullcontext():
        function(job=job, **values)
        with transaction.atomic():
            complete(claim, clock.machine())


def _failed(claim: Claim, error: Exception, path: str, options: Options) -> None:
    try:
        again = give_up(claim, error, clock.machine(), options)
    except LeaseLostError:
        log.warning("job lost", job=path, attempt=claim.attempt)
    else:
        log.error("job failed", job=path, attempt=claim.attempt, again=again, error=type(error).__name__)


@contextmanager
def _kept(claim: Claim, options: Options) -> Iterator[None]:
    """Extend the lease from a thread of its own until the work is done."""
    done = threading.Event()

    def keep() -> None:
        try:
            while not done.wait(options.lease.total_seconds() / 3):
                try:
                    if not extend(claim, clock.machine(), options):
                        return
                except DatabaseError:  # on SQLite the job itself may be writing; its lease cannot be taken then
                    continue
        finally:
            connection.close()

    keeper = threading.Thread(target=keep, name="lease", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()
