"""From the reader's normal forms to rules. The forms are listed in the reader's README."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..calendar import Kind
from .types import Ask, Frequency, Moment, Repeat, Rule, Schedule, Window

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
_SHAPED = re.compile(r"(before|weekof)\((.*)\)$")


class UnreadableNormError(ValueError):
    """A normal form that no rule understands; it becomes a question, never a guess."""


def from_norm(norm: Norm, *, surface: str, count: int = 1, alternatives: Sequence[Norm] = ()) -> Schedule:
    """The schedule that a normal form means.

    `surface`: the plan's own words. `count`: times within each period (每月兩次 is 2). `alternatives`: other ways to
    read it; with any, or with the norm's own "alternative", nothing falls due until `decide` chose one.
    """
    try:
        readings = [rules_of(norm), *map(rules_of, alternatives)]
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


def rules_of(norm: Norm) -> tuple[Rule, ...]:
    """The rules of one normal form; empty for forms that are no schedule. Raises UnreadableNormError."""
    return _FORMS.get(str(norm.get("type")), _nothing)(norm)


def _asks(norm: Norm, surface: str) -> tuple[Ask, ...]:
    kind = norm.get("type")
    if kind == "unscheduled-periodic":
        return (Ask("choose-frequency", str(norm.get("word", surface))),)
    if kind == "blank":
        return (Ask("blank-date", surface),)
    if norm.get("condition"):
        return (Ask("condition-dates", str(norm["condition"])),)
    return ()


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
    texts = _listed(norm["any_of"] if isinstance(norm.get("any_of"), list | tuple) else norm.get("value"))
    rules: list[Rule] = [parse_rrule(str(text), deadline=bool(norm.get("deadline_each"))) for text in texts]
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
    return tuple(Window(str(day), str(day), bool(norm.get("approx"))) for day in _listed(norm.get("value")))


def _moments(norm: Norm) -> tuple[Rule, ...]:
    of: Any = {"holiday": "festival", "holidays": "festival", "weekof": "day"}.get(norm["type"], norm["type"])
    return tuple(_moment(of, str(value), bool(norm.get("approx"))) for value in _listed(norm.get("value")))


def _moment(of: Any, value: str, approx: bool) -> Moment:
    shaped = _SHAPED.match(value)
    shape, inner = (shaped[1], shaped[2]) if shaped else ("weekof" if of == "day" else "on", value)
    if "(" in inner or ".." in inner or not inner:
        raise UnreadableNormError(value)
    if of == "lunar" and not re.fullmatch(r"(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|30)", inner):
        raise UnreadableNormError(value)
    return Moment(of, inner, {"weekof": "week", "before": "before"}.get(shape, "on"), approx=approx)  # type: ignore[arg-type]  # the three shapes


def _semester_week(norm: Norm) -> tuple[Rule, ...]:
    weeks = [int(number) for number in re.findall(r"\d+", str(norm.get("value")))]
    if not 1 <= len(weeks) <= 2 or not 1 <= weeks[0] <= weeks[-1] <= 30:
        raise UnreadableNormError(str(norm))
    semester: Kind = "semester"
    return (Moment(semester, str(norm.get("semester", "")), weeks=(weeks[0], weeks[-1])),)


def _nothing(norm: Norm) -> tuple[Rule, ...]:
    return ()


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


_FORMS: dict[str, Callable[[Norm], tuple[Rule, ...]]] = {
    "rrule": _rrule,
    "window": _window,
    "date": _date,
    "semesterweek": _semester_week,
    **dict.fromkeys(("lunar", "solarterm", "holiday", "holidays", "season", "weekof", "announced"), _moments),
}
