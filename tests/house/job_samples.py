"""Jobs that the tests of the worker run in processes of their own."""

import time
from datetime import timedelta

from qingli.lib.jobs.models import Position
from qingli.lib.jobs.queue import Job, Options, job

SHORT = timedelta(seconds=2)


def _count(name: str) -> None:
    position, _ = Position.objects.get_or_create(pk=name)
    position.sequence += 1
    position.save(update_fields=["sequence"])


@job(Options(lease=SHORT, attempts=50))
def whole(*, job: Job, name: str) -> None:
    """Counts, and takes its time before it ends."""
    _count(name)
    time.sleep(0.15)


@job(Options(lease=SHORT, attempts=50, whole=False))
def slow(*, job: Job, name: str, seconds: float) -> None:
    """Takes longer than its lease."""
    _count(name)
    time.sleep(seconds)


@job(Options(attempts=3))
def broken(*, job: Job) -> None:
    """Changes something and fails."""
    _count("broken")
    raise RuntimeError("Mrs Example's telephone number")


@job()
def fine(*, job: Job, name: str = "fine") -> None:
    """Counts."""
    _count(name)
