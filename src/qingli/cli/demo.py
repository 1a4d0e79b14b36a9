"""`qingli demo`: everything set up with an invented city, a half-year in progress, and started."""

import argparse
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from types import FrameType

PATIENCE = 30  # seconds until the web server has to answer


def run(argv: list[str]) -> int:
    """Set up, load, start web server and worker; Ctrl-C stops both."""
    parser = argparse.ArgumentParser(prog="qingli demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="where 8000 is taken a free one is found")
    parser.add_argument("--no-start", action="store_true", help="set up and load only")
    options = parser.parse_args(argv)
    # A home of its own, so that trying it out never touches a community's real data.
    home = Path(os.environ.get("QINGLI_HOME", "var")).resolve() / "demo"
    os.environ["QINGLI_HOME"] = str(home)
    accounts = _set_up(home)
    if options.no_start:
        return 0
    return _start(_free_port(options.port), accounts)


def _set_up(home: Path) -> list[str]:
    started = time.monotonic()
    _say("1/3 preparing the database and the static files")
    from qingli.cli.serve import prepare

    prepare()
    told = home / "accounts.json"
    if told.is_file():
        _say("2/3 the demo is loaded already")
        lines: list[str] = json.loads(told.read_text(encoding="utf8"))
    else:
        _say("2/3 loading an invented city")
        lines = _load()
        told.write_text(json.dumps(lines, ensure_ascii=False), encoding="utf8")
    from django.db import connections

    connections.close_all()
    _say(f"    ready after {time.monotonic() - started:.0f} s")
    return lines


def _load() -> list[str]:
    """The lines that tell the accounts; `load` makes everything through the rooms' actions."""
    load = getattr(importlib.import_module("qingli.cli.demo_content"), "load", None)
    told: Iterable[str] = load() if load else ()
    return list(told or ())


def _free_port(wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            number: int = probe.getsockname()[1]
            return number
    raise SystemExit("qingli demo: there is no free port")


def _start(port: int, accounts: list[str]) -> int:
    _say("3/3 starting the web server and the worker")
    address = f"http://127.0.0.1:{port}/"
    command = [sys.executable, "-m", "qingli"]
    for name in (signal.SIGINT, signal.SIGTERM):  # told again: whoever starts us in the background has Ctrl-C ignored
        signal.signal(name, _interrupt)
    running: list[subprocess.Popen[bytes]] = []
    # Their logs go into a file: the address shall stay in sight.
    with (Path(os.environ["QINGLI_HOME"]) / "log.jsonl").open("ab") as log:
        try:
            for words in (["serve", "--port", str(port), "--processes", "1"], ["worker"]):
                running.append(subprocess.Popen([*command, *words], stdout=log, stderr=log, start_new_session=True))
            if not _answers(address, running):
                _say(f"the web server did not start; see {log.name}")
                return 1
            print("\n".join(["", f"    {address}", "", *accounts, "", "Ctrl-C stops it."]), flush=True)
            while all(process.poll() is None for process in running):
                time.sleep(0.5)
            _say(f"one of the two has stopped; see {log.name}")
        except KeyboardInterrupt:
            _say("stopping")
            return 0
        finally:
            _stop(running)
    return 1


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _answers(address: str, running: list[subprocess.Popen[bytes]]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and all(process.poll() is None for process in running):
        try:
            urllib.request.urlopen(address + "healthz", timeout=5)  # noqa: S310 - our own address
        except urllib.error.HTTPError:
            return True  # it answers; the worker may not have shown itself yet
        except OSError:
            time.sleep(0.2)
        else:
            return True
    return False


def _stop(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
