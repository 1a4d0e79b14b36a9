"""`qingli test`: the tests, two at a time. What needs a part that is missing is skipped with its reason."""

import subprocess
import sys

from qingli.cli.checkout import root


def run(argv: list[str]) -> int:
    """Run pytest with the words given; its exit code."""
    spread = [] if any(word.startswith(("-n", "--pdb")) for word in argv) else ["-n", "2", "--dist", "worksteal"]
    return subprocess.call([sys.executable, "-m", "pytest", *spread, *argv], cwd=root())
