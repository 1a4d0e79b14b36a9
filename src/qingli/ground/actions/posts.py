"""Writers of posts and of their cover (A/B 角)."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.actions import load
from qingli.ground.models import Cover, Post
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.kinds import Role, UnitKind
from qingli.ground.rules.permissions import require, require_grant
from qingli.ground.rules.shapes import check_role
from qingli.ground.rules.terms import CoverFact, Span, check_cover, check_post, check_post_end


def write_post(
    *,
    person_id: UUID,
    unit_id: UUID,
    role: Role,
    starts_on: date,
    ends_on: date | None,
    party_id: UUID | None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """The row of a new post, for deeds that have already asked whether it may be."""
    unit = load.unit(unit_id)
    person = load.person_for(person_id, unit.path, by)
    check_role(role, UnitKind(unit.kind))
    party = load.party_for(party_id, unit.path)
    span = Span(starts_on, ends_on)
    earlier = Post.objects.filter(person=person, unit=unit, role=role)
    check_post(role, span, [load.span(post) for post in earlier], has_party=party is not None)
    post = Post.objects.create(
        person=person, unit=unit, role=role, party=party, starts_on=span.starts_on, ends_on=span.ends_on
    )
    payload = {"person": str(person.id), "role": str(role), "party": str(party.id) if party else None, **_days(span)}
    return Act("post", post.id, unit.path, payload)


@deed("post.added")
def add_post(
    *,
    person_id: UUID,
    unit_id: UUID,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    party_id: UUID | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A role for a person in a unit, from a day on; staff of a party name the party.

    Raises `not-allowed`, `role-not-yours-to-give`, `role-not-here`, `post-overlaps`, `party-missing`,
    `party-not-wanted`, `party-elsewhere`, `person-erased`, `span-backwards`.
    """
    require_grant(by, role, load.unit(unit_id).path)
    return write_post(
        person_id=person_id,
        unit_id=unit_id,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        party_id=party_id,
        by=by,
        happened_at=happened_at,
        recorded_at=recorded_at,
        key=key,
    )


@deed("post.ended")
def end_post(
    *, post_id: UUID, ends_on: date, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """`ends_on` is the first day without it. Covers of or by this post must end by then: `post-outlives-cover`."""
    post = load.post(post_id)
    require_grant(by, Role(post.role), post.unit.path)
    load.person(post.person_id)
    span = Span(post.starts_on, ends_on)
    others = Post.objects.filter(person_id=post.person_id, unit_id=post.unit_id, role=post.role).exclude(id=post.id)
    check_post(Role(post.role), span, [load.span(other) for other in others], has_party=post.party_id is not None)
    covers = Cover.objects.filter(Q(post=post) | Q(by=post))
    check_post_end([load.span(cover) for cover in covers], ends_on)
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
    return Act("post", post.id, post.unit.path, {"person": str(post.person_id), "role": post.role, **_days(span)})


@deed("cover.set")
def set_cover(
    *,
    post_id: UUID,
    by_post_id: UUID,
    starts_on: date,
    ends_on: date | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """From a day on, `by_post_id` does what `post_id` does. The holder may set their own cover; others only for a post
    that they could give.

    Raises `not-allowed`, `role-not-yours-to-give`, `cover-of-oneself`, `cover-from-afar`, `cover-outside-post`,
    `cover-overlaps`, `cover-of-cover`, `span-backwards`.
    """
    # Both rows are locked in one order, so that two covers made at once do not wait for each other.
    rows = {row_id: load.post(row_id) for row_id in sorted((post_id, by_post_id))}
    post, stand_in = rows[post_id], rows[by_post_id]
    if by.person_id is None or by.person_id != post.person_id:
        require_grant(by, Role(post.role), post.unit.path)
    span = Span(starts_on, ends_on)
    both = (post.id, stand_in.id)
    others = Cover.objects.filter(Q(post__in=both) | Q(by__in=both))
    facts = [CoverFact(cover.post_id, cover.by_id, load.span(cover)) for cover in others]
    check_cover(load.term(post), load.term(stand_in), span, facts)
    cover = Cover.objects.create(post=post, by=stand_in, starts_on=starts_on, ends_on=ends_on)
    return Act("cover", cover.id, post.unit.path, {"post": str(post.id), "by": str(stand_in.id), **_days(span)})


@deed("cover.ended")
def end_cover(
    *, cover_id: UUID, ends_on: date, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """The holder is back: `ends_on` is the first day without the cover."""
    cover = load.cover(cover_id)
    post, stand_in = cover.post, load.post(cover.by_id)
    if by.person_id is None or by.person_id != post.person_id:
        require(by, "post.write", post.unit.path)
    span = Span(cover.starts_on, ends_on)
    both = (post.id, stand_in.id)
    others = Cover.objects.filter(Q(post__in=both) | Q(by__in=both)).exclude(id=cover.id)
    facts = [CoverFact(other.post_id, other.by_id, load.span(other)) for other in others]
    check_cover(load.term(post), load.term(stand_in), span, facts)
    cover.ends_on = ends_on
    cover.save(update_fields=["ends_on"])
    return Act("cover", cover.id, post.unit.path, {"post": str(post.id), "by": str(stand_in.id), **_days(span)})


def _days(span: Span) -> dict[str, str | None]:
    return {"starts_on": span.starts_on.isoformat(), "ends_on": span.ends_on.isoformat() if span.ends_on else None}
