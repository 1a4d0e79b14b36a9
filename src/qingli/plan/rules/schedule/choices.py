"""What a person decides where the plan is open, and how several schedules of one promise come together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .types import Ask, Frequency, Repeat, Rule, Schedule, Window


@dataclass(frozen=True, slots=True)
class TakeReading:
    """Of the readings offered by choose-reading, this one (0 is the first)."""

    index: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """`count` times in every `interval` periods: 每季兩次 is Repeated("month", interval=3, count=2)."""

    frequency: Frequency
    interval: int = 1
    count: int = 1


@dataclass(frozen=True, slots=True)
class Between:
    """From `start` to `end`: the missing days of a blank, or the days in which a condition (生長季) holds."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class OnDays:
    """On exactly these days."""

    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class AsNeeded:
    """No fixed rhythm: one task for the whole of the plan's period, so that the promise is still answered for."""


Choice = TakeReading | Repeated | Between | OnDays | AsNeeded


class ChoiceError(ValueError):
    """A choice that answers no open question. code: nothing-asked, no-such-reading, bad-frequency, bad-days."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decide(schedule: Schedule, choice: Choice) -> Schedule:
    """The schedule with its first fitting question answered, or, where nothing was asked, with its rules replaced.

    `TakeReading` answers choose-reading; `Between` on a condition limits the rules; every other choice says when it is
    due instead of what was read. Raises ChoiceError and changes nothing.
    """
    match choice:
        case TakeReading(index):
            return _take(schedule, index)
        case Between(start, end) if any(ask.code == "condition-dates" for ask in schedule.asks):
            limit = _window(start, end)
            return replace(schedule, within=(*schedule.within, limit), asks=_without(schedule, "condition-dates"))
        case Between(start, end):
            return _replaced(schedule, (_window(start, end),), schedule.count)
        case OnDays(days):
            if not days:
                raise ChoiceError("bad-days")
            return _replaced(schedule, tuple(_window(day, day) for day in sorted(set(days))), 1)
        case Repeated(frequency, interval, count):
            if not (1 <= interval <= 366 and 1 <= count <= 366):
                raise ChoiceError("bad-frequency")
            return _replaced(schedule, (Repeat(frequency, interval),), count)
        case AsNeeded():
            return _replaced(schedule, (Window("ISSUE", None),), 1)


def _take(schedule: Schedule, index: int) -> Schedule:
    asked = next((ask for ask in schedule.asks if ask.code == "choose-reading"), None)
    if asked is None:
        raise ChoiceError("nothing-asked")
    if not 0 <= index < len(asked.readings):
        raise ChoiceError("no-such-reading")
    return replace(schedule, rules=asked.readings[index], asks=_without(schedule, "choose-reading"))


def _replaced(schedule: Schedule, rules: tuple[Rule, ...], count: int) -> Schedule:
    return replace(schedule, rules=rules, within=(), count=count, asks=(), on_event=False)


def _without(schedule: Schedule, code: str) -> tuple[Ask, ...]:
    return tuple(ask for ask in schedule.asks if ask.code != code)


def _window(start: date, end: date) -> Window:
    if end < start:
        raise ChoiceError("bad-days")
    return Window(start.isoformat(), end.isoformat())


def together(schedules: Sequence[Schedule]) -> Schedule:
    """One schedule from all that were read beside one promise.

    A window with both ends limits what repeats (5月至9月 + 每週 = weekly in those months). Otherwise, and for "by"
    windows and days, all are added up. The highest count counts.
    """
    if len(schedules) == 1:
        return schedules[0]
    rules = [rule for schedule in schedules for rule in schedule.rules]
    repeats = any(isinstance(rule, Repeat) for rule in rules)
    limits = [rule for rule in rules if repeats and isinstance(rule, Window) and _is_stretch(rule)]
    return Schedule(
        surface="、".join(dict.fromkeys(schedule.surface for schedule in schedules)),
        rules=tuple(dict.fromkeys(rule for rule in rules if rule not in limits)),
        within=tuple(dict.fromkeys([*(w for schedule in schedules for w in schedule.within), *limits])),
        count=max((schedule.count for schedule in schedules), default=1),
        asks=tuple(dict.fromkeys(ask for schedule in schedules for ask in schedule.asks)),
        on_event=bool(schedules) and all(schedule.on_event for schedule in schedules),
        anchor=next((schedule.anchor for schedule in schedules if schedule.anchor), None),
    )


def _is_stretch(window: Window) -> bool:
    return window.since not in (None, "ISSUE", window.until)
