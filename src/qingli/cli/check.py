"""`qingli check`: the gate. Format, lint, types, contracts, migrations, messages, tests; nothing is changed."""

import subprocess
import sys
import time

from qingli.cli import test
from qingli.cli.checkout import root

STEPS = {
    "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": ["-m", "ruff", "check", "--quiet", "."],
    "types": ["-m", "mypy"],
    "contracts": ["-c", "from importlinter.cli import lint_imports_command as c; c(['--config', 'importlinter.ini'])"],
    "migrations": ["-m", "qingli", "manage", "makemigrations", "--check", "--dry-run", "--skip-checks"],
    "messages": ["-m", "qingli.lib.messages", "check"],
}


def run(argv: list[str]) -> int:
    """Run every step, whatever the others say, and the tests last; 1 when any of them fails. Words go to pytest."""
    failed = [name for name, words in STEPS.items() if not _passes(name, words)]
    if test.run(argv):
        failed.append("tests")
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _passes(name: str, words: list[str]) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, *words], cwd=root(), capture_output=True, text=True, encoding="utf8", check=False
    )
    well = done.returncode == 0
    if not well:
        print(done.stdout, done.stderr, sep="\n")
    print(f"{'ok    ' if well else 'FAILED'}  {name:<11} {time.monotonic() - started:5.1f} s", flush=True)
    return well
