"""What was promised, done, late and not yet due. Counts first; a share always comes with the number it is of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .lifecycle import TaskState


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as far as progress goes. `section` is the heading it stands under, `done_on` the local day it was done."""

    section: str
    state: TaskState
    due: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """`n` of `of`. `percent` is None when there is nothing to be a share of."""

    n: int
    of: int

    @property
    def percent(self) -> float | None:
        return 100 * self.n / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of tasks. promised = done + not_done + late + not_due; what an amendment cancelled is not promised.

    late: open, and the due day is over. done_late: part of done, done after the due day. not_due: open, with time left.
    """

    promised: int = 0
    done: int = 0
    done_late: int = 0
    not_done: int = 0
    late: int = 0
    not_due: int = 0
    cancelled: int = 0

    @property
    def done_share(self) -> Share:
        """Done, of everything promised for the whole period."""
        return Share(self.done, self.promised)

    @property
    def kept_share(self) -> Share:
        """Done, of what should have been answered by now (done, not done or late)."""
        return Share(self.done, self.done + self.not_done + self.late)


def local_day(now: datetime, zone: str) -> date:
    """The day it is in a unit's zone. `now` must be aware."""
    if now.tzinfo is None:
        raise ValueError("naive-time")
    return now.astimezone(ZoneInfo(zone)).date()


def progress(tasks: Iterable[TaskLine], *, today: date) -> Progress:
    """The counts on local day `today`: a task due today is not late until the day is over."""
    counts = dict.fromkeys(Progress.__dataclass_fields__, 0)
    for task in tasks:
        counts["promised"] += task.state != "cancelled"
        if task.state == "open":
            counts["late" if task.due < today else "not_due"] += 1
            continue
        counts[task.state] += 1
        counts["done_late"] += task.state == "done" and task.done_on is not None and task.done_on > task.due
    return Progress(**counts)


def by_section(tasks: Iterable[TaskLine], *, today: date) -> tuple[tuple[str, Progress], ...]:
    """The counts of each section, in the order in which sections first appear."""
    groups: dict[str, list[TaskLine]] = {}
    for task in tasks:
        groups.setdefault(task.section, []).append(task)
    return tuple((section, progress(group, today=today)) for section, group in groups.items())
