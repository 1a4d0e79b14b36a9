"""A community with a hundred thousand bookings: how long its pages about money take, and one more spending.

    .venv/bin/python -m benchmarks.ledger                     on SQLite, in a folder of its own
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.ledger     on PostgreSQL, in an empty database

One warm client in one process, from the request to the rendered page; p50 and p95 in milliseconds, and processor time,
which a busy machine does not stretch. The database must be empty: it is filled and left behind. At the end the balances
that were kept are compared with the sums of the lines.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from benchmarks.tasks import measure

BOOKINGS, EARMARKS = 100_000, 200
NOW = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)
FIRST = date(2020, 1, 1)
CATEGORIES = ("activities", "cleaning", "greening", "training", "water")
TARGET = 150.0  # milliseconds, p95


@dataclass
class Place:
    unit: UUID
    finance: Any
    accounts: dict[str, UUID]
    earmarks: list[UUID]


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.ledger", description=__doc__)
    parser.add_argument("--bookings", type=int, default=BOOKINGS)
    parser.add_argument("--rounds", type=int, default=40)
    arguments = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="qingli-benchmark-"))
    clock = home / "clock"
    clock.write_text(NOW.isoformat(), encoding="ascii")
    os.environ |= {"QINGLI_HOME": str(home), "QINGLI_CLOCK_FILE": str(clock), "QINGLI_LOG_LEVEL": "WARNING"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingli.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    place = fill(arguments.bookings)
    with connection.cursor() as cursor:
        # what PostgreSQL does by itself soon after so many rows came in
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"{connection.vendor}: {arguments.bookings} bookings under {EARMARKS} earmarks")
    worst = 0.0
    for name, work in works(place).items():
        p50, p95, busy, _count = measure(work, arguments.rounds)
        worst = max(worst, p95)
        print(f"{name:<22} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   processor {busy:6.1f} ms", flush=True)
    began = time.perf_counter()
    check()
    print(f"balances are the sums of the lines ({time.perf_counter() - began:.1f} s to add them up)")
    return 0 if worst < TARGET else 1


def envelope(by: Any) -> dict[str, Any]:
    return {"by": by, "happened_at": NOW, "recorded_at": NOW, "key": uuid4()}


def fill(number: int) -> Place:
    """Accounts and earmarks by the deeds; the bookings in bulk, with the balances that the deeds would keep."""
    from qingli.ground import actions as ground
    from qingli.ground import queries
    from qingli.ground.rules import SYSTEM, Role, UnitKind
    from qingli.ledger import actions
    from qingli.ledger.rules import AccountKind

    made = envelope(SYSTEM)
    facts: dict[str, Any] = {"parent_id": None, "kind": UnitKind.COMMUNITY, "name": "杏林社區", "code": "xl"}
    unit = ground.found_unit(**facts, time_zone="Asia/Shanghai", **made).object_id
    person = ground.add_person(unit_id=unit, name="蘇曉嵐", **envelope(SYSTEM)).object_id
    ground.add_post(person_id=person, unit_id=unit, role=Role.FINANCE, starts_on=FIRST, **envelope(SYSTEM))
    ground.open_account(person_id=person, username="finance", password=uuid4().hex, **envelope(SYSTEM))
    finance = queries.asker_for(person, at=NOW)
    kinds = [("source", AccountKind.SOURCE, ""), ("fund", AccountKind.FUND, "")]
    kinds += [(code, AccountKind.EXPENSE, code) for code in CATEGORIES]
    accounts = {
        name: actions.open_account(unit_id=unit, kind=kind, name=name, category=category, **envelope(finance)).object_id
        for name, kind, category in kinds
    }
    earmarks = [
        actions.open_earmark(unit_id=unit, name=f"專款{n}", categories=CATEGORIES, **envelope(finance)).object_id
        for n in range(EARMARKS)
    ]
    place = Place(unit, finance, accounts, earmarks)
    _book(place, number)
    return place


def _moves(place: Place, number: int) -> Iterator[tuple[date, UUID, str, str, int]]:
    """First every earmark gets its money, then it is spent bit by bit over the years."""
    chance = random.Random(7)
    for earmark in place.earmarks:
        yield FIRST, earmark, "source", "fund", 100_000_000
    for n in range(number - len(place.earmarks)):
        day = FIRST + timedelta(days=n * 2300 // number)
        yield day, chance.choice(place.earmarks), "fund", chance.choice(CATEGORIES), chance.randint(1, 90_000)


def _book(place: Place, number: int) -> None:
    from qingli.ledger.models import Account, Balance, Booking, Line

    bookings: list[Booking] = []
    lines: list[Line] = []
    sums: Counter[tuple[UUID, UUID]] = Counter()
    for day, earmark, giving, taking, amount in _moves(place, number):
        booking = Booking(
            unit_id=place.unit, on=day, words="補種綠籬", person_id=place.finance.person_id, booked_at=NOW
        )
        bookings.append(booking)
        for position, (name, moved) in enumerate(((giving, -amount), (taking, amount)), start=1):
            account = place.accounts[name]
            sums[account, earmark] += moved
            lines.append(
                Line(
                    booking=booking,
                    position=position,
                    unit_id=place.unit,
                    account_id=account,
                    earmark_id=earmark,
                    on=day,
                    amount=moved,
                )
            )
    kinds = dict(Account.objects.values_list("pk", "kind"))
    Booking.objects.bulk_create(bookings, batch_size=500)
    Line.objects.bulk_create(lines, batch_size=500)
    Balance.objects.bulk_create(
        (
            Balance(account_id=account, earmark_id=earmark, kind=kinds[account], amount=amount)
            for (account, earmark), amount in sums.items()
        ),
        batch_size=500,
    )


def works(place: Place) -> dict[str, Callable[[], object]]:
    """The pages of the unit, as its finance officer sees them, and one more spending."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from qingli.ledger import actions, queries

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-TW")
    user = get_user_model().objects.get(username="finance")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def page(rest: str) -> Callable[[], object]:
        def load() -> object:
            answer = client.get(f"/w/{place.unit}/money/{rest}")
            assert answer.status_code == 200, (rest, answer.status_code)
            return answer

        return load

    def spending() -> object:
        facts: dict[str, Any] = {"category": "greening", "amount": 1, "on": NOW.date(), "words": "一株"}
        return actions.spend(
            earmark_id=place.earmarks[0], account_id=place.accounts["fund"], **facts, **envelope(place.finance)
        )

    deep = queries.bookings(place.finance, place.unit, limit=50).after
    for _ in range(100):
        deep = queries.bookings(place.finance, place.unit, limit=500, after=deep).after
    one = place.earmarks[0]
    return {
        "overview": page(""),
        "bookings": page("bookings/"),
        "bookings, far back": page(f"bookings/?after={deep}"),
        "one earmark": page(f"earmarks/{one}/"),
        "behind a figure": page(f"bookings/?earmark={one}&kind=source"),
        "one account": page(f"accounts/{place.accounts['fund']}/"),
        "form for spending": page("spend/"),
        "spending": spending,
    }


def check() -> None:
    from django.db.models import Sum

    from qingli.ledger.models import Balance, Line

    rows = Line.objects.values_list("account_id", "earmark_id").annotate(total=Sum("amount")).order_by()
    summed = {(account, earmark): total for account, earmark, total in rows}
    kept = {(row.account_id, row.earmark_id): row.amount for row in Balance.objects.all()}
    assert summed == kept


if __name__ == "__main__":
    sys.exit(main())
