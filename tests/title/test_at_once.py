"""Two people at the same moment: one of them is told why not, and nothing is half done."""

import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.db import connection, transaction

from qingli.archive.models import Entry
from qingli.board import actions as board
from qingli.board.rules import ReplyKind
from qingli.ground.rules import visitor
from qingli.ledger.models import Booking, Earmark
from qingli.title import actions
from qingli.title.models import Application, Cycle, Title
from tests.ground.world import act
from tests.title.city import City

TODAY = date(2026, 6, 9)


def together(deeds: Sequence[Callable[[], object]]) -> list[str]:
    """Run all at once; "done" or the code of the refusal of each, sorted."""
    start = threading.Barrier(len(deeds))
    said: list[str] = []

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            deed()
            said.append("done")
        except Exception as error:
            said.append(str(getattr(error, "code", error)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(said)


def test_two_applications_of_one_unit(shared_city: City) -> None:
    by_both = [lambda: shared_city.begin("xl", "clerk"), lambda: shared_city.begin("xl", "head")]
    assert together(by_both * 2) == ["already-applied"] * 3 + ["done"]
    assert Application.objects.count() == 1


def test_one_form_sent_many_times(shared_city: City) -> None:
    key = uuid4()
    ids: set[UUID] = set()

    def begin() -> None:
        done = actions.begin_application(
            cycle_id=shared_city.cycle,
            unit_id=shared_city.unit(),
            **shared_city.by("clerk", date(2026, 3, 10), key),
        )
        ids.add(done.object_id)

    assert together([begin] * 4) == ["done"] * 4
    assert len(ids) == Application.objects.count() == Entry.objects.filter(kind="title.begun").count() == 1


def test_two_namings_with_one_place_left(shared_city: City) -> None:
    Cycle.objects.update(quota=1)
    both = shared_city.until("recommended"), shared_city.until("recommended", "ll", "neighbour")
    shared_city.post(*both)
    namings = [partial(shared_city.do, "name_title", one, "city", TODAY) for one in both]
    assert together(namings) == ["done", "quota-exceeded"]
    assert Title.objects.filter(level="city").count() == 1


def test_an_objection_of_the_last_second_is_never_overtaken_by_the_naming(shared_city: City) -> None:
    application = shared_city.until("posted")
    notice = Application.objects.values_list("notice_id", flat=True).get()
    assert notice is not None
    written, last_second = threading.Event(), datetime(2026, 6, 8, 15, 59, 59, tzinfo=UTC)

    def object_to_it() -> None:
        with transaction.atomic():
            board.reply(
                notice_id=notice,
                kind=ReplyKind.OBJECTION,
                words="x",
                name="x",
                contact="x",
                **act(visitor("late"), None, last_second),
            )
            written.set()
            time.sleep(1)

    def name_it() -> None:
        written.wait(30)
        actions.name_title(
            application_id=application, **act(shared_city.world.asker("city"), None, last_second + timedelta(minutes=2))
        )

    assert together([object_to_it, name_it]) == ["done", "objection-open"]
    assert not Title.objects.filter(level="city").exists()


def test_namings_at_once_get_numbers_of_their_own(shared_city: City) -> None:
    both = shared_city.until("recommended"), shared_city.until("recommended", "ll", "neighbour")
    shared_city.post(*both)
    enter = partial(shared_city.city_title, date(2026, 2, 1), day=TODAY, goal="older", unit="ht")
    namings = [partial(shared_city.do, "name_title", one, "city", TODAY) for one in both]
    assert together([*namings, enter]) == ["done"] * 3
    assert sorted(Title.objects.filter(level="city").values_list("sequence", flat=True)) == [3, 4, 5]


def test_one_title_entered_and_one_programme_set_up_by_two_hands(shared_city: City) -> None:
    enter = partial(shared_city.city_title, date(2020, 2, 1), day=TODAY)
    assert together([enter] * 4) == ["done"] + ["title-already-there"] * 3

    def set_up() -> None:
        actions.set_up_programme(
            unit_id=shared_city.unit("qj"),
            name="節水社區",
            issuing_body="x",
            approval_document="x",
            approval_date=date(2026, 1, 1),
            **shared_city.by("city", TODAY),
        )

    assert together([set_up] * 4) == ["done"] + ["programme-already-there"] * 3


def test_one_award_paid_by_two_hands(shared_city: City) -> None:
    shared_city.until("named")
    title, (source, fund) = Title.objects.get(application__isnull=False), shared_city.accounts()

    def pay(part: str) -> None:
        actions.pay_award(
            title_id=title.id,
            part=part,
            from_account_id=source,
            to_account_id=fund,
            **shared_city.by("finance", TODAY),
        )

    deeds = [partial(pay, part) for part in ("energy", "energy", "environment", "environment")]
    assert together(deeds) == ["already-booked", "already-booked", "done", "done"]
    assert (Booking.objects.count(), Earmark.objects.count()) == (2, 1)
