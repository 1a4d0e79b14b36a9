"""The content: measures, environment days and the words by which plans mention them. No Django, no clock."""

from .days import NeedsAnnouncement, resolve_day
from .loader import load_catalogue
from .matching import Matcher, MeasureMatch, Reason, default_matcher
from .types import (
    INDICATORS,
    Catalogue,
    CatalogueError,
    Coverage,
    Criterion,
    EnvironmentDay,
    Evidence,
    Measure,
    Names,
    Quantity,
    Standard,
    Topic,
)

__all__ = [
    "INDICATORS",
    "Catalogue",
    "CatalogueError",
    "Coverage",
    "Criterion",
    "EnvironmentDay",
    "Evidence",
    "Matcher",
    "Measure",
    "MeasureMatch",
    "Names",
    "NeedsAnnouncement",
    "Quantity",
    "Reason",
    "Standard",
    "Topic",
    "default_matcher",
    "load_catalogue",
    "resolve_day",
]
