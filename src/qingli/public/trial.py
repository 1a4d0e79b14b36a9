"""A visitor's plan, read and mended without being kept.

The page carries the original text and the steps taken since; everything else is worked out anew each time. So nothing
is stored, two tabs do not disturb each other, and a step is taken back by leaving it out.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qingli.papers import DueDate
from qingli.papers.from_reading import calendar_of, due_dates
from qingli.plan.rules.doctor import Context, Finding, Fix, TextEdit, apply_edits, examine, facts_of
from qingli.plan.rules.periods import Period, plan_period
from qingli.plan.rules.schedule import Window, from_norm
from qingli.reading import Matcher, PlanReading, Reading, read_text

LONGEST = 200_000
"""Characters that the page takes; a longer text is for the command line."""

MOST_STEPS = 400
MOST_EDITS = 4000
LONGEST_WORDS = 200
_NOTES = {"no-number", "no-evidence", "place-name"}
_GROUPED = {"no-owner", "no-schedule"}

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Step = tuple[TextEdit, ...] | str
"""Edits made at once; or the key of a finding that the visitor says is fine as it stands."""


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

    @property
    def key(self) -> str:
        """The same as long as the finding is about the same words."""
        return self.code if self.code in _GROUPED else f"{self.code} {surface_of(self)}"[:LONGEST_WORDS]


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
    year: int | None = None

    @property
    def open(self) -> int:
        return len(self.shown)

    @property
    def steps_json(self) -> str:
        return to_json(self.steps)


def to_json(steps: Sequence[Step]) -> str:
    """The steps as the page carries them: a list of lists of [start, end, words], or of keys that are fine."""
    plain = [step if isinstance(step, str) else [[e.start, e.end, e.replacement] for e in step] for step in steps]
    return json.dumps(plain, ensure_ascii=False)


def parse_steps(text: str) -> tuple[Step, ...]:
    """The steps that a page carried. Raises TrialError(bad-steps)."""
    try:
        steps = tuple(_parse_step(step) for step in json.loads(text))
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise TrialError("bad-steps") from error
    edits = [edit for step in steps if not isinstance(step, str) for edit in step]
    words = [step for step in steps if isinstance(step, str)] + [edit.replacement for edit in edits]
    if len(steps) > MOST_STEPS or len(edits) > MOST_EDITS or any(map(_unfit, words)):
        raise TrialError("bad-steps")
    return steps


def _parse_step(step: Any) -> Step:
    if isinstance(step, str):
        return step
    return tuple(TextEdit(int(begin), int(end), str(words)) for begin, end, words in step)


def _unfit(words: str) -> bool:
    return len(words) > LONGEST_WORDS or _UNSEEN.search(words) is not None


def tidy(text: str) -> str:
    """The text as the page carries it back unchanged: one kind of line end, none at the beginning, nothing unseen.

    A page drops the first empty line of a field and writes line ends its own way; offsets must not move by that.
    """
    text = re.sub("\r\n?|[\x0b\x0c]", "\n", text)
    return _UNSEEN.sub("", text).lstrip("\n")


def read_plans(text: str, match: Matcher) -> Reading:
    if len(text) > LONGEST:
        raise TrialError("too-long")
    return read_text(text, match=match)


def work_out(
    original: str, steps: Sequence[Step], *, match: Matcher, places: Sequence[str], year: int | None, today: date
) -> Trial:
    """Apply the steps one after another, read, examine, and expand into days. Raises TrialError."""
    if len(original) > LONGEST:
        raise TrialError("too-long")
    text = original
    for step in steps:
        if isinstance(step, str):
            continue
        try:
            text = apply_edits(text, step)
        except ValueError as error:
            raise TrialError("bad-steps") from error
    reading = read_plans(text, match)
    if not reading.plans:
        raise TrialError("no-plan")
    plan = reading.plans[0]
    said = year or plan.plan_year or today.year
    facts = facts_of(plan, text)
    found = plan_period(plan.period or plan.title, said)
    period = facts.period or (found if isinstance(found, Period) else None)
    context = Context(year=year or today.year, period=period, places=tuple(places), today=today)
    findings = examine(facts, context)
    return Trial(
        original=original,
        text=text,
        steps=tuple(steps),
        plan=plan,
        shown=tuple(_open(_shown(findings, plan, text), {step for step in steps if isinstance(step, str)})),
        notes={code: sum(finding.code == code for finding in findings) for code in sorted(_NOTES)},
        dues=due_dates(plan, said, calendar_of(said)),
        places=tuple(places),
        period=period,
        year=year,
    )


def _open(shown: Iterator[Shown], fine: Set[str]) -> Iterator[Shown]:
    """Without those that were said to be fine, and numbered."""
    for number, one in enumerate(one for one in shown if one.key not in fine):
        yield replace(one, id=number)


def _shown(findings: Sequence[Finding], plan: PlanReading, text: str) -> Iterator[Shown]:
    """Findings in the order of the text, those of a kind that comes often as one."""
    grouped: set[str] = set()
    for finding in findings:
        if finding.code in _NOTES or finding.code in grouped:
            continue
        if finding.code in _GROUPED:
            grouped.add(finding.code)
            same = [other for other in findings if other.code == finding.code]
            places = tuple(_place(other, plan, text) for other in same)
            yield Shown(0, finding.code, finding.severity, finding.facts, places)
        else:
            place = _place(finding, plan, text)
            yield Shown(0, finding.code, finding.severity, finding.facts, (place,), _fixes(finding, plan))


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


def surface_of(shown: Shown) -> str:
    """The words of the plan that a finding is about; those of one that is about an action are its title."""
    facts = shown.facts
    surface = next((str(facts[name]) for name in ("surface", "word", "name", "number", "title") if facts.get(name)), "")
    suffix = str(facts.get("suffix") or "")
    return surface if suffix in surface else surface + suffix


def fine(trial: Trial, shown_id: int) -> Step:
    """The key of a finding that is fine as it stands; an unknown one is a stale page and does nothing."""
    return next((shown.key for shown in trial.shown if shown.id == shown_id), ())


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
    surface = surface_of(shown) if shown else ""
    if not words or not surface or words == surface:
        return ()
    edits, start = [], trial.text.find(surface)
    while start >= 0:
        edits.append(TextEdit(start, start + len(surface), words))
        start = trial.text.find(surface, start + len(surface))
    return tuple(edits)
