"""What a draft still leaves open, for the top of the page: what the doctor found, and questions by kind."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from qingli.desk.review import words
from qingli.desk.review.words import Button
from qingli.plan.queries.findings import FindingCard
from qingli.plan.queries.shapes import QuestionCard, ReviewPage
from qingli.web.findings import SENTENCES


@dataclass(frozen=True, slots=True)
class Place:
    """A link to a card by the plan's own number."""

    action_id: UUID
    number: str


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one kind, and the actions that ask them."""

    say: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding about the plan, with its ready fixes; `fill` is the fix that takes a person's own words."""

    say: str
    finding: str
    action_id: UUID | None
    surface: str
    fixes: tuple[Button, ...]
    fill: str


@dataclass(frozen=True, slots=True)
class WholePlan:
    """A question about the whole plan: answered by a button or by two days."""

    id: UUID
    say: str
    is_period: bool
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """Everything still open; of very much only the first is shown, and `more` counts the rest.

    Actions without a number or without a proof are counted only, since a plan need not say them.
    """

    questions: tuple[WholePlan, ...]
    found: tuple[Found, ...]
    groups: tuple[Group, ...]
    more: int
    without_number: int
    without_proof: int

    @property
    def number(self) -> int:
        return len(self.questions) + len(self.found) + len(self.groups) + self.more


AT_ONCE = 12
"""Findings that are shown before those behind them."""


def open_of(page: ReviewPage, today: date) -> Open:
    """What is open in a version."""
    found = [finding for finding in page.findings if finding.code in SENTENCES]
    found.sort(key=lambda finding: finding.severity != "must")
    questions = [question for question in page.questions if question.is_open]
    return Open(
        questions=tuple(_whole_plan(question, today) for question in questions[:AT_ONCE]),
        found=tuple(map(_found, found[:AT_ONCE])),
        groups=_groups(page),
        more=max(len(found) - AT_ONCE, 0) + max(len(questions) - AT_ONCE, 0),
        without_number=page.without_number,
        without_proof=page.without_proof,
    )


def _whole_plan(question: QuestionCard, today: date) -> WholePlan:
    is_period = question.code == "no-period"
    offered = words.half_years(today) if is_period else ()
    buttons = tuple(Button(f"period:period.{starts}.{ends}:{question.id}", label) for starts, ends, label in offered)
    return WholePlan(question.id, words.sentence(question), is_period, buttons)


def _found(finding: FindingCard) -> Found:
    buttons = tuple(
        Button(f"fix:{index}:{finding.id}", label)
        for index, fix in enumerate(finding.fixes)
        if fix.edits and (label := words.fix_label(fix))
    )
    fillable = finding.code in words.FILLABLE and finding.fixes
    empty = next((index for index, fix in enumerate(finding.fixes) if not fix.edits), None)
    fill = f"fix:{empty}:{finding.id}" if fillable and empty is not None else ""
    return Found(words.say(finding), finding.id, finding.action_id, finding.surface[:40], buttons, fill)


def _groups(page: ReviewPage) -> tuple[Group, ...]:
    asked: dict[str, list[Place]] = {code: [] for code in words.GROUPS}
    for action in page.actions:
        for code in {question.code for question in action.questions if question.is_open}:
            place = Place(action.id, action.number)
            asked[code if code in asked else "other"].append(place)
    return tuple(Group(str(words.GROUPS[code]), tuple(places)) for code, places in asked.items() if places)
