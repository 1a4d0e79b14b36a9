"""What stands on a card beside its passage."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.utils.translation import gettext, ngettext

from qingli.desk.review import words
from qingli.desk.review.times import listed, stored_words
from qingli.desk.review.words import Button
from qingli.plan.queries.shapes import ActionCard, QuestionCard, ReviewPage, ScheduleCard, UnreadCard
from qingli.web.measures import catalogue, evidence_name, measure_name
from qingli.web.templatetags.web import number
from qingli.web.words import who_name


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with its answers. `days`: answered by a first and a last day instead."""

    id: str
    sentence: str
    buttons: tuple[Button, ...]
    days: bool
    of_owner: bool


@dataclass(frozen=True, slots=True)
class Card:
    """An action for the page. Empty words are shown as missing.

    `state`: what its tag says: unseen, accepted, edited, ignored, joined. `open`: it is shown in full. `above`: where
    an inherited time stands, as an offset of the text.
    """

    id: str
    number: str
    title: str
    state: str
    lacks: str
    when: str
    above: int | None
    who: str
    much: str
    proof: str
    measure: str
    asks: tuple[Ask, ...]
    open: bool
    can_join: bool
    can_split: bool

    @property
    def summary(self) -> str:
        """Everything in one line, for a card that is closed."""
        return "・".join(part for part in (self.when, self.who, self.much) if part)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that was not understood, with the sentence around it that would become a promise."""

    begin: int
    end: int
    number: str
    surface: str
    near: str


def cards_of(page: ReviewPage, actions: Sequence[ActionCard]) -> list[Card]:
    """The cards of some of the page's actions."""
    joined = joined_ids(page)
    first = next((one.id for one in page.actions if one.review != "ignored"), None)
    card = partial(_card, joined=joined, first=first)
    return [card(action) for action in actions]


def joined_ids(page: ReviewPage) -> frozenset[UUID]:
    """Actions that became part of the one before: set aside, and inside the passage and the title of another."""
    aside = [one for one in page.actions if one.review == "ignored" and one.begin is not None]
    kept = [one for one in page.actions if one.review != "ignored" and one.begin is not None] if aside else []
    return frozenset(one.id for one in aside if any(_holds(other, one) for other in kept))


def _holds(other: ActionCard, one: ActionCard) -> bool:
    inside = (other.begin or 0) <= (one.begin or 0) and (one.end or 0) <= (other.end or 0)
    return inside and one.title[:40] in other.title


def _card(action: ActionCard, *, joined: frozenset[UUID], first: UUID | None) -> Card:
    asks = tuple(_ask(question) for question in action.questions if question.is_open)
    state = "joined" if action.id in joined else action.review
    when, above = _when(action.schedules)
    return Card(
        id=str(action.id),
        number=action.number,
        title=action.title,
        state=state,
        lacks=_lacks(action.questions),
        when=when,
        above=above,
        who=who_name(action.owner),
        much=_much(action),
        proof=_proof(action),
        measure=measure_name(action.measure) if action.measure else "",
        asks=asks,
        open=state == "unseen" or (state == "edited" and bool(asks)),
        can_join=action.id != first,
        can_split=action.begin is not None,
    )


def _ask(question: QuestionCard) -> Ask:
    return Ask(
        id=str(question.id),
        sentence=words.sentence(question),
        buttons=words.answers(question),
        days=question.code in words.IN_DAYS,
        of_owner=question.code == "no-owner",
    )


def _lacks(questions: Iterable[QuestionCard]) -> str:
    """The tag of a card that asks: what is open, or how many things are."""
    asked = [question.code for question in questions if question.is_open]
    if not asked:
        return ""
    if len(asked) == 1:
        return str(words.STATES.get(asked[0], gettext("a day is missing")))
    return ngettext("%(n)s thing open", "%(n)s things open", len(asked)) % {"n": len(asked)}


def _when(schedules: Iterable[ScheduleCard]) -> tuple[str, int | None]:
    shown = [one for one in schedules if one.decided or one.surface]
    said = listed(stored_words(one.decided) if one.decided else one.surface for one in shown)
    above = next((one.offset for one in shown if one.inherited and not one.decided), None)
    return said, above


def _much(action: ActionCard) -> str:
    if action.quantity is None:
        return action.coverage_words
    figure = f"{number(action.quantity)}{action.quantity_unit}"
    said = action.quantity_words if number(action.quantity) in action.quantity_words else figure
    return listed((said, action.coverage_words))


def _proof(action: ActionCard) -> str:
    codes = action.evidence
    if not codes and (measure := catalogue().measures.get(action.measure)):
        codes = tuple(proof.id for proof in measure.evidence)
    return listed(map(evidence_name, codes))


def passage_of(page: ReviewPage, unread: UnreadCard, number_at: Callable[[int], str]) -> Passage:
    """The clause around an unread stretch, as far as no promise that was read begins or ends in it."""
    text = page.text
    begin, end = unread.offset, unread.offset + len(unread.surface)
    while begin > 0 and text[begin - 1] not in "。；;！？!?\n":
        begin -= 1
    while end < len(text) and text[end] not in "。；;！？!?\n":
        end += 1
    for action in page.actions:
        if action.begin is None or action.end is None:
            continue
        if begin < action.end <= unread.offset:
            begin = action.end
        if unread.offset + len(unread.surface) <= action.begin < end:
            end = action.begin
    while begin < unread.offset and text[begin] in "，,、 　":
        begin += 1
    return Passage(begin, end, number_at(unread.offset), unread.surface, unread.near)
