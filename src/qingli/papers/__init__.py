"""Papers: .docx .pdf .xlsx .ics made from plain values that a caller took from a reading or from a room's queries."""

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
"""The folder of the fonts that are shipped for PDF papers."""
