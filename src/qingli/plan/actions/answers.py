"""Answers as pages send them, checked and turned into what the rules understand. Raises bad-answer."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from qingli.plan.actions.base import RefusedError
from qingli.plan.rules.schedule import AsNeeded, Between, Choice, OnDays, Repeated, TakeReading

Answer = Mapping[str, Any]
"""One of: {"reading": 0}, {"repeat": {"frequency": "month", "interval": 3, "count": 1}}, {"between": [day, day]},
{"days": [day, …]}, {"as_needed": true}, {"period": [day, day]}, {"owner": {"person_id" | "party_id" | "role" and
"role_unit_id" | "words": …}}, {"as_written": true}. Days are ISO dates."""


def choice_of(answer: Answer) -> Choice | None:
    """What an answer about time means; None for an answer that is none about time."""
    try:
        match answer:
            case {"reading": int(index)}:
                return TakeReading(index)
            case {"repeat": {"frequency": "day" | "week" | "month" | "year" as frequency, **rest}}:
                return Repeated(frequency, int(str(rest.get("interval", 1))), int(str(rest.get("count", 1))))
            case {"between": [start, end]}:
                return Between(date.fromisoformat(start), date.fromisoformat(end))
            case {"days": [_, *_] as days}:
                return OnDays(tuple(date.fromisoformat(day) for day in days))
            case {"as_needed": True}:
                return AsNeeded()
    except (TypeError, ValueError):
        raise RefusedError("bad-answer") from None
    return None


def days_of(answer: Answer, name: str) -> tuple[date, date]:
    """The two days of an answer, in order."""
    try:
        start, end = (date.fromisoformat(day) for day in answer[name])
    except (KeyError, TypeError, ValueError):
        raise RefusedError("bad-answer") from None
    if start > end or (end - start).days > 366 * 6:
        raise RefusedError("bad-days")
    return start, end


def owner_fields(owner: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of an action for who answers for it: exactly one of a person, a party, a role or words."""
    try:
        fields: dict[str, Any] = {
            "person_id": _id(owner.get("person_id")),
            "party_id": _id(owner.get("party_id")),
            "role": str(owner.get("role") or ""),
            "role_unit_id": _id(owner.get("role_unit_id")),
        }
    except ValueError:
        raise RefusedError("bad-answer") from None
    if words := str(owner.get("words") or "").strip():
        fields["owner_words"] = words[:300]
    named = sum(bool(fields[name]) for name in ("person_id", "party_id", "role"))
    if named > 1 or not (named or words) or (fields["role_unit_id"] and not fields["role"]):
        raise RefusedError("bad-answer")
    return fields


def _id(value: Any) -> UUID | None:
    return UUID(str(value)) if value else None
