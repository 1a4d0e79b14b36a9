"""`qingli verify`: is the journal what was sealed, do the tables say what it tells, are the files what was stored?"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import django

MOST = 200  # faults told of one room


def run(argv: list[str]) -> int:
    """Report breaks, faults, what waits and what was erased; 1 for a fault, 2 for roots that cannot be read."""
    parser = argparse.ArgumentParser(prog="qingli verify", description=__doc__)
    parser.add_argument("--roots", type=Path, help="roots copied out earlier (default: roots.txt in the home)")
    parser.add_argument("--files", action="store_true", help="also read every stored file and compare its hash")
    options = parser.parse_args(argv)
    django.setup()
    from qingli.archive import queries
    from qingli.cli.roots import read_roots, roots_path

    path = options.roots or roots_path()
    try:
        roots = read_roots(path)
    except (OSError, ValueError):
        print(f"qingli verify: {path} cannot be read as lines of a day and a root", file=sys.stderr)
        return 2
    if options.roots and not roots:
        print(f"qingli verify: there are no roots in {path}", file=sys.stderr)
        return 2
    report = queries.verify(roots)
    lost = list(_file_faults()) if options.files else []
    for fault in report.breaks:
        print(f"BREAK {fault.code}: {fault.place}")
    astray = list(_state_faults())
    for line in [*lost, *astray]:
        print(line)
    waits = f", the oldest since {report.waiting.oldest:%Y-%m-%d %H:%M:%S} UTC" if report.waiting.oldest else ""
    print(f"{report.sealed} entries sealed in {report.batches} batches; {report.waiting.count} not sealed yet{waits}")
    print(f"{report.erased} payloads erased on request; {len(roots)} roots of past days compared")
    print("the journal does NOT hold" if report.breaks else "the journal holds")
    print("the tables do NOT say what the journal tells" if astray else f"the tables say what it tells{_uncounted()}")
    return 1 if report.breaks or lost or astray else 0


def _state_faults() -> Iterator[str]:
    """Where postings, balances, titles and figures are not what follows from the journal when it is told anew."""
    from qingli import flow
    from qingli.board import queries as board
    from qingli.ledger import queries as ledger
    from qingli.proof import queries as proof
    from qingli.title import queries as title

    rooms = {"board": board.faults, "ledger": ledger.faults, "title": title.faults}
    if not flow.left_to_do():
        rooms["proof"] = proof.faults
    for room, faults in rooms.items():
        yield from (f"STATE {room}: {fault}" for fault in islice(faults(), MOST))


def _uncounted() -> str:
    """Figures follow the journal at a distance: they can be compared once the worker has caught up."""
    from qingli import flow

    left = flow.left_to_do()
    return f"; {left} entries or jobs are left for the worker, figures were not compared" if left else ""


def _file_faults() -> Iterator[str]:
    from qingli.archive.queries import stored_contents

    for sha256, path in stored_contents():
        if not path.is_file():
            yield f"FILE missing: {sha256}"
        elif _hash(path) != sha256:
            yield f"FILE altered: {sha256}"


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
