"""The steps of a person's page: each a form behind a line that opens it."""

from typing import Any
from uuid import UUID

from django import template

register = template.Library()


@register.inclusion_tag("desk/person_step.html", takes_context=True)
def step(
    context: template.Context, name: str, about: UUID, *, words: str, button: str, hint: str = ""
) -> dict[str, Any]:
    """The form of a step; nothing where the person who asks may not take it. It stands open after an error."""
    key = (name, about)
    return {
        "form": context["forms"].get(key),
        "name": name,
        "about": about,
        "words": words,
        "button": button,
        "hint": hint,
        "open": context.get("wrong") == key,
        "unit": context["unit"],
        "person": context["person"],
        "csrf_token": context.get("csrf_token"),
    }
