"""A schedule as plain JSON and back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from .types import Ask, Moment, Repeat, Rule, Schedule, Window


def as_json(schedule: Schedule) -> dict[str, Any]:
    """Plain dicts, lists, strings and numbers; `from_json` gives an equal schedule back."""
    plain = asdict(schedule)
    plain["anchor"] = schedule.anchor.isoformat() if schedule.anchor else None
    return plain


def from_json(data: Mapping[str, Any]) -> Schedule:
    """The schedule that `as_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    return Schedule(
        surface=data["surface"],
        rules=tuple(_rule(rule) for rule in data["rules"]),
        within=tuple(Window(**window) for window in data["within"]),
        count=data["count"],
        asks=tuple(
            Ask(ask["code"], ask["what"], tuple(tuple(_rule(rule) for rule in reading) for reading in ask["readings"]))
            for ask in data["asks"]
        ),
        on_event=data["on_event"],
        anchor=date.fromisoformat(data["anchor"]) if data["anchor"] else None,
    )


def _rule(data: Mapping[str, Any]) -> Rule:
    if data["kind"] == "repeat":
        values = {**data, "months": tuple(data["months"]), "month_days": tuple(data["month_days"])}
        return Repeat(**{**values, "weekdays": tuple((day, nth) for day, nth in data["weekdays"])})
    if data["kind"] == "window":
        return Window(**data)
    return Moment(**{**data, "weeks": tuple(data["weeks"]) if data["weeks"] else None})
