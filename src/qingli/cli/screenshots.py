"""`qingli screenshots`: the pictures of the README, taken by the script that drives a browser."""

import subprocess
import sys

from qingli.cli.checkout import root


def run(argv: list[str]) -> int:
    """Run scripts/screenshots.py; its exit code."""
    return subprocess.call([sys.executable, str(root() / "scripts" / "screenshots.py"), *argv], cwd=root())
