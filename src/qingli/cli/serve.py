"""`qingli serve`: the web server."""

import argparse
import os
import socket
import sys

import django
from django.core.management import call_command

CONNECTIONS = 1024
"""How many browsers may hold a connection to one process. The server counts connections that are only kept open, of
which one browser has up to six: with a few dozen the next visitor waits until somebody else goes away."""


def prepare(verbosity: int = 0) -> None:
    """Bring the database to the tables of this version and lay out the static files."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("collectstatic", interactive=False, verbosity=0)


def run(argv: list[str]) -> int:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="qingli serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4, help="threads of each process")
    parser.add_argument("--prepare", action="store_true", help="first migrate the database and collect static files")
    options = parser.parse_args(argv)
    if options.prepare:
        prepare(verbosity=1)
    elif not _is_prepared():
        print("qingli serve: the database or the static files are not ready: start with --prepare", file=sys.stderr)
        return 1
    if _is_taken(options.host, options.port):
        print(f"qingli serve: something else listens on port {options.port}: say --port NUMBER", file=sys.stderr)
        return 1
    _serve(options.host, options.port, options.processes, options.threads)
    return 0


def _is_taken(host: str, port: int) -> bool:
    """Whether somebody else listens there: the server itself would share the port, and get every other request."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name != "nt":  # what is left of a server that has ended does not count
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _is_prepared() -> bool:
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connection.close()
    return not pending and settings.STATIC_ROOT.is_dir()


def _serve(host: str, port: int, processes: int, threads: int) -> None:
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.server import Server

    server = Server(
        "qingli.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        websockets=False,
        log_dictconfig=settings.LOGGING,
    )
    server.serve()
