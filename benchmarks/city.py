"""The page of a city with five hundred communities: how long its figures take.

    .venv/bin/python -m benchmarks.city                     on SQLite, in a folder of its own
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.city     on PostgreSQL, in an empty database

One warm client, milliseconds. "counted" counts anew from the tallies of a year; "page" is what a page costs while the
figures of the last minutes are kept, with the look at who asks. The database must be empty: it is filled and left so.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from benchmarks.tasks import measure

COMMUNITIES = 500
DAYS = 600  # days and measures of a year on which a community has tasks, and as many on which it has records
START = date(2025, 7, 1)
TODAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)
TARGET = 150.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.city", description=__doc__)
    parser.add_argument("--communities", type=int, default=COMMUNITIES)
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    if "DATABASE_URL" not in os.environ:
        os.environ["QINGLI_HOME"] = tempfile.mkdtemp(prefix="qingli-benchmark-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingli.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    city = fill(arguments.communities)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"{connection.vendor}: {arguments.communities} communities in {time.perf_counter() - began:.0f} s")
    return report(city, arguments.rounds)


def report(city: UUID, rounds: int) -> int:
    from qingli.catalogue import load_catalogue
    from qingli.ground.queries import public_unit
    from qingli.insight.city import city_figures
    from qingli.insight.kept import kept_figures
    from qingli.insight.periods import half_year_of

    unit, catalogue = public_unit(city), load_catalogue()
    assert unit is not None
    asked: dict[str, Any] = {"period": half_year_of(TODAY), "today": TODAY, "catalogue": catalogue}
    worst = 0.0
    for name, query in {
        "counted": lambda: city_figures(unit, **asked),
        "page": lambda: kept_figures(unit, at=NOW, **asked),
    }.items():
        p50, p95, busy, count = measure(query, rounds)
        worst = p95
        print(f"{name:<10} p50 {p50:7.1f} ms   p95 {p95:7.1f} ms   processor {busy:7.1f} ms   {count} queries")
    return 0 if worst < TARGET else 1


def fill(number: int) -> UUID:
    """A city of ten districts with their communities, and the tallies of a year."""
    from qingli.ground.models import Unit
    from qingli.proof.models import Tally

    zone = {"time_zone": "Asia/Shanghai", "script": "zh-hant"}
    city = Unit.objects.create(kind="city", name="青江市", code="qj", path="/qj/", depth=0, **zone)
    districts = [
        Unit.objects.create(
            parent=city, kind="district", name=f"第{n}區", code=f"d{n}", path=f"/qj/d{n}/", depth=1, **zone
        )
        for n in range(10)
    ]
    chance = random.Random(1)
    for n in range(number):
        home = districts[n % 10]
        unit = Unit.objects.create(
            parent=home, kind="community", name=f"第{n}社區", code=f"c{n}", path=f"{home.path}c{n}/", depth=2, **zone
        )
        Tally.objects.bulk_create(_tallies(unit.id, chance), batch_size=2000)
    return city.id


def _tallies(unit_id: UUID, chance: random.Random) -> Iterator[Any]:
    from qingli.catalogue import load_catalogue
    from qingli.proof.models import Tally

    measures = chance.sample(sorted(load_catalogue().measures), 40)
    cells = {(chance.choice(measures), START + timedelta(days=chance.randrange(365))) for _ in range(DAYS)}
    for measure_id, day in cells:
        done = day < TODAY and chance.random() < 0.9
        counts = {"promised": 2, "done": 2 * done, "on_time": 2 * done, "open": 2 - 2 * done}
        yield Tally(id=uuid4(), unit_id=unit_id, kind="due", day=day, measure=measure_id, **counts)
        if done:
            yield Tally(id=uuid4(), unit_id=unit_id, kind="record", day=day, measure=measure_id, records=2)


if __name__ == "__main__":
    sys.exit(main())
