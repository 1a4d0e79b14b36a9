"""Written plan to structure: a library of its own, without Django.

`read_text(text)` gives a `Reading`: the plans in the text, each with its outline, schedules, quantities, actors and
actions. See README.md beside this file.
"""

from .read import read_text
from .types import (
    ActorHit,
    Issue,
    Matcher,
    MeasureMatch,
    Mention,
    Norm,
    OutlineItem,
    Placeholder,
    PlanAction,
    PlanReading,
    QuantityHit,
    Question,
    Reading,
    ScheduleHit,
    Span,
    Unread,
)

__all__ = [
    "ActorHit",
    "Issue",
    "Matcher",
    "MeasureMatch",
    "Mention",
    "Norm",
    "OutlineItem",
    "Placeholder",
    "PlanAction",
    "PlanReading",
    "QuantityHit",
    "Question",
    "Reading",
    "ScheduleHit",
    "Span",
    "Unread",
    "read_text",
]
