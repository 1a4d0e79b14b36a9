"""Installations of their own, for what several processes do at once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Installation:
    """A home with a database of its own, used from outside only, through processes."""

    home: Path
    database_url: str
    extra: dict[str, str] = field(default_factory=dict)
    patience: int = 120  # seconds until whatever is run has to have ended

    @property
    def environment(self) -> dict[str, str]:
        own = {"QINGLI_HOME": str(self.home), "DATABASE_URL": self.database_url, "PYTHONPATH": f"{ROOT / 'src'}"}
        return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "qingli.settings", **self.extra}

    def command(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `qingli …` to its end."""
        return self._run(["-m", "qingli", *words], check)

    def python(self, code: str, check: bool = True) -> str:
        """Run Python with Django set up; what it prints."""
        return self._run(["-c", f"import django; django.setup()\n{code}"], check).stdout.strip()

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start Python in the background; the test ends it."""
        return subprocess.Popen([sys.executable, *words], cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL)

    def _run(self, words: list[str], check: bool) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf8",
            timeout=self.patience,
            check=False,
        )
        assert done.returncode == 0 or not check, done.stderr[-3000:]
        return done


def _postgres(url: str) -> bool:
    return url.startswith(("postgres:", "postgresql:"))


def _server(url: str, statement: str) -> None:
    import psycopg  # noqa: PLC0415 - only where the suite runs on PostgreSQL

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with its tables, to be copied."""
    given = os.environ.get("DATABASE_URL", "")
    url, name = "", f"qingli_{uuid4().hex[:12]}"
    if _postgres(given):
        _server(given.rpartition("/")[0] + "/postgres", f"CREATE DATABASE {name}")
        url = f"{given.rpartition('/')[0]}/{name}"
    made = Installation(tmp_path_factory.mktemp("migrated"), url)
    made.command("manage", "migrate", "-v0", "--skip-checks")
    yield made
    if url:
        _server(given.rpartition("/")[0] + "/postgres", f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def installation(migrated: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A fresh installation with its tables, of whichever database the suite runs on."""
    home = tmp_path / "home"
    shutil.copytree(migrated.home, home)
    if not migrated.database_url:
        yield Installation(home, "")
        return
    server, _, template = migrated.database_url.rpartition("/")
    name = f"qingli_{uuid4().hex[:12]}"
    _server(server + "/postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
    yield Installation(home, f"{server}/{name}")
    _server(server + "/postgres", f"DROP DATABASE {name} WITH (FORCE)")
