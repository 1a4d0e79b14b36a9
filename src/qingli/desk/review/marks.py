"""A passage of the original text as HTML: unchanged, its words marked by kind, each promise a link to its card."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from qingli.plan.queries.shapes import ActionCard, ReviewPage

KINDS = ("unsure", "unread", "when", "who", "much")
"""Where two kinds meet, the first is shown: what needs an answer stands before what was understood."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `begin..end` of the text and what they say."""

    begin: int
    end: int
    kind: str


class Marks:
    """Everything that is marked in one version's text."""

    def __init__(self, page: ReviewPage) -> None:
        self.text = page.text
        found = {
            mark
            for mark in _found(page)
            if 0 <= mark.begin < mark.end <= len(page.text) and "\n" not in page.text[mark.begin : mark.end].strip()
        }
        self.marks = sorted(found, key=lambda mark: (mark.begin, mark.end))
        self.starts = [mark.begin for mark in self.marks]
        self.longest = max((mark.end - mark.begin for mark in self.marks), default=0)
        live = [one for one in page.actions if one.begin is not None and one.end is not None]
        self.actions = sorted(live, key=lambda one: (one.begin or 0, -(one.end or 0)))
        self.begun: set[UUID] = set()

    def within(self, begin: int, end: int) -> list[Mark]:
        """The marks that touch a stretch."""
        first = bisect_left(self.starts, begin - self.longest)
        last = bisect_left(self.starts, end)
        return [mark for mark in self.marks[first:last] if mark.end > begin]

    def html(self, begin: int, end: int, actions: Sequence[ActionCard]) -> SafeString:
        """The stretch as links and marks. `actions` are those that touch it."""
        marks = self.within(begin, end)
        edges = {begin, end}
        for lower, upper in [(m.begin, m.end) for m in marks] + [(a.begin or 0, a.end or 0) for a in actions]:
            edges |= {edge for edge in (lower, upper) if begin < edge < end}
        cuts = sorted(edges)
        runs: list[tuple[ActionCard | None, list[SafeString]]] = []
        for lower, upper in pairwise(cuts):
            action = _narrowest(actions, lower, upper)
            if not runs or runs[-1][0] is not action:
                runs.append((action, []))
            runs[-1][1].append(_marked(self.text[lower:upper], marks, lower, upper))
        return format_html_join("", "{}", ((self._run(action, parts),) for action, parts in runs))

    def _run(self, action: ActionCard | None, parts: list[SafeString]) -> SafeString:
        inner = format_html_join("", "{}", ((part,) for part in parts))
        if action is None:
            return inner
        if action.id in self.begun:
            return format_html('<a class="q-span" href="#a-{0}" data-act="{0}">{1}</a>', action.id, inner)
        self.begun.add(action.id)
        return format_html('<a class="q-span" id="t-{0}" href="#a-{0}" data-act="{0}">{1}</a>', action.id, inner)


def _narrowest(actions: Sequence[ActionCard], lower: int, upper: int) -> ActionCard | None:
    over = [one for one in actions if (one.begin or 0) <= lower and upper <= (one.end or 0)]
    return min(over, key=lambda one: (one.review == "ignored", (one.end or 0) - (one.begin or 0)), default=None)


def _marked(words: str, marks: Iterable[Mark], lower: int, upper: int) -> SafeString:
    kinds = {mark.kind for mark in marks if mark.begin <= lower and upper <= mark.end}
    kind = next((kind for kind in KINDS if kind in kinds), "")
    return format_html('<span class="q-kind q-kind--{}">{}</span>', kind, words) if kind else format_html("{}", words)


def _found(page: ReviewPage) -> Iterable[Mark]:
    for action in page.actions:
        yield from _times(action)
        if action.begin is not None and action.end is not None:
            yield from _named(page.text, action, action.begin, action.end)
    for unread in page.unread:
        yield Mark(unread.offset, unread.offset + len(unread.surface), "unread")
    for finding in page.findings:
        if finding.code == "placeholder":
            yield from (Mark(begin, end, "unsure") for begin, end in finding.facts["spans"])
        elif finding.action_id is None and finding.severity == "must":
            yield Mark(finding.begin, finding.end, "unsure")


def _times(action: ActionCard) -> Iterable[Mark]:
    asked = {question.schedule_id for question in action.questions if question.is_open}
    for schedule in action.schedules:
        if schedule.offset is not None:
            kind = "unsure" if schedule.id in asked else "when"
            yield Mark(schedule.offset, schedule.offset + len(schedule.surface), kind)


def _named(text: str, action: ActionCard, begin: int, end: int) -> Iterable[Mark]:
    """Who, how much and how far: the card keeps the plan's words, found again in the action's own passage."""
    said = [(word, "who") for word in (*action.owner_words.split("、"), action.owner.name)]
    said += [(word, "much") for word in (action.quantity_words, *action.coverage_words.split("、"))]
    for word, kind in said:
        at = text.find(word, begin, end) if word else -1
        if at >= 0:
            yield Mark(at, at + len(word), kind)
