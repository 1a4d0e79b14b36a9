"""The demo: an invented city with two districts, three streets and six communities, and a Taiwanese li beside it.

Everything is made by the rooms' own deeds, with the moments at which it would have happened; all names are invented.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from qingli import flow
from qingli.archive import actions as archive
from qingli.cli.demo_content import line, people, plans
from qingli.cli.demo_content.past import PASSWORD, Past
from qingli.lib import clock

FIRST_DAY, LAST_DAY = date(2026, 7, 1), date(2026, 12, 31)


def load() -> Iterator[str]:
    """Load everything; gives the lines that tell the accounts."""
    today = min(max(clock.today("Asia/Shanghai"), date(2026, 9, 1)), LAST_DAY)
    past = Past(datetime.combine(date(2026, 6, 1), time(9), ZoneInfo("Asia/Shanghai")))
    with transaction.atomic():  # one story: it is there as a whole or not at all
        ground = people.settle(past)
        for community in ground.communities.values():
            plans.run(past, community, today)
        line.run(past, ground, today)
        _seal(past)
    yield f"password of every account: {PASSWORD}"
    for account in ground.accounts:
        yield f"  {account.username:<12} {account.says}"


def _seal(past: Past) -> None:
    """Every figure is counted already; the worker need not look at two thousand entries once more."""
    while archive.seal(recorded_at=past.now):
        pass
    flow.pass_over()
