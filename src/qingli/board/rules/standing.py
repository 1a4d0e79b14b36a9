"""Where a notice stands on a day, and whether what waits for it may go on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from qingli.board.rules.kinds import Outcome


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection, as far as waiting for it goes. `subject_id` None: it is against all of the notice."""

    subject_id: UUID | None
    outcome: Outcome | None

    def concerns(self, subject_id: UUID | None) -> bool:
        """Whether it stands in the way of this subject; of any, where none is named."""
        return subject_id is None or self.subject_id in (None, subject_id)


@dataclass(frozen=True, slots=True)
class Standing:
    """A notice on a day. `over`: it hung through its last day and was not withdrawn.

    `days_left` counts the days on which one may still reply, today included; before it opens, all of them.
    `working_days` is None where the rest days were not known.
    """

    opens: date
    ends: date
    over: bool
    days_left: int
    calendar_days: int
    working_days: int | None
    open_objections: int
    upheld: int
    withdrawn: bool

    @property
    def clear(self) -> bool:
        """Whether what waits for the notice may go on: over, nothing left to decide, nothing decided against it."""
        return self.over and not self.open_objections and not self.upheld


def days_left(opens: date, ends: date, today: date) -> int:
    """Days on which one may still reply, today included; before the window opens, all of them."""
    return max(0, (ends - max(today, opens)).days + 1)


def standing_on(
    today: date,
    *,
    opens: date,
    ends: date,
    working_days: int | None,
    withdrawn: bool,
    objections: Iterable[Objection],
    subject_id: UUID | None = None,
) -> Standing:
    """Where it stands; with a subject, only objections against that one or against all count."""
    against = [one for one in objections if one.concerns(subject_id)]
    return Standing(
        opens=opens,
        ends=ends,
        over=today > ends and not withdrawn,
        days_left=0 if withdrawn else days_left(opens, ends, today),
        calendar_days=(ends - opens).days,
        working_days=working_days,
        open_objections=sum(one.outcome is None for one in against),
        upheld=sum(one.outcome is Outcome.UPHELD for one in against),
        withdrawn=withdrawn,
    )
