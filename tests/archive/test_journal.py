"""Entering, replaying, sealing, reading, erasing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from qingli.archive import queries
from qingli.archive.actions import deed, erase_payload, seal
from qingli.archive.models import Batch, Entry, Payload, Seal
from qingli.archive.rules import Act, AlreadyErasedError, Done, KeyReusedError, NoSuchEntryError, System
from qingli.lib.ids import new_id
from tests.archive.conftest import NOON

pytestmark = pytest.mark.django_db
Said = Callable[..., Done]


def test_a_deed_is_told_in_the_history_of_its_object(said: Said) -> None:
    thing = new_id()
    said("一", about=thing)
    said("二", about=thing, at=NOON + timedelta(seconds=1))
    said("other")
    assert [entry.body for entry in queries.history("thing", thing)] == [{"words": "一"}, {"words": "二"}]


def test_a_replay_gives_the_first_result_and_changes_nothing(said: Said) -> None:
    key, thing = new_id(), new_id()
    first = said("once", about=thing, key=key)
    again = said("twice", about=new_id(), key=key)
    assert (again.object_id, again.entry_id, again.replayed) == (thing, first.entry_id, True)
    assert Entry.objects.count() == 1


def test_the_same_key_of_somebody_else_is_another_deed(said: Said) -> None:
    key = new_id()
    assert not said(key=key, by="person:1").replayed
    assert not said(key=key, by="person:2").replayed


def test_a_key_used_for_another_kind_is_refused(said: Said) -> None:
    key = new_id()
    said(key=key)
    with pytest.raises(KeyReusedError):
        erase_payload(entry_id=new_id(), reason="request", by=System(), happened_at=NOON, recorded_at=NOON, key=key)


def test_a_deed_that_fails_leaves_nothing(said: Said) -> None:
    @deed("test.fails")
    def fail(**_: object) -> Act:
        said("inner")
        raise ValueError("half-way")

    with pytest.raises(ValueError, match="half-way"):
        fail(by=System(), happened_at=NOON, recorded_at=NOON, key=new_id())
    assert Entry.objects.count() == 0


def test_payloads_come_back_as_they_were_hashed() -> None:
    @deed("test.odd")
    def odd(**_: object) -> Act:
        return Act("thing", new_id(), "/", {"t": (1, 2.5, None), "中": {"b": True, "a": -0.125}, "i": 10**20})

    odd(by=System(), happened_at=NOON, recorded_at=NOON, key=new_id())
    seal(recorded_at=NOON)
    assert queries.verify().breaks == ()


def test_sequences_have_no_gaps_over_batches(said: Said) -> None:
    for number in range(7):
        said(str(number), at=NOON + timedelta(seconds=number))
    assert [seal(recorded_at=NOON, limit=3) for _ in range(4)] == [3, 3, 1, 0]
    entries = queries.entries_since(0)
    assert [entry.sequence for entry in entries] == list(range(1, 8))
    assert [entry.body for entry in entries] == [{"words": str(number)} for number in range(7)]
    assert [entry.sequence for entry in queries.entries_since(5, limit=1)] == [6]
    assert Batch.objects.count() == 3


def test_an_entry_that_commits_late_is_sealed_late_and_not_lost(said: Said) -> None:
    said("late", at=NOON + timedelta(hours=1))
    assert seal(recorded_at=NOON) == 1
    early = said("early", at=NOON)  # a smaller time and, on PostgreSQL, perhaps a smaller id
    assert queries.waiting().count == 1
    assert seal(recorded_at=NOON) == 1
    told = queries.entry(early.entry_id)
    assert told is not None
    assert told.sequence == 2


def test_what_waits_is_reported_with_its_age(said: Said) -> None:
    assert queries.waiting().oldest is None
    said(at=NOON)
    said(at=NOON + timedelta(hours=2))
    assert (queries.waiting().count, queries.waiting().oldest) == (2, NOON)


def test_the_root_of_a_day_is_the_chain_at_its_end(said: Said) -> None:
    said()
    seal(recorded_at=NOON)
    said()
    seal(recorded_at=NOON + timedelta(hours=3))
    said()
    seal(recorded_at=NOON + timedelta(days=1))
    roots = queries.day_roots(date(2026, 5, 4), date(2026, 5, 5))
    assert roots == {date(2026, 5, 4): Batch.objects.get(number=2).chain}


@pytest.mark.parametrize("model", [Entry, Seal, Batch, Payload])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {} WHERE {} = {}"])
def test_the_database_refuses_to_alter_the_journal(said: Said, model: type, statement: str) -> None:
    said()
    seal(recorded_at=NOON)
    table = model._meta.db_table  # type: ignore[attr-defined]  # every model has it
    column = {"archive_entry": "scope", "archive_payload": "salt", "archive_batch": "root"}.get(table, "sequence")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column, column))


def test_erasing_takes_the_words_and_leaves_the_chain(said: Said) -> None:
    done = said("a name")
    seal(recorded_at=NOON)
    erased = erase_payload(
        entry_id=done.entry_id, reason="request", by=System(), happened_at=NOON, recorded_at=NOON, key=new_id()
    )
    seal(recorded_at=NOON)
    told = queries.entry(done.entry_id)
    assert told is not None
    assert told.body is None
    assert Payload.objects.get(pk=done.entry_id).salt == ""
    assert [entry.id for entry in queries.history("entry", done.entry_id)] == [erased.entry_id]
    report = queries.verify()
    assert (report.breaks, report.erased, report.sealed) == ((), 1, 2)


def test_erasing_twice_or_nothing_is_refused(said: Said) -> None:
    done = said()
    moments: dict[str, Any] = {"by": System(), "happened_at": NOON, "recorded_at": NOON}
    erase_payload(entry_id=done.entry_id, reason="request", key=new_id(), **moments)
    with pytest.raises(AlreadyErasedError):
        erase_payload(entry_id=done.entry_id, reason="request", key=new_id(), **moments)
    with pytest.raises(NoSuchEntryError):
        erase_payload(entry_id=new_id(), reason="request", key=new_id(), **moments)


def test_an_erasure_that_also_changes_the_entry_is_refused_by_the_database(said: Said) -> None:
    first, second = said(), said()
    with pytest.raises(DatabaseError), transaction.atomic():
        Payload.objects.filter(pk=first.entry_id).update(entry_id=second.entry_id, erased_at=NOON, body=None, salt="")


def test_reading_many_entries_costs_one_query(said: Said, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    thing = new_id()
    for _ in range(30):
        said(about=thing)
    seal(recorded_at=NOON)
    with django_assert_num_queries(1):
        assert len(queries.history("thing", thing)) == 30
    with django_assert_num_queries(1):
        assert len(queries.entries_since(0)) == 30
