"""The plan doctor: what a plan lacks, what was left over from another one, what cannot be."""

from .copies import COPY, shingles, similarity
from .edits import EditError, apply_edits
from .examine import examine, examine_text
from .facts import facts_of
from .types import (
    ActionFact,
    Context,
    Finding,
    Fix,
    HeadingFact,
    MaskFact,
    OtherPlan,
    PersonFact,
    PlanFacts,
    TextEdit,
    TimeFact,
)

__all__ = [
    "COPY",
    "ActionFact",
    "Context",
    "EditError",
    "Finding",
    "Fix",
    "HeadingFact",
    "MaskFact",
    "OtherPlan",
    "PersonFact",
    "PlanFacts",
    "TextEdit",
    "TimeFact",
    "apply_edits",
    "examine",
    "examine_text",
    "facts_of",
    "shingles",
    "similarity",
]
