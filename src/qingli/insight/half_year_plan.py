"""What a half-year report says of the plan: promised and done, topic by topic, problems, and what is left."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple
from uuid import UUID

from qingli.insight import words
from qingli.insight.behind import NONE, Choice, promises_in, topic_of
from qingli.insight.telling import Telling
from qingli.papers.half_year_shape import Block, Figure, Sentence, Table
from qingli.plan import queries as plans
from qingli.plan.queries.promised import Outcome, together
from qingli.plan.queries.shapes import TaskCard
from qingli.plan.rules.progress import Progress
from qingli.work import queries as work

SHOWN = 5
"""Problems told one by one; the list has the others."""
_COLUMNS: tuple[Outcome, ...] = ("promised", "on_time", "done_late", "not_done", "late", "not_due")
_EXAMPLE = 40  # characters of a record's own words


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What was asked once for all parts: promises of the half-year, of those before and after, and the records."""

    promises: tuple[plans.Promise, ...]
    before: tuple[plans.Promise, ...]
    after: tuple[plans.Promise, ...]
    titles: tuple[tuple[UUID, str], ...]
    records: work.RecordSums

    @classmethod
    def of(cls, telling: Telling) -> "PlanFacts":
        who, unit, period, today = telling.asker, telling.unit.id, telling.period, telling.today
        return cls(
            promises_in(who, unit, period, today=today),
            promises_in(who, unit, period.before, today=today),
            promises_in(who, unit, period.after, today=today),
            plans.plans_between(who, unit, since=period.since, until=period.until),
            work.record_sums(who, unit, since=period.since, until=period.until),
        )


def figure_of(telling: Telling, counts: Progress, outcome: Outcome, choice: Choice | None = None) -> Figure:
    """One of the counts, leading to the tasks that it counts."""
    choice = choice or Choice()
    return telling.figure(number_of(counts, outcome), "tasks", outcome=outcome, **asdict(choice))


def number_of(counts: Progress, outcome: Outcome) -> int:
    if outcome == "on_time":
        return counts.done - counts.done_late
    return int(getattr(counts, outcome))


def plan_blocks(telling: Telling, facts: PlanFacts) -> Iterator[Block]:
    if not facts.promises:
        yield telling.sentence("no-plan")
        return
    whole = together(facts.promises)
    if facts.titles:
        yield _plans(telling, facts.titles)
    yield telling.sentence("plan-whole", **{name: figure_of(telling, whole, name) for name in _COLUMNS})
    due = whole.promised - whole.not_due
    if due:
        on_time = number_of(whole, "on_time")
        yield telling.sentence(
            "plan-share", due=due, on_time=figure_of(telling, whole, "on_time"), percent=words.percent(on_time, due)
        )
    yield _before(telling, facts.before)
    yield _by_heading(telling, facts.promises, whole)


def _plans(telling: Telling, titles: Sequence[tuple[UUID, str]]) -> Sentence:
    comma = Figure(telling.say("semicolon"))
    named: list[Figure] = []
    for plan_id, title in titles:
        named += [comma] if named else []
        named.append(Figure(title, telling.address("plan", id=str(plan_id))))
    start, end = (Figure(text) for text in telling.say("plans", titles="\n").split("\n"))
    return Sentence((start, *named, end))


def _before(telling: Telling, before: Sequence[plans.Promise]) -> Sentence:
    if not before:
        return telling.sentence("plan-before-none")
    counts = together(before)
    figures = {
        name: telling.figure(number_of(counts, name), "tasks", telling.period.before, outcome=name)
        for name in ("promised", "on_time")
    }
    return telling.sentence("plan-before", **figures)


def _by_heading(telling: Telling, promises: Sequence[plans.Promise], whole: Progress) -> Table:
    """A row for each first-level heading, as the plan numbers it; of several plans each names its own."""
    several = len({line.plan_id for line in promises}) > 1
    groups: dict[tuple[UUID, UUID | None], list[plans.Promise]] = {}
    for line in promises:
        groups.setdefault((line.plan_id, line.heading_id), []).append(line)
    rows = []
    for (_, heading_id), lines in groups.items():
        first = lines[0]
        label = heading_words(first.number, first.heading) or telling.say("outside-outline")
        if several:
            label = f"{first.plan_title}・{label}"
        choice = Choice(heading=str(heading_id)) if heading_id else _outside(first, several)
        rows.append(_row(telling, Figure(label), together(lines), choice))
    rows.append(_row(telling, Figure(telling.say("together")), whole, Choice()))
    heads = ("section", *_COLUMNS)
    return Table(tuple(telling.say(name) for name in heads), tuple(rows), sums=True)


def _outside(line: plans.Promise, several: bool) -> Choice:
    """What stands under no heading, of this plan alone where there are several."""
    return Choice(heading=NONE, plan=str(line.plan_id)) if several else Choice(heading=NONE)


def _row(telling: Telling, label: Figure, counts: Progress, choice: Choice) -> tuple[Figure, ...]:
    return label, *(figure_of(telling, counts, name, choice) for name in _COLUMNS)


def heading_words(number: str, heading: str) -> str:
    """一、加強組織領導: the number as written, with the comma that stands after bare ones."""
    comma = "、" if number and heading and number[-1].isalnum() else ""
    return f"{number}{comma}{heading}"


class _Topic(NamedTuple):
    """What is promised of a topic, in this half-year and the one before."""

    lines: list[plans.Promise]
    before: list[plans.Promise]


def topic_blocks(telling: Telling, facts: PlanFacts) -> Iterator[Block]:
    """Three figures of every topic that the plan has, each with its whole, those of last time, and one example."""
    topics = {topic: _Topic([], []) for topic in (*telling.catalogue.topics, NONE)}
    for line in facts.promises:
        topics[topic_of(line, telling.catalogue)].lines.append(line)
    for line in facts.before:
        topics[topic_of(line, telling.catalogue)].before.append(line)
    shown = {topic: found for topic, found in topics.items() if found.lines}
    if not shown:
        yield telling.sentence("no-plan")
    for topic, found in shown.items():
        yield _topic(telling, topic, found, facts.records)
    known = {line.action_id for line in facts.promises}
    beside = facts.records.outside + sum(n for one, n in facts.records.by_action.items() if one not in known)
    if beside:
        yield telling.sentence("records-outside", records=telling.figure(beside, "records", beside="1"))


def _topic(telling: Telling, topic: str, found: _Topic, records: work.RecordSums) -> Sentence:
    name = telling.say("no-topic") if topic == NONE else telling.catalogue.topics[topic].names.get(telling.language)
    counts, choice = together(found.lines), Choice(topic=topic)
    kept = sum(records.by_action.get(line.action_id, 0) for line in found.lines)
    parts = telling.parts(
        "topic",
        topic=name,
        promised=figure_of(telling, counts, "promised", choice),
        done=figure_of(telling, counts, "done", choice),
        on_time=figure_of(telling, counts, "on_time", choice),
        records=telling.figure(kept, "records", topic=topic) if kept else telling.say("no-records"),
    )
    if found.before:
        last = together(found.before)
        figures = {
            name: telling.figure(number_of(last, name), "tasks", telling.period.before, outcome=name, topic=topic)
            for name in ("promised", "done")
        }
        parts += telling.parts("topic-before", **figures)
    parts += (Figure(telling.say("stop")),)
    return Sentence(parts + _example(telling, found.lines, records.examples), item=True)


def _example(
    telling: Telling, lines: Iterable[plans.Promise], examples: Mapping[UUID, work.RecordCard]
) -> tuple[Figure, ...]:
    """The newest record that says something, in its own words."""
    told = [examples[line.action_id] for line in lines if line.action_id in examples]
    if not told:
        return ()
    record = max(told, key=lambda one: one.happened_at)
    where = telling.beside(record.site_name)
    said = f"{record.task_title}{where}{telling.say('colon')}{_short(record.words, _EXAMPLE)}"
    link = telling.address("task", id=str(record.task_id))
    day = telling.day(telling.local_day(record.happened_at))
    lead = () if telling.language != "en" else (Figure(" "),)
    return (*lead, *telling.parts("example", day=day, title=Figure(said, link)), Figure(telling.say("stop")))


def _short(text: str, longest: int) -> str:
    text = " ".join(text.split()).rstrip("。.")
    return text if len(text) <= longest else text[: longest - 1] + "…"


def problem_blocks(telling: Telling, facts: PlanFacts) -> Iterator[Block]:
    """What is late, longest first, and what was given up, each with its reason; at most five of either."""
    whole = together(facts.promises)
    if not facts.promises:
        yield telling.sentence("no-plan")
    elif not (whole.late or whole.not_done):
        yield telling.sentence("no-problems", day=telling.day(telling.today))
    for outcome, say in (("late", _late), ("not_done", _not_done)):
        n = number_of(whole, outcome)  # type: ignore[arg-type]  # two of the outcomes
        if not n:
            continue
        figure = figure_of(telling, whole, outcome)  # type: ignore[arg-type]  # two of the outcomes
        yield telling.sentence(f"problems-{outcome.replace('_', '-')}", **{outcome: figure})
        for task in _tasks(telling, outcome):  # type: ignore[arg-type]  # two of the outcomes
            yield say(telling, task)
        if n > SHOWN:
            yield telling.sentence("further", n=figure)


def _tasks(telling: Telling, outcome: Outcome) -> tuple[TaskCard, ...]:
    period = telling.period
    page = plans.promised_tasks(
        telling.asker,
        telling.unit.id,
        since=period.since,
        until=period.until,
        today=telling.today,
        outcome=outcome,
        limit=SHOWN,
    )
    return page.tasks


def _late(telling: Telling, task: TaskCard) -> Sentence:
    parts = telling.parts(
        "problem-late", title=_title(telling, task), due=telling.day(task.due), days=(telling.today - task.due).days
    )
    if task.who.kind in ("party", "words"):
        parts += telling.parts("owner", who=task.who.name)  # people are not named in a report
    if task.new_due:
        parts += telling.parts("new-day", day=telling.day(task.new_due))
    if task.reason:
        parts += telling.parts("reason", reason=_short(task.reason, _EXAMPLE))
    return Sentence((*parts, Figure(telling.say("stop"))), task.number, item=True)


def _not_done(telling: Telling, task: TaskCard) -> Sentence:
    parts = telling.parts("problem-not-done", title=_title(telling, task), reason=_short(task.reason, _EXAMPLE))
    return Sentence((*parts, Figure(telling.say("stop"))), task.number, item=True)


def _title(telling: Telling, task: TaskCard) -> Figure:
    where = telling.beside(task.site_name)
    return Figure(_short(task.title, _EXAMPLE) + where, telling.address("task", id=str(task.id)))


def next_blocks(telling: Telling, facts: PlanFacts) -> Iterator[Block]:
    """What is left of this half-year, promise by promise, and what is promised already for the next one."""
    left = [line for line in facts.promises if line.counts.late or line.counts.not_due]
    whole = together(left)
    if left:
        open_ones = telling.figure(whole.late + whole.not_due, "tasks", outcome="open")
        late, not_due = (figure_of(telling, whole, name) for name in ("late", "not_due"))
        yield telling.sentence("next-left", left=open_ones, late=late, not_due=not_due)
        most = sorted(left, key=lambda line: -(line.counts.late + line.counts.not_due))
        for line in most[:SHOWN]:
            yield _left(telling, line)
    elif facts.promises:
        yield telling.sentence("next-none-left")
    yield _planned(telling, facts.after)


def _left(telling: Telling, line: plans.Promise) -> Sentence:
    n = line.counts.late + line.counts.not_due
    figure = telling.figure(n, "tasks", outcome="open", action=str(line.action_id))
    parts = telling.parts("left-of", title=_short(line.title, _EXAMPLE), n=figure)
    return Sentence(parts, line.number, item=True)


def _planned(telling: Telling, after: Sequence[plans.Promise]) -> Sentence:
    if not after:
        return telling.sentence("next-no-plan")
    figure = telling.figure(together(after).promised, "tasks", telling.period.after, outcome="promised")
    return telling.sentence("next-planned", promised=figure)
