"""Whatever is done to the journal behind the back of the database's triggers comes to light."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from qingli.archive import queries
from qingli.archive.actions import erase_payload, seal
from qingli.archive.models import Entry, Payload
from qingli.archive.queries.journal import day_of
from qingli.archive.rules import Done, System
from qingli.lib.ids import new_id
from tests.archive.conftest import NOON

pytestmark = pytest.mark.django_db
Said = Callable[..., Done]


@contextmanager
def triggers_off() -> Iterator[Callable[..., None]]:
    """A connection as somebody with full power over the database has it; foreign keys are not looked at."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield cursor.execute
            cursor.execute("SET session_replication_role = DEFAULT")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'archive_%%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            yield cursor.execute


def ref(done: Done) -> str:
    return done.entry_id.hex if connection.vendor == "sqlite" else str(done.entry_id)


def codes() -> set[str]:
    return {fault.code for fault in queries.verify().breaks}


@pytest.fixture
def journal(said: Said) -> list[Done]:
    done = [said(str(number), at=NOON + timedelta(seconds=number)) for number in range(10)]
    while seal(recorded_at=NOON, limit=4):
        pass
    assert codes() == set()
    return done


def test_an_altered_entry(journal: list[Done]) -> None:
    with triggers_off() as run:
        run("UPDATE archive_entry SET actor = 'person:x' WHERE id = %s", [ref(journal[5])])
    assert codes() == {"root"}
    assert [fault.place for fault in queries.verify().breaks] == ["batch 2, entries 5-8"]


def test_an_altered_time(journal: list[Done]) -> None:
    with triggers_off() as run:
        run("UPDATE archive_entry SET happened_at = %s WHERE id = %s", [NOON - timedelta(days=1), ref(journal[0])])
    assert codes() == {"root"}


def test_an_altered_payload(journal: list[Done]) -> None:
    with triggers_off():
        Payload.objects.filter(pk=journal[3].entry_id).update(body={"words": "something else"})
    assert codes() == {"payload"}


def test_a_removed_payload(journal: list[Done]) -> None:
    with triggers_off():
        Payload.objects.filter(pk=journal[3].entry_id).delete()
    assert codes() == {"payload-missing"}


def test_a_payload_erased_without_a_word(journal: list[Done]) -> None:
    Payload.objects.filter(pk=journal[3].entry_id).update(erased_at=NOON, body=None, salt="")
    assert codes() == {"erased-silently"}


def test_a_removed_entry(journal: list[Done]) -> None:
    with triggers_off() as run:
        run("DELETE FROM archive_payload WHERE entry_id = %s", [ref(journal[2])])
        run("DELETE FROM archive_seal WHERE entry_id = %s", [ref(journal[2])])
        run("DELETE FROM archive_entry WHERE id = %s", [ref(journal[2])])
    assert codes() == {"root"}


def test_entries_that_changed_places(journal: list[Done]) -> None:
    with triggers_off() as run:
        for sequence in (1, 2):
            run("UPDATE archive_seal SET sequence = %s WHERE sequence = %s", [sequence + 100, sequence])
        for old, new in ((101, 2), (102, 1)):
            run("UPDATE archive_seal SET sequence = %s WHERE sequence = %s", [new, old])
    assert codes() == {"root"}


def test_a_removed_batch(journal: list[Done]) -> None:
    with triggers_off() as run:
        run("DELETE FROM archive_seal WHERE batch_id = 2")
        run("DELETE FROM archive_batch WHERE number = 2")
    assert codes() == {"batch-missing", "unsealed-lost"}


def test_a_batch_made_to_fit_breaks_the_chain(journal: list[Done]) -> None:
    with triggers_off() as run:
        run("UPDATE archive_batch SET sealed_at = %s WHERE number = 1", [NOON + timedelta(hours=1)])
    assert codes() == {"chain"}


def test_an_entry_hidden_from_the_sealer(said: Said) -> None:
    done = said()
    with triggers_off() as run:
        run("DELETE FROM archive_unsealed WHERE entry_id = %s", [ref(done)])
    assert codes() == {"unsealed-lost"}


def test_an_end_cut_off_is_seen_by_the_published_root(journal: list[Done]) -> None:
    today = day_of(NOON)
    roots = queries.day_roots(today, today + timedelta(days=1))
    assert queries.verify(roots).breaks == ()
    with triggers_off() as run:
        run("DELETE FROM archive_payload WHERE entry_id IN (SELECT entry_id FROM archive_seal WHERE batch_id = 3)")
        run("DELETE FROM archive_seal WHERE batch_id = 3")
        run("DELETE FROM archive_batch WHERE number = 3")
        for done in journal[8:]:
            run("DELETE FROM archive_entry WHERE id = %s", [ref(done)])
    assert codes() == set()  # nothing in the database can show it
    assert [fault.code for fault in queries.verify(roots).breaks] == ["day-root"]


def test_a_clock_set_back_to_a_day_whose_root_is_out_is_no_break(journal: list[Done], said: Said) -> None:
    today = day_of(NOON)
    roots = queries.day_roots(today, today + timedelta(days=1))
    said()
    seal(recorded_at=NOON + timedelta(days=2))
    said()
    seal(recorded_at=NOON)
    assert queries.verify(roots).breaks == ()
    assert queries.verify({today: "0" * 64}).breaks == (queries.Break("day-root", today.isoformat()),)


def test_a_seal_after_the_last_batch(journal: list[Done], said: Said) -> None:
    done = said()
    with triggers_off() as run:
        run("INSERT INTO archive_seal (sequence, entry_id, batch_id) VALUES (11, %s, 3)", [ref(done)])
    assert codes() == {"root", "seal-outside"}


def test_the_report_counts_and_is_bounded(said: Said) -> None:
    first = said()
    said()
    erase_payload(
        entry_id=first.entry_id, reason="request", by=System(), happened_at=NOON, recorded_at=NOON, key=new_id()
    )
    report = queries.verify()
    assert (report.sealed, report.batches, report.erased, report.waiting.count) == (0, 0, 1, 3)
    for number in range(250):
        said(str(number))
    with triggers_off():
        Payload.objects.exclude(pk=first.entry_id).update(salt="0")
    assert len(queries.verify().breaks) == 200
    assert Entry.objects.count() == 253
