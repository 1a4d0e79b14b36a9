"""Reads of posts and of their cover (A/B 角)."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from qingli.ground.models import Cover, Post, Unit
from qingli.ground.queries.scope import below, path_for, within
from qingli.ground.queries.views import CoverView, PostView, Sight
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.kinds import Role
from qingli.ground.rules.paths import ancestors, level
from qingli.ground.rules.permissions import PERMISSIONS, Access, Deed, reach
from qingli.ground.rules.terms import CoverFact, Holder, Span, Term, holders


def posts(asker: Asker, unit_id: UUID, *, day: date) -> tuple[PostView, ...]:
    """The posts that hold on a day in a unit and below it, as far as the asker sees details, with their cover.

    Three queries. Raises `not-found`, `not-allowed`.
    """
    path = path_for(asker, "person.read", unit_id)
    seen = within(reach(asker, "person.read"), "unit__path")
    rows = _whole(Post.objects.filter(below(path, "unit__path"), seen, on(day)))
    standing = Cover.objects.filter(on(day), post__in=[row.id for row in rows]).select_related("by__person")
    cover_of = {cover.post_id: cover_view(cover) for cover in standing}
    return tuple(post_view(row, cover_of.get(row.id)) for row in rows)


def posts_of(person_id: UUID) -> tuple[PostView, ...]:
    """Every post that a person has held, without cover; whoever calls has asked. One query."""
    return tuple(post_view(row, None) for row in _whole(Post.objects.filter(person_id=person_id)))


def office_holders(places: Iterable[tuple[UUID, Role]], *, day: date) -> Mapping[tuple[UUID, Role], tuple[Holder, ...]]:
    """Who answers for each role in each unit on a day: the holders, or who covers them. Two queries for any number.

    Ids only, so nobody asks: whoever shows a name reads it by `people` or `person`.
    """
    wanted = set(places)
    units, roles = {unit for unit, _ in wanted}, {role for _, role in wanted}
    by_place: dict[tuple[UUID, Role], list[Term]] = {}
    for row in Post.objects.filter(on(day), unit_id__in=units, role__in=roles).select_related("unit"):
        by_place.setdefault((row.unit_id, Role(row.role)), []).append(_term(row))
    held = [term.post_id for terms in by_place.values() for term in terms]
    standing = Cover.objects.filter(on(day), post__in=held).select_related("by__unit")
    facts = [CoverFact(cover.post_id, cover.by_id, Span(cover.starts_on, cover.ends_on)) for cover in standing]
    able = [_term(cover.by) for cover in standing]
    return {place: holders(by_place.get(place, ()), facts, able, day) for place in wanted}


def holders_in(unit_id: UUID, role: Role, *, day: date) -> tuple[Holder, ...]:
    """Who answers for one role in one unit on a day. Two queries."""
    return office_holders([(unit_id, role)], day=day)[unit_id, role]


def covers(asker: Asker, unit_id: UUID, *, day: date) -> tuple[CoverView, ...]:
    """The covers of posts in a unit and below it that hold on a day or begin later, as far as the asker sees details.

    Two queries. Raises as `posts`.
    """
    path = path_for(asker, "person.read", unit_id)
    seen = within(reach(asker, "person.read"), "post__unit__path")
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    rows = Cover.objects.filter(not_over, below(path, "post__unit__path"), seen).select_related("by__person")
    return tuple(map(cover_view, rows.order_by("starts_on", "id")))


def seen_by(unit_id: UUID, deed: Deed, *, day: date) -> tuple[Sight, ...]:
    """Who may see something of a unit on a day, in full or as figures: what everybody is told on "who sees what".

    From above to below. Two queries. Nobody is named, so nobody asks.
    """
    path = Unit.objects.filter(id=unit_id).values_list("path", flat=True).first()
    if path is None:
        return ()
    rows = Post.objects.filter(Q(unit__path__in=ancestors(path)) | below(path, "unit__path"), on(day))
    people: dict[tuple[str, str, str], set[UUID]] = {}
    for unit_path, name, role, person in rows.values_list("unit__path", "unit__name", "role", "person_id"):
        people.setdefault((unit_path, name, role), set()).add(person)
    sights = (
        Sight(Role(role), name, level(at, path), PERMISSIONS[Role(role)][deed][level(at, path)], len(who))
        for (at, name, role), who in sorted(people.items())
    )
    return tuple(sight for sight in sights if sight.access is not Access.NONE)


def on(day: date) -> Q:
    """Rows whose span holds on a day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def post_view(row: Post, cover: CoverView | None) -> PostView:
    """A row as what queries give."""
    return PostView(
        row.id,
        row.person_id,
        row.person.name,
        Role(row.role),
        row.unit_id,
        row.unit.name,
        row.party.name if row.party else "",
        row.starts_on,
        row.ends_on,
        cover,
    )


def cover_view(row: Cover) -> CoverView:
    """A row as what queries give."""
    return CoverView(row.id, row.post_id, row.by_id, row.by.person_id, row.by.person.name, row.starts_on, row.ends_on)


def _whole(rows: QuerySet[Post]) -> list[Post]:
    return list(rows.select_related("person", "unit", "party").order_by("unit__path", "role", "starts_on", "id"))


def _term(row: Post) -> Term:
    return Term(row.id, row.person_id, row.unit.path, Span(row.starts_on, row.ends_on))
