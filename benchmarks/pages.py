"""A hundred thousand tasks: how long one warm client waits for a page of the web server.

    .venv/bin/python -m benchmarks.pages                     on SQLite, in a folder of its own
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.pages     on PostgreSQL, in an empty database

p50 and p95 in milliseconds from the request to the last byte, and the processor time of the server, which a busy
machine does not stretch. The database must be empty: it is filled and left so.
"""

import argparse
import http.client
import http.cookies
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from benchmarks.tasks import NOW, TASKS, Place, fill

PASSWORD = "ein stiller Teich"
TARGET = 150.0  # milliseconds, p95


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.pages", description=__doc__)
    parser.add_argument("--tasks", type=int, default=TASKS)
    parser.add_argument("--rounds", type=int, default=40)
    arguments = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="qingli-benchmark-"))
    clock = home / "clock"
    clock.write_text(NOW.isoformat(), encoding="ascii")
    os.environ |= {
        "QINGLI_HOME": str(home),
        "QINGLI_CLOCK_FILE": str(clock),
        "QINGLI_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "qingli.settings",
    }
    from qingli.cli.serve import prepare

    prepare()
    place = _filled(arguments.tasks)
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "qingli", "serve", "--port", str(port), "--processes", "1"])
    try:
        client = Client(port)
        client.sign_in("clerk")
        return _report(client, pages_of(place), arguments.rounds, server.pid)
    finally:
        server.terminate()
        server.wait(20)


def _filled(number: int) -> Place:
    from django.db import connection, connections

    from qingli.ground import actions
    from qingli.ground.rules import SYSTEM
    from qingli.proof.actions import recount_missing

    place = fill(number)
    actions.open_account(
        person_id=place.clerk.person_id,
        username="clerk",
        password=PASSWORD,
        by=SYSTEM,
        happened_at=NOW,
        recorded_at=NOW,
        key=uuid4(),
    )
    began = time.perf_counter()
    recount_missing()
    print(f"everything counted in {time.perf_counter() - began:.1f} s")
    with connection.cursor() as cursor:
        # what PostgreSQL does by itself soon after so many rows came in
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"{connection.vendor}: {number} tasks")
    connections.close_all()
    return place


def pages_of(place: Place) -> dict[str, str]:
    unit = f"/w/{place.unit}/"
    return {
        "today": f"{unit}today/",
        "tasks": f"{unit}tasks/",
        "tasks, late": f"{unit}tasks/?state=late",
        "plans": f"{unit}plans/",
        "plan": f"{unit}plans/{place.plan}/",
        "month": f"{unit}calendar/2026/7/",
        "year": f"{unit}calendar/2026/",
        "public plan": f"/p/{place.slug}/",
        "self-assessment": f"{unit}proof/?period=2026H1",
        "behind a figure": f"{unit}proof/tasks-on-time/behind/?period=2026H1",
        "tanks covered": f"{unit}proof/tanks-cleaned/behind/?period=2026H1",
    }


def _report(client: "Client", pages: dict[str, str], rounds: int, server: int) -> int:
    worst = 0.0
    for name, path in pages.items():
        for _ in range(5):
            size = client.get(path)
        times, busy = [], processor(server)
        for _ in range(rounds):
            began = time.perf_counter()
            client.get(path)
            times.append((time.perf_counter() - began) * 1000)
        busy = (processor(server) - busy) * 1000 / rounds
        times.sort()
        p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
        worst = max(worst, p95)
        print(
            f"{name:<16} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   processor {busy:6.1f} ms   {size // 1000} kB",
            flush=True,
        )
    return 0 if worst < TARGET else 1


def processor(server: int) -> float:
    """Seconds of processor time that the server's processes have had; 0 where the system does not tell (/proc)."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            identity, _, facts = path.read_text().partition(" (")
        except OSError:
            continue
        fields = facts.rpartition(") ")[2].split()
        if server in (int(identity), int(fields[1])):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Client:
    """One browser with one connection that stays open."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                self.get("/help/")
            except OSError:
                self.connection.close()
                time.sleep(0.2)
            else:
                return
        raise SystemExit("the web server does not answer")

    def sign_in(self, user: str, password: str = PASSWORD) -> None:
        _status, page = self._ask("GET", "/sign-in/")
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found
        form = {"username": user, "password": password, "csrfmiddlewaretoken": found.group(1).decode()}
        status, _page = self._ask("POST", "/sign-in/", urllib.parse.urlencode(form))
        assert status == 302

    def get(self, path: str) -> int:
        """The size of a page; anything but a page is an error."""
        status, page = self._ask("GET", path)
        assert status == 200, (path, status)
        return len(page)

    def send(self, path: str, form: dict[str, str], headers: dict[str, str] | None = None) -> "Answer":
        """What comes back when a form is sent."""
        self._begin("POST", path, urllib.parse.urlencode(form), headers)
        return self._end()

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        self._begin(method, path, body)
        answer = self._end()
        return answer.status, answer.page

    def _begin(self, method: str, path: str, body: str | None, more: dict[str, str] | None = None) -> None:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": f"http://127.0.0.1:{self.port}/",
            "Accept-Language": "zh-TW",
            **(more or {}),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)

    def _end(self) -> "Answer":
        answer = self.connection.getresponse()
        page = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in http.cookies.SimpleCookie(line).items()}
        return Answer(answer.status, page, answer.headers.get("Location", ""))


@dataclass(frozen=True)
class Answer:
    status: int
    page: bytes
    location: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
