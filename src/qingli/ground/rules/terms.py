"""Who holds a post when, and who covers whom (A/B 角).

A span is half-open: `ends_on` is the first day on which it holds no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from qingli.ground.rules.errors import GroundError
from qingli.ground.rules.kinds import Role
from qingli.ground.rules.paths import near


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `starts_on` until before `ends_on`, or open."""

    starts_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise GroundError("span-backwards", "ends_on")

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def meets(self, other: "Span") -> bool:
        """Whether some day lies in both; an empty span counts as the day on which it begins."""
        return self.starts_on == other.starts_on or (
            (other.ends_on is None or self.starts_on < other.ends_on)
            and (self.ends_on is None or other.starts_on < self.ends_on)
        )

    def lies_in(self, other: "Span") -> bool:
        if self.starts_on < other.starts_on:
            return False
        return other.ends_on is None or (self.ends_on is not None and self.ends_on <= other.ends_on)


@dataclass(frozen=True, slots=True)
class Term:
    """A post with its holder and its span."""

    post_id: UUID
    person_id: UUID
    unit_path: str
    span: Span


@dataclass(frozen=True, slots=True)
class CoverFact:
    """`by` does what `post` does, for a time."""

    post_id: UUID
    by_id: UUID
    span: Span


@dataclass(frozen=True, slots=True)
class Holder:
    """Who answers for a post on a day. `covered_id` is the post that is being covered, if it is."""

    person_id: UUID
    post_id: UUID
    covered_id: UUID | None = None


def zone(name: str) -> ZoneInfo:
    """Raises `zone-unknown`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise GroundError("zone-unknown", "time_zone") from None


def day_of(moment: datetime, time_zone: str) -> date:
    """The day that it is in a unit at an aware moment."""
    return moment.astimezone(zone(time_zone)).date()


def check_post(role: Role, span: Span, earlier: Iterable[Span], *, has_party: bool) -> None:
    """A person holds a role in a unit once at a time; a party's staff belong to a party, others do not."""
    if role is Role.PARTY_STAFF and not has_party:
        raise GroundError("party-missing", "party")
    if role is not Role.PARTY_STAFF and has_party:
        raise GroundError("party-not-wanted", "party")
    if any(span.meets(other) for other in earlier):
        raise GroundError("post-overlaps", "starts_on")


def check_post_end(covers: Iterable[Span], ends_on: date) -> None:
    """A post that covers or is covered does not end before that does. Raises `post-outlives-cover`."""
    if any(span.ends_on is None or span.ends_on > ends_on for span in covers):
        raise GroundError("post-outlives-cover", "ends_on")


def check_cover(post: Term, by: Term, span: Span, others: Iterable[CoverFact]) -> None:
    """`others` are the covers that either post has a part in.

    One post is covered by one other at a time, from near by, within both terms. Nobody covers while being covered:
    otherwise it would take a chain of look-ups, and a quarrel, to say who answers for a task today.
    """
    if post.person_id == by.person_id:
        raise GroundError("cover-of-oneself", "by")
    if not near(post.unit_path, by.unit_path):
        raise GroundError("cover-from-afar", "by")
    if not (span.lies_in(post.span) and span.lies_in(by.span)):
        raise GroundError("cover-outside-post", "starts_on")
    for other in others:
        if not span.meets(other.span):
            continue
        if other.post_id == post.post_id:
            raise GroundError("cover-overlaps", "starts_on")
        if by.post_id == other.post_id or post.post_id == other.by_id:
            raise GroundError("cover-of-cover", "by")


def holders(terms: Iterable[Term], covers: Iterable[CoverFact], by: Iterable[Term], day: date) -> tuple[Holder, ...]:
    """Who answers for these posts on this day: the holder, or whoever covers them while that post itself holds.

    `by` are the posts that cover. Longest in office first.
    """
    stand_ins = {cover.post_id: cover.by_id for cover in covers if cover.span.holds(day)}
    able = {term.post_id: term for term in by if term.span.holds(day)}
    found = []
    for term in sorted(terms, key=lambda term: (term.span.starts_on, term.post_id)):
        if not term.span.holds(day):
            continue
        stand_in = able.get(stand_ins.get(term.post_id, term.post_id))
        if stand_in is None or stand_in.post_id == term.post_id:
            found.append(Holder(term.person_id, term.post_id))
        else:
            found.append(Holder(stand_in.person_id, stand_in.post_id, covered_id=term.post_id))
    return tuple(found)
