"""A house of its own, as an administrator sets one up: a database, a web server, a clock that can be moved."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.house.conftest import Installation

PASSWORD = "ein stiller Teich"
PATIENCE = 120  # seconds until the web server has to answer, on a busy machine too
OUTSIDE = """
import json, sys
import django; django.setup()
from django.db import connections
from qingli.archive.actions import seal
from qingli.cli.worker import turn
from qingli.ground.actions import add_person, found_community
from qingli.ground.rules import SYSTEM, Script, UnitKind, visitor
from qingli.lib import clock
from qingli.lib.ids import new_id
from qingli.plan import actions, queries

def act(by=SYSTEM):
    now = clock.now()
    return dict(by=by, happened_at=now, recorded_at=now, key=new_id())

def found(name, user, password, script):
    made = found_community(
        name=name, person_name="林秋月", username=user, password=password, kind=UnitKind.COMMUNITY,
        script=Script[script], **act(visitor(new_id().hex)))
    add_person(unit_id=made.object_id, name="周明遠", **act())
    return str(made.object_id)

def make_tasks():
    for plan_id in queries.plans_to_make():
        actions.make_tasks(plan_id=plan_id, **act())

def seal_all():
    while seal(recorded_at=clock.now()):
        pass

def work():
    while turn("beside"):
        pass

for line in sys.stdin:
    name, words = json.loads(line)
    said = {"found": found, "make_tasks": make_tasks, "seal": seal_all, "work": work}[name](*words)
    connections.close_all()
    print(json.dumps(said), flush=True)
"""


@dataclass
class House:
    """An installation with its web server. The clock stands still until it is set again."""

    installation: Installation
    address: str
    clock: Path
    beside: subprocess.Popen[str] | None = None

    def at(self, moment: str) -> None:
        """Set the clock: "2026-07-01" is ten in the morning of that day in Shanghai."""
        self.clock.write_text(f"{moment}T02:00:00+00:00", encoding="ascii")

    def found(self, name: str, user: str, script: str = "HANT") -> str:
        """A community with its first person, who signs in as `user`, and a second one; the community's id."""
        return str(self._outside("found", name, user, PASSWORD, script))

    def make_tasks(self) -> None:
        """What the worker does every night."""
        self._outside("make_tasks")

    def seal(self) -> None:
        """What the worker does every minute."""
        self._outside("seal")

    def work(self) -> None:
        """All that the worker finds to do: seal, count, draw."""
        self._outside("work")

    def _outside(self, name: str, *words: str) -> Any:
        """Done by a process beside the web server, which stays: starting one takes longer than what it does."""
        if self.beside is None:
            self.beside = self._begin()
        assert self.beside.stdin is not None
        assert self.beside.stdout is not None
        self.beside.stdin.write(json.dumps([name, words]) + "\n")
        self.beside.stdin.flush()
        answer = self.beside.stdout.readline()
        assert answer, f"{name} failed; see {self.installation.home / 'beside.log'}"
        return json.loads(answer)

    def _begin(self) -> subprocess.Popen[str]:
        with (self.installation.home / "beside.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-c", OUTSIDE],
                env={**os.environ, **self.installation.environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf8",
            )

    def leave(self) -> None:
        """End the process beside the server."""
        if self.beside is not None and self.beside.stdin is not None:
            self.beside.stdin.close()
            self.beside.wait(20)

    def verify(self) -> int:
        return self.installation.command("verify", check=False).returncode


@contextmanager
def open_house(installation: Installation) -> Iterator[House]:
    """Start the web server as `qingli serve` does and stop it in the end."""
    port = _free_port()
    clock = installation.home / "clock"
    installation.extra["QINGLI_CLOCK_FILE"] = str(clock)
    house = House(installation, f"http://127.0.0.1:{port}", clock)
    house.at("2026-06-22")
    installation.command("manage", "collectstatic", "--noinput", "-v0", "--skip-checks")
    words = ["-m", "qingli", "serve", "--port", str(port), "--processes", "1"]
    with (installation.home / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, *words], env={**os.environ, **installation.environment}, stdout=log, stderr=log
        )
        try:
            _wait(house.address, server)
            yield house
        finally:
            house.leave()
            server.terminate()
            server.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "the web server did not start"
        try:
            urllib.request.urlopen(f"{address}/help/", timeout=5)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the web server does not answer")
