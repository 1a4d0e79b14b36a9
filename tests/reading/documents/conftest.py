"""Lines of real plans."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_lines(shared: Path) -> list[str]:
    """Every distinct line of the real plans, without blanks around it."""
    text = (shared / "data" / "plans-17.txt").read_text(encoding="utf-8")
    return sorted({line.strip() for line in text.split("\n") if line.strip()})
