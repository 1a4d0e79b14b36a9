"""Asking for jobs. A job is a module's function, made with `job`; it takes `job: Job` and JSON values by keyword."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django_tasks import task
from django_tasks.base import Task

from qingli.lib import clock
from qingli.lib.jobs.models import JobKey


@dataclass(frozen=True, slots=True)
class Job:
    """What a running job knows of itself: `key` stays the same when it is tried again, so deeds can derive theirs."""

    key: UUID
    now: datetime
    attempt: int


@dataclass(frozen=True, slots=True)
class Options:
    """How a job is run.

    `whole`: its changes and its completion are one transaction, so it is done once or not at all; it should then be
    short, for on SQLite nobody else writes meanwhile. Otherwise it runs outside a transaction and makes its own,
    each of them safe to repeat.
    """

    attempts: int = 5
    lease: timedelta = timedelta(minutes=2)
    whole: bool = True

    def wait(self, attempt: int) -> timedelta:
        """How long to wait after a failed attempt: 10 s, 40 s, 2.7 min, 10.7 min, at most an hour."""
        return min(timedelta(seconds=10 * 4 ** (attempt - 1)), timedelta(hours=1))


_options: dict[str, Options] = {}


def job(options: Options | None = None) -> Callable[[Callable[..., None]], Task[Any, None]]:
    """Make a background job out of a module's function."""

    def make(function: Callable[..., None]) -> Task[Any, None]:
        made: Task[Any, None] = task()(function)
        _options[made.module_path] = options or Options()
        return made

    return make


def options_of(path: str) -> Options:
    """How the job of this dotted path is run; its module must have been imported."""
    return _options.get(path, Options())


def enqueue(made: Task[Any, None], *, key: str, **values: Any) -> bool:
    """Ask for a job, in the caller's transaction; False when one with this key has been asked for before."""
    if JobKey.objects.filter(pk=key).exists():
        return False
    try:
        with transaction.atomic():
            result = made.enqueue(**values)
            JobKey.objects.create(key=key, result_id=UUID(str(result.id)), made_at=clock.machine())
    except IntegrityError:  # somebody else asked at the same moment
        return False
    return True
