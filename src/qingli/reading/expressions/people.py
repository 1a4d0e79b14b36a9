"""Who is meant by an actor: the post and the name in it, and the body that somebody sits in."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ..normal import simplify
from ..types import ActorHit
from .actor_words import POSTS

_NAMED = re.compile(rf"(?P<post>.{{0,20}}(?:{POSTS}))(?P<name>[㐀-鿿·]{{2,4}})(?:同志|先生|女士|老师)?$", re.DOTALL)
_NAME = re.compile(rf"(?P<name>[㐀-鿿·]{{2,3}})(?:同志|先生|女士|老师)$|(?P<name2>[㐀-鿿·]{{2,3}})(?P<post2>{POSTS})$")
_SEATS = frozenset({"leader", "deputy", "member", "liaison"})
_FAR = 400


def with_names(actors: Sequence[ActorHit], source: str) -> tuple[ActorHit, ...]:
    """The same actors, with post, name and the index of the body they sit in where the text tells."""
    bodies = [(actor.offset, index) for index, actor in enumerate(actors) if actor.role in ("body", "office")]
    return tuple(_with_name(actor, bodies, source) for actor in actors)


def _with_name(actor: ActorHit, bodies: Sequence[tuple[int, int]], source: str) -> ActorHit:
    group = _group(actor, bodies, source) if actor.role in _SEATS else None
    if actor.role not in _SEATS and actor.role not in ("performer", "approver"):
        return actor
    plain = simplify(actor.surface)
    match = _NAMED.match(plain)
    if match:
        return replace(
            actor, post=actor.surface[: match.end("post")], name=actor.surface[slice(*match.span("name"))], group=group
        )
    held = re.search(rf"(?:{POSTS})$", plain)
    if held:
        return replace(actor, post=actor.surface, group=group)
    bare = _NAME.search(plain) if actor.role in _SEATS else None
    if bare or (actor.role in _SEATS and re.fullmatch(r"[㐀-鿿·]{2,3}", plain)):
        name = actor.surface[slice(*bare.span("name"))] if bare and bare["name"] else actor.surface
        return replace(actor, name=name, group=group)
    return replace(actor, group=group)


def _group(actor: ActorHit, bodies: Sequence[tuple[int, int]], source: str) -> int | None:
    """The body named last before the actor in the same paragraph, else the first one after it in the same sentence."""
    at = bisect_left(bodies, (actor.offset, 0))
    before, after = bodies[at - 1] if at else None, bodies[at] if at < len(bodies) else None
    if before and actor.offset - before[0] < _FAR and "\n\n" not in source[before[0] : actor.offset]:
        return before[1]
    if after and after[0] - actor.offset < _FAR and not re.search(r"[。\n]", source[actor.offset : after[0]]):
        return after[1]
    return None
