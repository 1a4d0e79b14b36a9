"""The numbered headings of a plan: where they stand and which stands under which."""

from .markers import find_markers
from .tree import build_outline

__all__ = ["build_outline", "find_markers"]
