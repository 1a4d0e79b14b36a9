"""The questions of a version: what is open is asked once, what is no longer open is asked no more."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from qingli.plan.actions.base import actions_in
from qingli.plan.models import Action, Plan, Question, Schedule
from qingli.plan.queries.rhythms import TOLD, calendar_of, period_of, rhythm_of
from qingli.plan.rules.calendar import Calendar, Needs
from qingli.plan.rules.periods import Period
from qingli.plan.rules.schedule import Schedule as Rhythm
from qingli.plan.rules.schedule import as_json, needs

FREQUENCIES = (("week", 1), ("month", 1), ("month", 3), ("month", 6))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it should stand. What it is about makes it the same question at the next look."""

    action: Action | None
    schedule: Schedule | None
    code: str
    surface: str
    year: int | None = None
    offsets: tuple[int, ...] = ()
    options: tuple[dict[str, Any], ...] = ()

    @property
    def about(self) -> tuple[Any, ...]:
        return (
            self.action.pk if self.action else None,
            self.schedule.pk if self.schedule else None,
            self.code,
            self.surface,
            self.year,
        )


def refresh_questions(plan: Plan, number: int, lineages: Collection[UUID] | None = None) -> None:
    """Bring the open questions in line with the rows. Answers stay, as the record of who decided what.

    What was answered in an earlier version about a row that still holds is not asked again. With `lineages` only the
    questions of these are looked at: what is asked once for the whole plan is added to, never taken away.
    """
    wanted = {asked.about: asked for asked in _wanted(plan, number, lineages)}
    known = Question.objects.filter(plan=plan, version__lte=number).order_by("version")
    if lineages is not None:
        known = known.filter(Q(action__isnull=True) | Q(action__lineage__in=lineages))
    for question in known:
        about = (question.action_id, question.schedule_id, question.code, question.surface, question.year)
        if question.answer is not None or (question.version == number and about in wanted):
            wanted.pop(about, None)
        elif question.version == number and (lineages is None or question.action_id):
            question.delete()
    Question.objects.bulk_create(
        Question(
            unit_id=plan.unit_id,
            plan=plan,
            version=number,
            action=asked.action,
            schedule=asked.schedule,
            code=asked.code,
            year=asked.year,
            surface=asked.surface[:300],
            offsets=list(asked.offsets),
            options=list(asked.options),
        )
        for asked in wanted.values()
    )


def asked_for_all(plan: Plan, number: int, lineages: Collection[UUID]) -> frozenset[tuple[Any, ...]]:
    """Open questions about the whole plan that these actions need an answer to."""
    of_plan = {"plan": plan, "version": number, "action__isnull": True, "answer__isnull": True}
    if not Question.objects.filter(**of_plan, code__in=TOLD).exists():
        return frozenset()
    return frozenset(asked.about for asked in _wanted(plan, number, lineages) if asked.code in TOLD)


def _wanted(plan: Plan, number: int, lineages: Collection[UUID] | None) -> Iterator[Asked]:
    period = period_of(plan)
    if period is None:
        yield Asked(None, None, "no-period", plan.title)
    calendar = calendar_of(plan)
    actions = actions_in(plan, number).exclude(review=Action.Review.IGNORED)
    if lineages is not None:
        actions = actions.filter(lineage__in=lineages)
    for action in actions.prefetch_related("schedules"):
        rows = sorted(action.schedules.all(), key=lambda row: row.order)
        if not (action.person_id or action.party_id or action.role or action.owner_words):
            yield Asked(action, None, "no-owner", action.title)
        if not rows:
            yield Asked(action, None, "no-schedule", action.title, options=_frequencies())
        for row in rows:
            yield from _open_times(action, row, period, calendar)


def _open_times(action: Action, row: Schedule, period: Period | None, calendar: Calendar) -> Iterator[Asked]:
    rhythm = rhythm_of(row)
    offsets = () if row.offset is None else (row.offset,)
    for need in _needs(rhythm, period, calendar):
        if need.code in TOLD:  # told once for the whole plan
            yield Asked(None, None, need.code, need.what, need.year, offsets)
        else:
            yield Asked(action, row, need.code, need.what, need.year, offsets, _options(rhythm, need.code))


def _needs(rhythm: Rhythm, period: Period | None, calendar: Calendar) -> tuple[Needs, ...]:
    if period is None:
        return tuple(Needs(ask.code, ask.what) for ask in rhythm.asks)
    return needs(rhythm, start=period.start, end=period.end, calendar=calendar)


def _options(rhythm: Rhythm, code: str) -> tuple[dict[str, Any], ...]:
    """Ready answers, as `answer_question` takes them, with what each would mean."""
    if code == "choose-frequency":
        return _frequencies()
    if code != "choose-reading":
        return ()
    readings = next((ask.readings for ask in rhythm.asks if ask.code == code), ())
    return tuple(
        {"reading": index, "means": as_json(Rhythm(rhythm.surface, reading, rhythm.within, rhythm.count))}
        for index, reading in enumerate(readings)
    )


def _frequencies() -> tuple[dict[str, Any], ...]:
    offered = [
        {"repeat": {"frequency": frequency, "interval": interval, "count": 1}} for frequency, interval in FREQUENCIES
    ]
    return (*offered, {"as_needed": True})
