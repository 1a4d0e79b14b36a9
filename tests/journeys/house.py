"""A house of its own, as an administrator sets one up: a database, a web server, a clock that can be moved."""

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

from tests.house.conftest import Installation

PASSWORD = "ein stiller Teich"
PATIENCE = 40  # seconds until the web server has to answer
COMMUNITY = """
from qingli.ground import actions
from qingli.ground.rules import SYSTEM, Script, UnitKind, visitor
from qingli.lib import clock
from qingli.lib.ids import new_id
now = clock.now()
def act(by=SYSTEM):
    return dict(by=by, happened_at=now, recorded_at=now, key=new_id())
made = actions.found_community(
    name={name!r}, person_name="林秋月", username={user!r}, password={password!r}, kind=UnitKind.COMMUNITY,
    script=Script[{script!r}], **act(visitor(new_id().hex)))
actions.add_person(unit_id=made.object_id, name="周明遠", **act())
print(made.object_id)
"""
MAKE_TASKS = """
from qingli.ground.rules import SYSTEM
from qingli.lib import clock
from qingli.lib.ids import new_id
from qingli.plan import actions, queries
now = clock.now()
for plan_id in queries.plans_to_make():
    actions.make_tasks(plan_id=plan_id, by=SYSTEM, happened_at=now, recorded_at=now, key=new_id())
"""
SEAL = """
from qingli.archive.actions import seal
from qingli.lib import clock
while seal(recorded_at=clock.now()):
    pass
"""


@dataclass
class House:
    """An installation with its web server. The clock stands still until it is set again."""

    installation: Installation
    address: str
    clock: Path

    def at(self, moment: str) -> None:
        """Set the clock: "2026-07-01" is ten in the morning of that day in Shanghai."""
        self.clock.write_text(f"{moment}T02:00:00+00:00", encoding="ascii")

    def found(self, name: str, user: str, script: str = "HANT") -> str:
        """A community with its first person, who signs in as `user`, and a second one; the community's id."""
        code = COMMUNITY.format(name=name, user=user, password=PASSWORD, script=script)
        return self.installation.python(code).splitlines()[-1]

    def make_tasks(self) -> None:
        """What the worker does every night."""
        self.installation.python(MAKE_TASKS)

    def seal(self) -> None:
        """What the worker does every minute."""
        self.installation.python(SEAL)

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
