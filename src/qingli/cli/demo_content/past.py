"""Deeds done at moments that lie back, each with a key of its own that is the same every time."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from qingli.archive.rules import Done
from qingli.ground import queries as ground
from qingli.ground.rules import SYSTEM, Asker

PASSWORD = "qingli-demo-2026"  # noqa: S105 - of a demo that runs on this machine alone, and told on its screen
_SPACE = uuid.UUID("6c1f5d0e-3a52-4a53-9a2c-5f3f6f1b7d11")


@dataclass
class Past:
    """The present moment of the story."""

    now: datetime
    count: int = 0
    known: dict[uuid.UUID, Asker] = field(default_factory=dict)

    def do(
        self, deed: Callable[..., Done], by: Asker = SYSTEM, at: datetime | None = None, /, **facts: Any
    ) -> uuid.UUID:
        """Do a deed at `at` (else now, a minute later each time) and give what it made."""
        self.count += 1
        self.now += timedelta(seconds=20)
        moment = at or self.now
        key = uuid.uuid5(_SPACE, f"{deed.__module__}.{deed.__name__}.{self.count}")
        return deed(by=by, happened_at=moment, recorded_at=moment, key=key, **facts).object_id

    def person(self, person_id: uuid.UUID, at: datetime) -> Asker:
        """Somebody with the posts that they hold; nobody's post changes in the story."""
        if person_id not in self.known:
            found = ground.asker_for(person_id, at=at)
            assert found is not None
            self.known[person_id] = found
        return self.known[person_id]
