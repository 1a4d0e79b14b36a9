"""The whole reading of a text, step by step."""

from .types import Matcher, PlanReading, Reading


def read_text(text: str, *, match: Matcher | None = None) -> Reading:
    """Read every plan in `text`. Any text is allowed; nothing is raised for its content.

    `match` names the measure of a clause; without it every action's `measure` and `topic` are None.
    """
    return Reading(chars=len(text), plans=(PlanReading(title="", span=(0, len(text)), plan_year=None),))
