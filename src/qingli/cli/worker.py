"""`qingli worker`: seals the journal, finds what follows from it, and does what is due, until it is stopped."""

import argparse
import os
import signal
import socket
import threading
from datetime import date, timedelta

import django
from django.db import close_old_connections

from qingli.lib import clock

PAUSE = 1.0  # seconds between two looks when there is nothing to do
BEAT = timedelta(seconds=10)


def turn(worker: str, stop: threading.Event | None = None) -> int:
    """Do everything that is there to do: seal, follow, what is due, jobs; how many things there were.

    Jobs may enter new acts in the journal; the next turn takes them up. A turn that returns 0 has left nothing.
    """
    from qingli import flow
    from qingli.archive import actions
    from qingli.lib.jobs.running import run_one

    count = 0
    while sealed := actions.seal(recorded_at=clock.now()):
        count += sealed
    count += flow.run_flow()
    count += flow.run_regular()
    while not (stop and stop.is_set()) and run_one(worker):
        count += 1
    return count


def run(argv: list[str]) -> int:
    """Work until SIGTERM or Ctrl-C; the job in hand is finished first."""
    parser = argparse.ArgumentParser(prog="qingli worker", description=__doc__)
    parser.add_argument("--once", action="store_true", help="stop when there is nothing left to do")
    options = parser.parse_args(argv)
    django.setup()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    worker = f"{socket.gethostname()[:60]}:{os.getpid()}"
    if options.once:
        while turn(worker, stop) and not stop.is_set():
            pass
        return 0
    _loop(worker, stop)
    return 0


def _loop(worker: str, stop: threading.Event) -> None:
    from qingli.cli.roots import copy_roots
    from qingli.lib import logs
    from qingli.lib.jobs.regular import beat

    log = logs.get("qingli.worker")
    log.info("worker started", worker=worker)
    beaten, copied = clock.machine() - BEAT, date.min
    while not stop.is_set():
        close_old_connections()
        try:
            if clock.machine() >= beaten + BEAT:
                beaten = clock.machine()
                beat(worker, beaten)
            count = turn(worker, stop)
            if (today := clock.now().date()) != copied:
                copied = today  # also where it fails: what is missing is added with the next day's
                copy_roots(clock.now())
        except Exception as error:
            # A full disk or a database that is away: whatever it is, what waits is still there when it is over.
            log.error("turn failed", error=type(error).__name__, where=logs.where(error))
            stop.wait(5)
            continue
        if not count:
            stop.wait(PAUSE)
    log.info("worker stopped", worker=worker)
