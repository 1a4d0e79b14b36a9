"""The plan that a visitor can try without having one at hand: invented, with the gaps that real ones have."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def sample(language: str | None) -> str:
    """The sample in the page's script."""
    name = "sample-hans.txt" if language == "zh-hans" else "sample-hant.txt"
    return (_FOLDER / name).read_text(encoding="utf-8")
