"""Where the checkout is, for the commands that only make sense in one."""

import sys
from pathlib import Path

import qingli


def root() -> Path:
    """The checkout's folder. Where Qingli is installed as a package there is none: exit code 2."""
    folder = Path(qingli.__file__).parents[2]
    if not (folder / "pyproject.toml").is_file() or not (folder / "tests").is_dir():
        print("qingli: this command needs a checkout of the source", file=sys.stderr)
        raise SystemExit(2)
    return folder
