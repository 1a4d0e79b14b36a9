"""`deed` is how every writer of every room is made."""

import functools
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ParamSpec
from uuid import UUID

from django.db import transaction

from qingli.archive.models import Entry, Payload
from qingli.archive.rules import Act, Actor, Done, KeyReusedError, payload_hash, plain

P = ParamSpec("P")


def deed(kind: str, version: int = 1) -> Callable[[Callable[P, Act]], Callable[P, Done]]:
    """Make a writer out of a function that changes rows and says what it did.

    The function takes keywords only, among them `by` (an `Actor`), `happened_at`, `recorded_at` (aware moments) and
    `key` (a UUID made by the client). It runs in one transaction together with its journal entry. When this actor has
    used this key before, nothing is done and the first result is given again; with another kind of deed it is a
    `KeyReusedError`. Two replays at the same moment end the same way: the database lets one of them through.
    """

    def make(work: Callable[P, Act]) -> Callable[P, Done]:
        @functools.wraps(work)
        def run(*args: P.args, **kwargs: P.kwargs) -> Done:
            by, key = _who_and_key(kwargs)
            if first := _replay(kind, by, key):
                return first
            try:
                with transaction.atomic():
                    act = work(*args, **kwargs)
                    entry = _enter(kind, version, act, by, kwargs)
            except Exception:
                # The same deed may have arrived twice at once: the other was first, and what it changed stops this one.
                if first := _replay(kind, by, key):
                    return first
                raise
            return Done(act.object_id, entry.id, replayed=False)

        return run

    return make


def _who_and_key(kwargs: Mapping[str, Any]) -> tuple[Actor, UUID]:
    return kwargs["by"], kwargs["key"]


def _replay(kind: str, by: Actor, key: UUID) -> Done | None:
    entry = Entry.objects.filter(actor=by.ref, key=key).first()
    if entry is None:
        return None
    if entry.kind != kind:
        raise KeyReusedError
    return Done(entry.object_id, entry.id, replayed=True)


def _enter(kind: str, version: int, act: Act, by: Actor, when: Mapping[str, Any]) -> Entry:
    happened_at, recorded_at = when["happened_at"], when["recorded_at"]
    assert isinstance(happened_at, datetime)
    assert isinstance(recorded_at, datetime)
    salt, body = secrets.token_hex(16), plain(act.payload)
    entry = Entry.objects.create(
        kind=kind,
        version=version,
        object_type=act.object_type,
        object_id=act.object_id,
        scope=act.scope,
        actor=by.ref,
        happened_at=happened_at,
        recorded_at=recorded_at,
        key=when["key"],
        payload_hash=payload_hash(salt, body),
    )
    Payload.objects.create(entry=entry, salt=salt, body=body)
    return entry
