"""The roots of past days, copied out of the database into a file: an anchor that no change in the database can move."""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings

from qingli.archive import queries


def roots_path() -> Path:
    """Where the roots are copied to: one line a day, the day and its root."""
    return Path(settings.HOME) / "roots.txt"


def read_roots(path: Path) -> dict[date, str]:
    """The roots in a file; none where there is no file. ValueError: a line that is not a day and a root."""
    if not path.exists():
        return {}
    pairs = [line.split() for line in path.read_text(encoding="ascii").splitlines() if line.strip()]
    return {date.fromisoformat(day): root for day, root in pairs}


def copy_roots(now: datetime) -> int:
    """Add the roots of days that are over and not in the file yet; how many."""
    path = roots_path()
    known = read_roots(path)
    since, until = max(known, default=date(1, 1, 1)), now.astimezone(UTC).date()
    new = {day: root for day, root in queries.day_roots(since, until).items() if day not in known}
    if new:
        _write(path, {**known, **new})
    return len(new)


def _write(path: Path, roots: Mapping[date, str]) -> None:
    """Whole or not at all: half a line, left by a full disk or a power cut, would make all days unreadable."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with draft.open("w", encoding="ascii") as file:
        file.writelines(f"{day.isoformat()} {root}\n" for day, root in roots.items())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
