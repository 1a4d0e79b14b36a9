"""What the plan promises to do, tied to its times, numbers and people."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..normal import Normal, simplify
from ..types import ActorHit, Issue, Matcher, MeasureMatch, OutlineItem, PlanAction, QuantityHit, ScheduleHit, Span
from .pieces import SHORTEST, Cutter, Piece

_TITLE_LENGTH = 60
_NEAR = 30
_CELL_END = re.compile(r"[ ]*[\t|]")
_MASKED_YEAR = re.compile(r"20[xX×*_○□◯]|2[xX×*_]{1,3}年")
_MASK = re.compile(r"[xX×*_○□]{2,}")
_BESIDE = frozenset({"recipient", "approver", "funder"})


@dataclass(frozen=True, slots=True)
class Hits:
    """The hits of one plan, sorted by offset, with the offsets to look them up."""

    schedule: Sequence[ScheduleHit]
    quantities: Sequence[QuantityHit]
    actors: Sequence[ActorHit]
    evidence: Sequence[int] = ()
    """Offsets at which evidence is wanted."""


def find_actions(
    normal: Normal, span: Span, outline: Sequence[OutlineItem], hits: Hits, *, match: Matcher | None = None
) -> tuple[PlanAction, ...]:
    """The plan's undertakings in the normalised `span`, in order."""
    core = [hit for hit in hits.schedule if hit.core]
    times = [(bisect_left(normal.at, hit.offset), bisect_left(normal.at, hit.end)) for hit in core]
    pieces = Cutter(normal, outline, times).pieces(*span)
    index = _Index(hits, outline)
    return tuple(_action(normal, piece, index, match) for piece in pieces)


class _Index:
    """Looks up the hits inside a stretch and what an item or its ancestors say about all of their children."""

    def __init__(self, hits: Hits, outline: Sequence[OutlineItem]) -> None:
        self.hits = hits
        self.items = {item.id: item for item in outline}
        self.order = list(outline)
        self.offsets = {
            name: [hit.offset for hit in getattr(hits, name)] for name in ("schedule", "quantities", "actors")
        }

    def between(self, name: str, span: Span) -> range:
        offsets = self.offsets[name]
        return range(bisect_left(offsets, span[0]), bisect_left(offsets, span[1]))

    def inside(self, name: str, span: Span) -> tuple[int, ...]:
        return tuple(self.between(name, span))

    def subject(self, item: int | None, span: Span) -> str:
        """What an item such as 化粪池：… is about, for its clauses after the first; empty otherwise."""
        entry = self.items.get(item) if item is not None else None
        if entry is None or not entry.subject or span[0] <= entry.heading_offset + 1:
            return ""
        return simplify(entry.heading) + ":"

    def headings(self, item: int | None) -> list[Span]:
        """Number and heading of the item and of those above it, nearest first."""
        spans = []
        while item is not None:
            entry = self.items[item]
            spans.append((entry.offset, entry.heading_offset + len(entry.heading)))
            item = entry.parent
        return spans


def _action(normal: Normal, piece: Piece, index: _Index, match: Matcher | None) -> PlanAction:
    span = normal.span(piece.start, piece.end)
    fields = [normal.span(*field) for field in piece.fields]
    own_times = tuple(i for i in index.inside("schedule", span) if _counts(index.hits.schedule[i]))
    own_actors = index.inside("actors", span)
    more_times = tuple(
        i for field in fields for i in index.inside("schedule", field) if _counts(index.hits.schedule[i])
    )
    more_actors = tuple(i for field in fields for i in index.inside("actors", field))
    if not own_times and not more_times:
        more_times = _inherited_times(index, piece.item, span)
    if not own_actors and not more_actors:
        more_actors = _inherited_actors(index, piece.item, span)
    clause = index.subject(piece.item, span) + normal.text[piece.start : _first_cell(normal.text, piece)]
    candidates = tuple(MeasureMatch(m.measure, m.topic, m.score) for m in match(clause)[:3]) if match else ()
    best = candidates[0] if candidates and candidates[0].score > 0 else None
    action = PlanAction(
        title=_title(normal, piece),
        span=span,
        item=piece.item,
        measure=best.measure if best else None,
        topic=best.topic if best else None,
        schedule=own_times + more_times,
        quantities=index.inside("quantities", span),
        actors=own_actors + more_actors,
        inherited=more_times,
        inherited_actors=more_actors,
        candidates=candidates,
    )
    return replace(action, issues=tuple(_issues(action, index.hits, normal.source)))


def _counts(hit: ScheduleHit) -> bool:
    return hit.core or hit.kind in ("relative", "timeofday", "blank")


def _inherited_times(index: _Index, item: int | None, span: Span) -> tuple[int, ...]:
    """Of the nearest heading that names a time; a stage's months hold for everything under it."""
    for position, (start, end) in enumerate(index.headings(item)):
        own = position == 0
        found = tuple(
            i
            for i in index.inside("schedule", (start, min(end, span[0])))
            if index.hits.schedule[i].core and not (own and index.hits.schedule[i].kind == "vague")
        )
        if found:
            return found
    return ()


def _inherited_actors(index: _Index, item: int | None, span: Span) -> tuple[int, ...]:
    """Of the same item, who was named last before the clause as acting; else of the headings above."""
    if item is not None:
        entry = index.items[item]
        before = [
            i
            for i in index.between("actors", (entry.offset, span[0]))[-_NEAR:]
            if index.hits.actors[i].role in ("performer", "lead", "leader")
        ]
        named = [i for i in before if index.hits.actors[i].rule != "moved"]
        if before:
            return ((named or before)[-1],)
        for heading in index.headings(entry.parent):
            found = tuple(
                i for i in index.inside("actors", heading) if index.hits.actors[i].role in ("performer", "lead")
            )
            if found:
                return found
    return ()


def _title(normal: Normal, piece: Piece) -> str:
    """The clause in the text's own words, without line breaks, cut at a comma when it is long."""
    end = _first_cell(normal.text, piece)
    words = " ".join(normal.surface(piece.start, end).split())
    if len(words) <= _TITLE_LENGTH:
        return words
    cut = max(words.rfind("，", 0, _TITLE_LENGTH), words.rfind(",", 0, _TITLE_LENGTH))
    return words[:cut] if cut >= SHORTEST * 2 else words[: _TITLE_LENGTH - 1] + "…"


def _issues(action: PlanAction, hits: Hits, source: str) -> list[Issue]:
    """What the action lacks, by code."""
    issues = []
    times = [hits.schedule[i] for i in action.schedule]
    if not any(hits.actors[i].role not in _BESIDE for i in action.actors):
        issues.append(Issue("no-owner", action.span))
    if not times:
        issues.append(Issue("no-schedule", action.span))
    elif all(hit.kind == "vague" for hit in times):
        issues.append(Issue("vague-schedule", action.span, times[0].surface))
    for hit in times:
        if hit.alternatives or "alternative" in hit.norm or hit.norm.get("any_of"):
            issues.append(Issue("ambiguous-schedule", (hit.offset, hit.end), hit.surface))
        if _MASKED_YEAR.search(hit.surface):
            issues.append(Issue("masked-year", (hit.offset, hit.end), hit.surface))
        if hit.kind == "blank":
            issues.append(Issue("blank-date", (hit.offset, hit.end), hit.surface))
    if not any(hits.quantities[i].kind != "rhetorical" for i in action.quantities):
        issues.append(Issue("no-quantity", action.span))
    if bisect_left(hits.evidence, action.span[0]) == bisect_left(hits.evidence, action.span[1]):
        issues.append(Issue("no-evidence", action.span))
    if _MASK.search(source, *action.span):
        issues.append(Issue("placeholder", action.span))
    return issues


def _first_cell(text: str, piece: Piece) -> int:
    """Where the first cell of a table row ends; the end of the piece where it is none."""
    found = _CELL_END.search(text, piece.start + SHORTEST, piece.end)
    return found.start() if found else piece.end
