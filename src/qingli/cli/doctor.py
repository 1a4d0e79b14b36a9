"""`qingli doctor`: what is missing or wrong with this installation, and what to do about it."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import django

from qingli.lib import clock

State = Literal["ok", "warn", "BAD"]
LEAST_DISK = 1_000_000_000  # bytes
SILENCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `BAD` must be mended, `warn` should be known."""

    name: str
    state: State
    text: str


def run(argv: list[str]) -> int:
    """Print a line for each finding; 1 when something is bad."""
    argparse.ArgumentParser(prog="qingli doctor", description=__doc__).parse_args(argv)
    django.setup()
    found = [finding for look in LOOKS for finding in look()]
    for finding in found:
        print(f"{finding.state:<4}  {finding.name:<16} {finding.text}")
    return 1 if any(finding.state == "BAD" for finding in found) else 0


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", "ok" if sys.version_info < (3, 15) else "warn", version)


def _database() -> Iterator[Finding]:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding("database", "BAD", f"cannot be reached ({type(error).__name__})")
        return
    yield Finding("database", "ok", connection.display_name)
    if pending:
        yield Finding("tables", "BAD", f"{len(pending)} migrations are missing: qingli manage migrate")
    else:
        yield Finding("tables", "ok", "of this version")
    if connection.vendor == "sqlite":
        yield from _sqlite()
    if not pending:
        yield from _worker()


def _sqlite() -> Iterator[Finding]:
    import sqlite3

    from qingli.lib.sqlite import is_faulty

    faulty = is_faulty(sqlite3.sqlite_version_info)
    advice = " has a fault in its write-ahead log; pysqlite3 has no wheel for this machine" if faulty else ""
    yield Finding("SQLite", "warn" if faulty else "ok", sqlite3.sqlite_version + advice)


def _worker() -> Iterator[Finding]:
    from qingli.archive import queries
    from qingli.lib.jobs import regular

    now, beat, waiting = clock.machine(), regular.last_beat(), queries.waiting()
    if beat is None or now - beat > SILENCE:
        yield Finding("worker", "BAD", f"no sign of life {f'since {beat:%Y-%m-%d %H:%M} UTC' if beat else 'yet'}")
    else:
        yield Finding("worker", "ok", f"seen {(now - beat).seconds} s ago")
    age = clock.now() - waiting.oldest if waiting.oldest else timedelta()
    state: State = "warn" if age > SILENCE else "ok"
    yield Finding("journal", state, f"{waiting.count} entries not sealed, the oldest for {age.total_seconds():.0f} s")
    failed = regular.failed_jobs()
    yield Finding("jobs", "warn" if failed else "ok", f"{failed} have failed for good")


def _home() -> Iterator[Finding]:
    from django.conf import settings

    free = shutil.disk_usage(settings.HOME).free
    yield Finding("disk", "ok" if free > LEAST_DISK else "BAD", f"{free / 1e9:.1f} GB free at {settings.HOME}")
    mode = (settings.HOME / "secret").stat().st_mode & 0o777
    open_to_others = os.name != "nt" and mode & 0o077
    yield Finding(
        "secret", "BAD" if open_to_others else "ok", f"mode {mode:04o}{', must be 0600' * bool(open_to_others)}"
    )


def _clock() -> Iterator[Finding]:
    if path := os.environ.get("QINGLI_CLOCK_FILE"):
        yield Finding("clock", "warn", f"a file stands in for the present ({path}); for rehearsals only")
    else:
        yield Finding("clock", "ok", "the machine's own")


def _security() -> Iterator[Finding]:
    from django.conf import settings

    if settings.DEBUG:
        yield Finding("debug", "BAD", "QINGLI_DEBUG is on: strangers would see the inside")
    if not settings.SESSION_COOKIE_SECURE:
        yield Finding("https", "warn", "QINGLI_HTTPS is off: right on one machine, wrong on a network")


def _tools() -> Iterator[Finding]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield Finding("LibreOffice", "ok" if office else "warn", office or "not there; only tests of Word pages use it")
    listing = shutil.which("fc-list")
    fonts = ""
    if listing:
        fonts = subprocess.run([listing, ":lang=zh", "family"], capture_output=True, text=True, check=False).stdout
    count = len(set(fonts.splitlines()))
    text = f"{count} Chinese families on this machine" if count else "no Chinese font; PDF files bring their own"
    yield Finding("fonts", "ok" if count else "warn", text)


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (_python, _database, _home, _clock, _security, _tools)
