"""The undertakings of a plan."""

from .find import Hits, find_actions

__all__ = ["Hits", "find_actions"]
