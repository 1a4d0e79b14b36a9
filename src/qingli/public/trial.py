"""A visitor's plan, read and mended without being kept.

The page carries the original text and the steps taken since; everything else is worked out anew each time. So nothing
is stored, two tabs do not disturb each other, and a step is taken back by leaving it out.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qingli.papers import DueDate
from qingli.papers.from_reading import due_dates
from qingli.plan.rules.calendar import ChineseCalendar
from qingli.plan.rules.doctor import Context, Finding, Fix, TextEdit, apply_edits, examine, facts_of
from qingli.plan.rules.periods import Period, plan_period
from qingli.plan.rules.schedule import Window, from_norm
from qingli.reading import Matcher, PlanReading, Reading, read_text

LONGEST = 200_000
"""Characters that the page takes; a longer text is for the command line."""

MOST_STEPS = 400
_NOTES = {"no-number", "no-evidence", "place-name"}
_CALENDAR = ChineseCalendar()
_GROUPED = {"no-owner", "no-schedule"}

Step = tuple[TextEdit, ...]


class TrialError(ValueError):
    """What the page carried cannot be used. code: too-long, bad-steps, no-plan."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the plan something stands: the plan's own number, the words, the action's index."""

    number: str
    words: str
    action: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding, or several of a kind at once, with what can be tapped. `id` names it for this state of the text."""

    id: int
    code: str
    severity: str
    facts: Mapping[str, Any]
    places: tuple[Place, ...]
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """The state of a visitor's plan after all steps."""

    original: str
    text: str
    steps: tuple[Step, ...]
    plan: PlanReading
    shown: tuple[Shown, ...]
    notes: Mapping[str, int]
    dues: tuple[DueDate, ...]
    places: tuple[str, ...] = ()
    period: Period | None = None
    asked: tuple[str, ...] = field(default=())

    @property
    def open(self) -> int:
        return len(self.shown)

    @property
    def steps_json(self) -> str:
        return json.dumps([[[e.start, e.end, e.replacement] for e in step] for step in self.steps], ensure_ascii=False)


def parse_steps(text: str) -> tuple[Step, ...]:
    """The steps that a page carried. Raises TrialError(bad-steps)."""
    try:
        steps = tuple(tuple(TextEdit(int(a), int(b), str(words)) for a, b, words in step) for step in json.loads(text))
    except (ValueError, TypeError) as error:
        raise TrialError("bad-steps") from error
    if len(steps) > MOST_STEPS or any(len(edit.replacement) > 200 for step in steps for edit in step):
        raise TrialError("bad-steps")
    return steps


def read_plans(text: str, match: Matcher) -> Reading:
    if len(text) > LONGEST:
        raise TrialError("too-long")
    return read_text(text, match=match)


def work_out(
    original: str, steps: Sequence[Step], *, match: Matcher, places: Sequence[str], year: int | None, today: date
) -> Trial:
    """Apply the steps one after another, read, examine, and expand into days. Raises TrialError."""
    text = original
    for step in steps:
        try:
            text = apply_edits(text, step)
        except ValueError as error:
            raise TrialError("bad-steps") from error
    reading = read_plans(text, match)
    if not reading.plans:
        raise TrialError("no-plan")
    plan = reading.plans[0]
    facts = facts_of(plan, text)
    found = plan_period(plan.period or plan.title, plan.plan_year or year or today.year)
    period = facts.period or (found if isinstance(found, Period) else None)
    context = Context(year=year or today.year, period=period, places=tuple(places), today=today)
    findings = examine(facts, context)
    return Trial(
        original=original,
        text=text,
        steps=tuple(steps),
        plan=plan,
        shown=tuple(_shown(findings, plan, text)),
        notes={code: sum(finding.code == code for finding in findings) for code in sorted(_NOTES)},
        dues=due_dates(plan, year or plan.plan_year or today.year, _CALENDAR),
        places=tuple(places),
        period=period,
        asked=("period",) if period is None else (),
    )


def _shown(findings: Sequence[Finding], plan: PlanReading, text: str) -> Iterator[Shown]:
    """Findings in the order of the text, those of a kind that comes often as one."""
    number = 0
    grouped: set[str] = set()
    for finding in findings:
        if finding.code in _NOTES or finding.code in grouped:
            continue
        if finding.code in _GROUPED:
            grouped.add(finding.code)
            same = [other for other in findings if other.code == finding.code]
            places = tuple(_place(other, plan, text) for other in same)
            yield Shown(number, finding.code, finding.severity, finding.facts, places)
        else:
            place = _place(finding, plan, text)
            yield Shown(number, finding.code, finding.severity, finding.facts, (place,), _fixes(finding, plan))
        number += 1


def _fixes(finding: Finding, plan: PlanReading) -> tuple[Fix, ...]:
    """Fixes that change the text; the readings of an ambiguous day are written out as days."""
    if finding.code != "ambiguous-schedule":
        return tuple(fix for fix in finding.fixes if fix.edits)
    hit = next((hit for hit in plan.schedule if (hit.offset, hit.end) == finding.span), None)
    if hit is None:
        return ()
    schedule = from_norm(hit.norm, surface=hit.surface, alternatives=hit.alternatives)
    readings = [reading for ask in schedule.asks if ask.code == "choose-reading" for reading in ask.readings]
    last_days = [rule.until for reading in readings for rule in reading if isinstance(rule, Window) and rule.until]
    words = [f"{int(day[-5:-3])}月{int(day[-2:])}日前" for day in last_days if re.fullmatch(r".+-\d\d-\d\d", day)]
    return tuple(Fix("take-reading", (TextEdit(*finding.span, one),)) for one in dict.fromkeys(words))


def _place(finding: Finding, plan: PlanReading, text: str) -> Place:
    begin, end = finding.span
    item = plan.actions[finding.action].item if finding.action is not None else _item_at(plan, begin)
    if finding.action is not None:
        words = plan.actions[finding.action].title
    else:
        start = text.rfind("\n", 0, begin) + 1
        words = text[max(start, begin - 30) : max(end, begin + 1) + 40].split("\n", maxsplit=1)[0].strip()
    return Place(number_of(plan, item), words[:80], finding.action)


def _item_at(plan: PlanReading, offset: int) -> int | None:
    inside = [item for item in plan.outline if item.offset <= offset < item.end]
    return max(inside, key=lambda item: item.level).id if inside else None


def number_of(plan: PlanReading, item_id: int | None) -> str:
    """The plan's own number with those above it, as written: 三（二）."""
    items = {item.id: item for item in plan.outline}
    parts: list[str] = []
    while item_id is not None:
        parts.append(items[item_id].number.strip("、．. 　"))
        item_id = items[item_id].parent
    return "".join(reversed(parts))


def fix(trial: Trial, shown_id: int, choice: int) -> Step:
    """The edits of a tapped fix; an unknown one is a stale page and does nothing."""
    for shown in trial.shown:
        if shown.id == shown_id and 0 <= choice < len(shown.fixes):
            return shown.fixes[choice].edits
    return ()


def write_in(trial: Trial, shown_id: int, words: str, action: int | None = None) -> Step:
    """Put `words` in brackets behind one of a finding's actions, or behind all of them."""
    words = " ".join(words.split())[:60]
    shown = next((one for one in trial.shown if one.id == shown_id), None)
    if shown is None or not words:
        return ()
    bracketed = f"（{words}）"
    ends = {
        trial.plan.actions[p.action].span[1]
        for p in shown.places
        if p.action is not None and action in (None, p.action)
    }
    return tuple(TextEdit(end, end, bracketed) for end in sorted(ends))


def replace_words(trial: Trial, shown_id: int, finding_words: str) -> Step:
    """Write `finding_words` in place of what a finding is about, such as 20xx or xx社區, wherever the same stands."""
    words = " ".join(finding_words.split())[:60]
    shown = next((one for one in trial.shown if one.id == shown_id), None)
    surface = str(shown.facts.get("surface") or shown.facts.get("word") or "") if shown else ""
    if not words or not surface:
        return ()
    edits, start = [], trial.text.find(surface)
    while start >= 0:
        edits.append(TextEdit(start, start + len(surface), words))
        start = trial.text.find(surface, start + len(surface))
    return tuple(edits)
