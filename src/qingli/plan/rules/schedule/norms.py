"""From the reader's normal forms to rules. The forms are listed in the reader's README."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from .types import Ask, Frequency, Moment, Repeat, Rule, Schedule, Shape, Window

Norm = Mapping[str, Any]

_WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_FREQUENCIES: dict[str, Frequency] = {
    "YEARLY": "year",
    "MONTHLY": "month",
    "WEEKLY": "week",
    "DAILY": "day",
    "HOURLY": "day",  # a task is never finer than a day
    "MINUTELY": "day",
}
_KNOWN_PARTS = {"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "BYHOUR", "BYMINUTE", "WKST"}
_SHAPED = re.compile(r"(before|by|after)\((.*)\)$")
_LUNAR_DAY = r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|30)"
_LUNAR = re.compile(rf"{_LUNAR_DAY}(?:\.\.{_LUNAR_DAY})?|(?:0[1-9]|1[0-2])|\*-(?:0[1-9]|[12]\d|30)")
_WRITTEN_DAY = re.compile(r"(?:(?:Y|\*|\d{4})-)?\d\d-\d\d")


class UnreadableNormError(ValueError):
    """A normal form that no rule understands; it becomes a question, never a guess."""


def from_norm(norm: Norm, *, surface: str, count: int = 1, alternatives: Sequence[Norm] = ()) -> Schedule:
    """The schedule that a normal form means.

    `surface`: the plan's own words. `count`: times within each period (每月兩次 is 2). `alternatives`: other ways to
    read it; with any, or with the norm's own "alternative", nothing falls due until `decide` chose one.
    """
    try:
        readings = [*_readings(norm), *(reading for other in alternatives for reading in _readings(other))]
        if norm.get("alternative"):
            readings += [(_window_from_text(text),) for text in _listed(norm["alternative"])]
        within, count = tuple(_spans(norm.get("within"))), int(norm.get("count", count))
    except UnreadableNormError:
        return Schedule(surface, asks=(Ask("unread-schedule", surface),))
    asks = _asks(norm, surface)
    if len(set(readings)) > 1:
        asks = (Ask("choose-reading", surface, tuple(dict.fromkeys(readings))), *asks)
        readings = [()]
    return Schedule(surface, readings[0], within, max(count, 1), asks, on_event=norm.get("type") == "rel")


def _readings(norm: Norm) -> list[tuple[Rule, ...]]:
    """每月或每季 names two rules of which one is meant; everything else is one reading."""
    if norm.get("any_of") is True:
        return [rules_of({**norm, "any_of": False, "value": value}) for value in _listed(norm.get("value"))]
    return [rules_of(norm)]


def rules_of(norm: Norm) -> tuple[Rule, ...]:
    """The rules of one normal form; empty for forms that are no schedule. Raises UnreadableNormError."""
    kind = str(norm.get("type"))
    if kind in _NO_SCHEDULE:
        return ()
    if kind not in _FORMS:
        raise UnreadableNormError(kind)
    return _FORMS[kind](norm)


def _asks(norm: Norm, surface: str) -> tuple[Ask, ...]:
    kind = norm.get("type")
    if kind == "unscheduled-periodic":
        return (Ask("choose-frequency", str(norm.get("word", surface))),)
    if kind == "blank":
        return (Ask("blank-date", surface),)
    if norm.get("condition"):
        return (Ask("condition-dates", str(norm["condition"])),)
    return ()


@lru_cache(maxsize=1000)
def parse_rrule(text: str, *, deadline: bool = False) -> Repeat:
    """One RFC 5545 rule. Raises UnreadableNormError for parts that plans do not use (COUNT, UNTIL, BYWEEKNO…)."""
    parts = dict(part.split("=", 1) for part in text.upper().removeprefix("RRULE:").split(";") if "=" in part)
    if set(parts) - _KNOWN_PARTS or parts.get("FREQ") not in _FREQUENCIES:
        raise UnreadableNormError(text)
    try:
        repeat = Repeat(
            _FREQUENCIES[parts["FREQ"]],
            max(int(parts.get("INTERVAL", 1)), 1) if parts["FREQ"] not in ("HOURLY", "MINUTELY") else 1,
            tuple(sorted(_numbers(parts.get("BYMONTH"), 1, 12))),
            tuple(sorted(_numbers(parts.get("BYMONTHDAY"), -31, 31))),
            _weekdays(parts.get("BYDAY", ""), parts.get("BYSETPOS")),
            deadline,
        )
    except (KeyError, ValueError) as error:
        raise UnreadableNormError(text) from error
    if repeat.frequency == "year" and not repeat.months and any(nth for _, nth in repeat.weekdays):
        raise UnreadableNormError(text)  # the nth weekday of a year: nobody plans so
    return repeat


def _numbers(text: str | None, low: int, high: int) -> set[int]:
    found = {int(part) for part in text.split(",")} if text else set()
    if any(not low <= number <= high or number == 0 for number in found):
        raise UnreadableNormError(text)
    return found


def _weekdays(text: str, position: str | None) -> tuple[tuple[int, int], ...]:
    found = [(_WEEKDAYS[part[-2:]], int(part[:-2] or 0)) for part in text.split(",") if part]
    if position is not None:
        if len(found) != 1 or found[0][1]:
            raise UnreadableNormError(f"{text} at {position}")
        found = [(found[0][0], int(nth)) for nth in position.split(",")]
    if any(abs(nth) > 5 for _, nth in found):
        raise UnreadableNormError(text)
    return tuple(sorted(found))


def _rrule(norm: Norm) -> tuple[Rule, ...]:
    deadline = bool(norm.get("deadline_each"))
    rules: list[Rule] = [parse_rrule(str(text), deadline=deadline) for text in _listed(norm.get("value"))]
    also = norm.get("also")
    if isinstance(also, Mapping):
        rules += rules_of(also)
    elif isinstance(also, str) and also.startswith("FREQ="):
        rules.append(parse_rrule(also))
    return tuple(rules)


def _window(norm: Norm) -> tuple[Rule, ...]:
    approx = bool(norm.get("approx"))
    if norm.get("parts"):
        return tuple(_spans(norm["parts"]))
    if norm.get("months"):
        texts = [f"Y-{month:02d}" if isinstance(month, int) else str(month) for month in norm["months"]]
        return tuple(Window(text, text, approx) for text in texts)
    if not norm.get("from") and not norm.get("to"):
        raise UnreadableNormError(str(norm))
    return (Window(norm.get("from"), norm.get("to"), approx),)


def _spans(value: Any) -> list[Window]:
    return [_window_from_text(text) for text in _listed(value)]


def _window_from_text(text: Any) -> Window:
    if isinstance(text, Mapping):
        return Window(text.get("from"), text.get("to"), bool(text.get("approx")))
    since, dots, until = str(text).partition("..")
    return Window(since or None, until or None) if dots else Window(since, since)


def _date(norm: Norm) -> tuple[Rule, ...]:
    days = [str(day) for day in _listed(norm.get("value"))]
    approx = bool(norm.get("approx"))
    return tuple(Window(None if norm.get("deadline_each") else day, day, approx) for day in days)


def _moments(norm: Norm) -> tuple[Rule, ...]:
    of: Any = {"holiday": "festival", "holidays": "festival"}.get(norm["type"], norm["type"])
    return tuple(_moment(of, str(value), bool(norm.get("approx"))) for value in _listed(norm.get("value")))


def _moment(of: Any, value: str, approx: bool) -> Moment:
    shape, inner = _shape(value)
    if not inner or "(" in inner or (of == "lunar" and not _LUNAR.fullmatch(inner)):
        raise UnreadableNormError(value)
    if of == "weekof":
        # The week around a written day; a week with a name of its own is announced or fixed under that name.
        return Moment("day", inner, "week") if _WRITTEN_DAY.fullmatch(inner) else Moment("announced", inner, shape)
    return Moment(of, inner, shape, approx=approx)


def _shape(value: str) -> tuple[Shape, str]:
    """before(X) → before, X."""
    found = _SHAPED.match(value)
    if not found:
        return "on", value
    shapes: dict[str, Shape] = {"before": "before", "by": "by", "after": "after"}
    return shapes[found[1]], found[2]


def _semester_week(norm: Norm) -> tuple[Rule, ...]:
    shape, _ = _shape(str(norm.get("value")))
    weeks = [int(number) for number in re.findall(r"\d+", str(norm.get("value")))]
    if not weeks or not 1 <= weeks[0] <= weeks[-1] <= 30:
        raise UnreadableNormError(str(norm))
    return (Moment("semester", str(norm.get("semester", "")), shape, weeks=(weeks[0], weeks[-1])),)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


_NO_SCHEDULE = {"rel", "unscheduled-periodic", "blank", "duration", "yearref", "time", "retro", "ref", "cond"}
_FORMS: dict[str, Callable[[Norm], tuple[Rule, ...]]] = {
    "rrule": _rrule,
    "window": _window,
    "date": _date,
    "semesterweek": _semester_week,
    **dict.fromkeys(("lunar", "solarterm", "holiday", "holidays", "season", "weekof", "announced"), _moments),
}
