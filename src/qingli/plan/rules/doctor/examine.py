"""The whole examination."""

from .copies import copies
from .lacks import duplicates, lacks
from .names import foreign_names, foreign_people
from .numbering import numbering
from .placeholders import placeholders
from .times import impossible_days, misplaced
from .types import Context, Finding, PlanFacts

_ORDER = {"must": 0, "should": 1, "note": 2}


def examine(plan: PlanFacts, context: Context) -> tuple[Finding, ...]:
    """Everything the doctor finds, in the order of the text; at one place the gravest first."""
    return _sorted([*lacks(plan), *_of_text(plan, context)])


def examine_text(plan: PlanFacts, context: Context) -> tuple[Finding, ...]:
    """What is found without asking what each single action lacks: where that is asked anyway, it is half the work."""
    return _sorted(_of_text(plan, context))


def _of_text(plan: PlanFacts, context: Context) -> list[Finding]:
    return [
        *duplicates(plan),
        *placeholders(plan, context),
        *foreign_names(plan, context),
        *foreign_people(plan, context),
        *copies(plan, context),
        *numbering(plan),
        *impossible_days(plan, context),
        *misplaced(plan, context),
    ]


def _sorted(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda one: (one.span[0], _ORDER[one.severity], one.code)))
