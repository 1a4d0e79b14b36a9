"""The font of PDF papers."""

from functools import lru_cache
from pathlib import Path

import typst


@lru_cache(maxsize=1)
def shipped_fonts() -> typst.Fonts:
    """Only the shipped font: what a machine happens to have must not change a paper."""
    folder = Path(__file__).parent / "fonts"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
