"""One deed of an invented room, to fill the journal with."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from qingli.archive.actions import deed
from qingli.archive.rules import Act, Actor, Done, System
from qingli.lib.ids import new_id

NOON = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)


@deed("test.said")
def say(*, words: str, about: UUID, by: Actor, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    return Act("thing", about, "/1/2/", {"words": words})


@pytest.fixture
def said() -> Callable[..., Done]:
    def enter(
        words: str = "你好", about: UUID | None = None, key: UUID | None = None, at: datetime = NOON, by: str = "system"
    ) -> Done:
        return say(
            words=words,
            about=about or new_id(),
            by=System(by),
            happened_at=at,
            recorded_at=at,
            key=key or new_id(),
        )

    return enter


@pytest.fixture
def files(tmp_path: Path, settings: Settings) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"
