"""`qingli soak NAME`: a trial too long for the gate; its figures go into docs/benchmarks.md."""

import subprocess
import sys

from qingli.cli.checkout import root


def run(argv: list[str]) -> int:
    """Run a file of benchmarks/ by its name; without a name, list them."""
    found = {path.stem: path for path in sorted((root() / "benchmarks").glob("[a-z]*.py"))}
    if not argv or argv[0] not in found:
        print("qingli soak NAME, one of: " + (", ".join(found) or "(there is none yet)"), file=sys.stderr)
        return 2
    return subprocess.call([sys.executable, str(found[argv[0]]), *argv[1:]], cwd=root())
