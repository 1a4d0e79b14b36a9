"""When a promise falls due: from the reader's normal form to days in a plan's period."""

from .choices import AsNeeded, Between, Choice, ChoiceError, OnDays, Repeated, TakeReading, decide, together
from .expand import needs, occurrences
from .norms import from_norm
from .store import as_json, from_json
from .types import Ask, Moment, Occurrence, Repeat, Rule, Schedule, Turn, Window

__all__ = [
    "AsNeeded",
    "Ask",
    "Between",
    "Choice",
    "ChoiceError",
    "Moment",
    "Occurrence",
    "OnDays",
    "Repeat",
    "Repeated",
    "Rule",
    "Schedule",
    "TakeReading",
    "Turn",
    "Window",
    "as_json",
    "decide",
    "from_json",
    "from_norm",
    "needs",
    "occurrences",
    "together",
]
