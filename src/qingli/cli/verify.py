"""`qingli verify`: is the journal what was sealed, do the rooms say what it says, are the files what was stored?"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import django


def run(argv: list[str]) -> int:
    """Report breaks, what waits for its seal and what was erased; 1 for a break, 2 for roots that cannot be read."""
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
    told = list(_room_faults())
    for line in [*lost, *told]:
        print(line)
    waits = f", the oldest since {report.waiting.oldest:%Y-%m-%d %H:%M:%S} UTC" if report.waiting.oldest else ""
    print(f"{report.sealed} entries sealed in {report.batches} batches; {report.waiting.count} not sealed yet{waits}")
    print(f"{report.erased} payloads erased on request; {len(roots)} roots of past days compared")
    print("the journal does NOT hold" if report.breaks else "the journal holds")
    print("what the rooms keep is NOT what it says" if told else "notices, money, figures and titles are what it says")
    return 1 if report.breaks or lost or told else 0


def _room_faults() -> Iterator[str]:
    """Where a room's tables are not what the journal, read from its beginning, makes of them."""
    from qingli.board import queries as board
    from qingli.ledger import queries as ledger
    from qingli.proof import queries as proof
    from qingli.title import queries as title

    for name, faults in (("board", board), ("ledger", ledger), ("proof", proof), ("title", title)):
        yield from (f"ROOM {name}: {fault}" for fault in faults.faults())


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
