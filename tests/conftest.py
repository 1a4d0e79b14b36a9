"""What every test may ask for."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real plans, annotations and the scorer, which lie beside the project and are not part of it."""
    folder = ROOT.parent / "shared"
    if not (folder / "data" / "plans-17.txt").is_file():
        pytest.skip("the real plans and their annotations (../shared) are not beside this checkout")
    return folder
