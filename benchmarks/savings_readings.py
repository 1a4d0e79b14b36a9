"""How long it takes to read a large file of bills, row by row with a reason for each that is not taken.

./qingli soak savings_readings [--rows 10000000]
"""

import argparse
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from qingli.savings import read_readings


def write(path: Path, rows: int) -> int:
    """Meters with 24 monthly bills; one row in a thousand has something wrong with it."""
    months = [date(2023 + n // 12, n % 12 + 1, 1) for n in range(25)]
    spans = [(a.isoformat(), (b - timedelta(days=1)).isoformat()) for a, b in pairwise(months)]
    wrong = 0
    with path.open("w", encoding="utf8") as file:
        file.write("meter,start,end,use (kWh)\n")
        for row in range(rows):
            first, last = spans[row % 24]
            use = "many" if row % 1000 == 999 else f"{100 + row * 7919 % 900}.5"
            wrong += use == "many"
            file.write(f"m{row // 24:08d},{first},{last},{use}\n")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bills.csv"
        wrong = write(path, rows)
        begin = time.perf_counter()
        found = read_readings(path)
        seconds = time.perf_counter() - begin
        size = path.stat().st_size / 1024**2
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows:,} rows, {size:.0f} MB: {seconds:.1f} s, {rows / seconds:,.0f} rows/s, {memory:,.0f} MB of memory")
    print(
        f"{len(found.meters):,} meters, {found.taken:,} rows taken, {len(found.refused):,} not taken ({wrong:,} wrong)"
    )
    return 0 if len(found.refused) == wrong and found.rows == rows else 1


if __name__ == "__main__":
    sys.exit(main())
