"""Who asks: a person with the posts that they hold, and those they cover, at a moment."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import ip_address
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from qingli.ground.models import Cover, Person, Post
from qingli.ground.rules.asker import Asker, PostFact
from qingli.ground.rules.errors import GroundError
from qingli.ground.rules.kinds import Role
from qingli.ground.rules.terms import Span, day_of
from qingli.ground.rules.words import clean_username


def asker_of(account_id: UUID, *, at: datetime) -> Asker | None:
    """The asker behind an account, or None where it has ended. Three queries at most.

    The unit's own zone decides which day it is for a post in it.
    """
    return _asker(Person.objects.filter(account__id=account_id, account__is_active=True).first(), at)


def asker_for(person_id: UUID, *, at: datetime) -> Asker | None:
    """The same for a person, with or without an account: whose feed or paper is made while nobody is signed in."""
    return _asker(Person.objects.filter(id=person_id).first(), at)


def counted_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str | None:
    """The user name under which failures at sign-in are counted: one for all its spellings, or each had its own."""
    typed = (credentials or request.POST).get("username")
    if typed is None:
        return None
    try:
        return clean_username(typed)
    except GroundError:
        return typed[:40].replace("\x00", "")


def counted_address(request: HttpRequest) -> str | None:
    """The address from which failures at sign-in are counted. Behind a proxy it is the one that the proxy saw itself.

    A visitor may send a header of the same name, but nginx writes over it; without a proxy it is never looked at.
    """
    seen: str | None = request.META.get("REMOTE_ADDR")
    told: str | None = request.META.get("HTTP_X_REAL_IP") if settings.BEHIND_PROXY else None
    try:
        return str(ip_address((told or seen or "").strip()))
    except ValueError:
        return None


def _asker(person: Person | None, at: datetime) -> Asker | None:
    if person is None or person.erased_at is not None:
        return None
    posts = [post for post in Post.objects.filter(_near(at), person=person).select_related("unit") if _holds(post, at)]
    covering = Cover.objects.filter(_near(at), by__in=[post.id for post in posts]).select_related("post__unit")
    covered = [cover.post for cover in covering if _holds_in(cover, cover.post.unit.time_zone, at)]
    return Asker(
        person_id=person.id,
        name=person.name,
        posts=tuple(sorted(map(_fact, posts), key=_order)),
        covers=tuple(sorted((_fact(post) for post in covered if _holds(post, at)), key=_order)),
    )


def _near(at: datetime) -> Q:
    """A day more on either side: what day it is depends on the zone of each row's unit."""
    day = timedelta(days=1)
    ends = Q(ends_on__isnull=True) | Q(ends_on__gte=at.date() - day)
    return Q(starts_on__lte=at.date() + day) & ends


def _holds(post: Post, at: datetime) -> bool:
    return _holds_in(post, post.unit.time_zone, at)


def _holds_in(row: Post | Cover, time_zone: str, at: datetime) -> bool:
    return Span(row.starts_on, row.ends_on).holds(day_of(at, time_zone))


def _fact(post: Post) -> PostFact:
    return PostFact(Role(post.role), post.unit_id, post.unit.path, post.party_id)


def _order(fact: PostFact) -> tuple[str, str]:
    return fact.unit_path, fact.role
