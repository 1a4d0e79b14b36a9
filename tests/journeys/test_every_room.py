"""Every page of the rooms beyond plan and work, in the demo's city: money, postings, titles, figures."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from qingli.cli.demo_content.past import PASSWORD
from tests.house.conftest import Installation
from tests.journeys.conftest import Visit
from tests.journeys.house import House, open_house
from tests.journeys.pages import ROOMS, ROOMS_OPEN
from tests.journeys.walking import Look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DAY = "2026-11-30"
IDS = """
import json
from qingli.archive.actions import seal
from qingli.board.models import Notice, Reply
from qingli.ground.models import Person, Unit
from qingli.ground.queries import asker_for
from qingli.ledger.models import Account, Booking, Earmark
from qingli.lib import clock
from qingli.lib.ids import new_id
from qingli.title import actions as title
from qingli.title.models import Application, Cycle, Title
while seal(recorded_at=clock.now()):
    pass
units = {unit.code: unit.id for unit in Unit.objects.all()}
cycle, now = Cycle.objects.get(), clock.now()
clerk = asker_for(Person.objects.get(account__username="clerk").id, at=now)
begun = title.begin_application(
    cycle_id=cycle.id, unit_id=units["liutang"], by=clerk, happened_at=now, recorded_at=now, key=new_id())
beipo = {"unit_id": units["beipo"]}
named = Title.objects.get(application__isnull=False)
candidates = Notice.objects.filter(unit_id=units["yuan"]).order_by("posted_at").last()
print(json.dumps({key: str(value) for key, value in {
    **{code: units[code] for code in ("yuan", "qingqiao", "shiti", "liutang", "beipo")},
    "goals": Notice.objects.get(unit_id=units["liutang"]).id,
    "candidates": candidates.id,
    "posted": candidates.slug,
    "receipt": Reply.objects.filter(outcome="rejected").get().token,
    "programme": cycle.programme_id,
    "cycle": cycle.id,
    "begun": begun.object_id,
    "named": named.application_id,
    "number": named.number,
    "posted_one": Application.objects.get(state="posted").id,
    "waits": Application.objects.get(state="endorsed").id,
    "earmark": Earmark.objects.get(source_id=named.id, **beipo).id,
    "account": Account.objects.filter(kind="fund", **beipo).first().id,
    "booking": Booking.objects.filter(**beipo).order_by("booked_at").last().id,
}.items()}))
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """The demo's city, loaded as `qingli demo` loads it and served."""
    clock = tmp_path / "day"
    clock.write_text(f"{DAY}T02:00:00+00:00", encoding="ascii")
    loaded = Installation(tmp_path, "", {"QINGLI_CLOCK_FILE": str(clock)}, patience=400)
    loaded.command("demo", "--no-start")
    with open_house(Installation(tmp_path / "demo", "")) as made:
        made.at(DAY)
        yield made


def test_every_room(house: House, visit: Visit) -> None:
    city: dict[str, str] = json.loads(house.installation.python(IDS).splitlines()[-1])
    look = Look(visit, city, PASSWORD)
    look.at("", ROOMS_OPEN)
    for user, paths in ROOMS.items():
        look.at(user, paths)
    assert look.faults == {}
