"""The content: measures, environment days and the words by which plans mention them. No Django, no clock."""

from .days import NeedsAnnouncement, resolve_day
from .loader import load_catalogue
from .matching import Matcher, MeasureMatch, Reason, default_matcher
from .types import (
    Catalogue,
    CatalogueError,
    Coverage,
    EnvironmentDay,
    Evidence,
    Measure,
    Names,
    Quantity,
    Topic,
)

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Coverage",
    "EnvironmentDay",
    "Evidence",
    "Matcher",
    "Measure",
    "MeasureMatch",
    "Names",
    "NeedsAnnouncement",
    "Quantity",
    "Reason",
    "Topic",
    "default_matcher",
    "load_catalogue",
    "resolve_day",
]
