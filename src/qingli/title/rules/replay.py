"""Applications and titles rebuilt from the journal alone: what the tables must say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from uuid import UUID


class Told(Protocol):
    """An entry of the journal."""

    @property
    def kind(self) -> str: ...

    @property
    def object_id(self) -> UUID: ...

    @property
    def body(self) -> dict[str, Any] | None: ...


@dataclass(frozen=True, slots=True)
class ApplicationState:
    """Where an application stands and by what it is judged."""

    cycle: str
    unit: str
    state: str
    standard: str
    version: str
    assessment: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class TitleState:
    """A title with its award. What of that was paid is told by the ledger."""

    unit: str
    number: str
    goal: str
    level: str
    named_on: str
    valid_until: str
    application: str = ""
    award: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Rebuilt:
    """What a fold over the journal gave."""

    applications: dict[UUID, ApplicationState] = field(default_factory=dict)
    titles: dict[UUID, TitleState] = field(default_factory=dict)


def rebuild(entries: Iterable[Told]) -> Rebuilt:
    """Fold all entries whose kind begins with "title.", in the order in which they were recorded.

    What was erased from the journal says nothing any more and is left out.
    """
    found = Rebuilt()
    for entry in entries:
        if entry.body is not None:
            _take(found, entry.kind, entry.object_id, entry.body)
    return found


def _take(found: Rebuilt, kind: str, identity: UUID, body: Mapping[str, Any]) -> None:
    if kind == "title.begun":
        found.applications[identity] = ApplicationState(
            body["cycle"], body["unit"], body["state"], body["standard"], body["version"]
        )
    elif kind in ("title.registered", "title.named"):
        found.titles[identity] = _title(body)
        if application := body.get("application"):
            _move(found, UUID(application), body)
    elif identity in found.applications and "state" in body:
        _move(found, identity, body)


def _move(found: Rebuilt, identity: UUID, body: Mapping[str, Any]) -> None:
    before = found.applications[identity]
    told = {name: body[name] for name in ("state", "standard", "version", "assessment", "notice") if name in body}
    found.applications[identity] = replace(before, **told)


def _title(body: Mapping[str, Any]) -> TitleState:
    parts = body.get("award", {}).get("parts", ())
    return TitleState(
        unit=body["unit"],
        number=body["number"],
        goal=body["goal"],
        level=body["level"],
        named_on=body["named_on"],
        valid_until=body["valid_until"],
        application=body.get("application", ""),
        award=tuple((code, int(amount)) for code, amount in parts),
    )


def differences(kind: str, told: Mapping[UUID, Any], kept: Mapping[UUID, Any]) -> list[str]:
    """One line for each thing of which the journal tells something else than the tables keep."""
    return [
        f"{kind} {identity}: the journal says {told.get(identity)}, the table {kept.get(identity)}"
        for identity in sorted({*told, *kept}, key=str)
        if told.get(identity) != kept.get(identity)
    ]
