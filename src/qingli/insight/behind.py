"""Which tasks and records stand behind a figure: the lists that a figure leads to ask here, as the report does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from qingli.catalogue import Catalogue
from qingli.ground.rules import Asker
from qingli.insight.periods import HalfYear
from qingli.plan import queries as plans
from qingli.plan.queries.promised import Outcome
from qingli.plan.queries.shapes import TaskPage
from qingli.work import queries as work

NONE = "none"
"""For a heading or a topic: what has none."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Some of the promises of a half-year: of a plan, under a heading, of a topic, or one action; all where none is."""

    plan: str = ""
    heading: str = ""
    topic: str = ""
    action: str = ""

    def __bool__(self) -> bool:
        return bool(self.plan or self.heading or self.topic or self.action)

    def of(self, promises: Iterable[plans.Promise], catalogue: Catalogue) -> tuple[plans.Promise, ...]:
        return tuple(
            line
            for line in promises
            if self.plan in ("", str(line.plan_id))
            and self.heading in ("", str(line.heading_id or NONE))
            and self.topic in ("", topic_of(line, catalogue))
            and self.action in ("", str(line.action_id))
        )


def topic_of(line: plans.Promise, catalogue: Catalogue) -> str:
    """The topic of a promise's measure; what the plan's reader said where the catalogue does not know the measure."""
    measure = catalogue.measures.get(line.measure)
    topic = measure.topic if measure else line.topic
    return topic if topic in catalogue.topics else NONE


def promises_in(asker: Asker, unit_id: UUID, period: HalfYear, *, today: date) -> tuple[plans.Promise, ...]:
    return plans.promised_for(asker, unit_id, since=period.since, until=period.until, today=today)


def tasks_behind(
    asker: Asker,
    unit_id: UUID,
    period: HalfYear,
    *,
    today: date,
    outcome: Outcome,
    choice: Choice,
    catalogue: Catalogue,
    after: str | None = None,
) -> TaskPage:
    """The tasks that a figure of a report counted. Eight queries at most."""
    actions = None
    if choice:
        chosen = choice.of(promises_in(asker, unit_id, period, today=today), catalogue)
        actions = [line.action_id for line in chosen]
    return plans.promised_tasks(
        asker,
        unit_id,
        since=period.since,
        until=period.until,
        today=today,
        outcome=outcome,
        actions=actions,
        after=after,
    )


def records_behind(
    asker: Asker,
    unit_id: UUID,
    period: HalfYear,
    *,
    today: date,
    choice: Choice,
    beside: bool = False,
    catalogue: Catalogue,
    after: str | None = None,
) -> work.RecordPage:
    """The records that a figure of a report counted; `beside`: those of nothing that was promised for the half-year.

    Eight queries at most.
    """
    ids: list[UUID] = []
    if choice or beside:
        promises = promises_in(asker, unit_id, period, today=today)
        ids = [line.action_id for line in choice.of(promises, catalogue)]
    return work.records_between(
        asker,
        unit_id,
        since=period.since,
        until=period.until,
        actions=ids if choice and not beside else None,
        but=ids if beside else (),
        after=after,
    )
