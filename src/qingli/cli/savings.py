"""`qingli savings READINGS`: what a change has saved. Says so where the parts that it needs are not installed."""

import sys
from collections.abc import Sequence
from importlib.util import find_spec

_PARTS = ("numpy", "pyarrow", "duckdb", "python_calamine")


def run(argv: Sequence[str]) -> int:
    """Exit code 0 when there is an answer, 1 when there is none for any meter, 2 when the call or a file is wrong."""
    if missing := [part for part in _PARTS if find_spec(part) is None]:
        print(f"qingli savings needs {', '.join(missing)}: pip install 'qingli[savings]'", file=sys.stderr)
        return 2
    from qingli.cli.savings_answer import run as answer

    return answer(argv)
