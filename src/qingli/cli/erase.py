"""`qingli erase WORDS`: find what the journal says with these words and, with --yes, erase it.

For a person's request that words about them go. That the entry stood there stays, and the erasure is an entry itself;
what the rooms' own rows say is corrected where it is shown.
"""

import argparse
from uuid import uuid4

import django

from qingli.lib import clock


def run(argv: list[str]) -> int:
    """List the entries, and erase them if told to; 1 when nothing says such words."""
    parser = argparse.ArgumentParser(
        prog="qingli erase", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", help="as they were written, for example a name")
    parser.add_argument("--yes", action="store_true", help="erase what was found; it cannot be brought back")
    options = parser.parse_args(argv)
    django.setup()
    from qingli.archive import queries
    from qingli.archive.actions import erase_payload
    from qingli.archive.rules import System

    found = list(queries.saying(options.words)) if options.words.strip() else []
    for entry in found:
        print(f"{entry.recorded_at:%Y-%m-%d %H:%M} UTC  {entry.kind:<24} {entry.object_type} {entry.object_id}")
        if options.yes:
            now = clock.now()
            erase_payload(
                entry_id=entry.id, reason="request", by=System(), happened_at=now, recorded_at=now, key=uuid4()
            )
    print(f"{len(found)} {'erased' if options.yes else 'found; --yes erases them for good'}")
    return 0 if found else 1
