"""Replies of people without an account: when they may come, who answers, and who is forgotten."""

import threading
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from qingli.archive import queries as archive
from qingli.archive.rules import canonical
from qingli.board import actions, queries
from qingli.board.models import Notice, Reply
from qingli.board.rules import BoardError, NotFoundError, Outcome, ReplyKind, Subject
from qingli.ground.rules import GroundError, NotAllowedError, visitor
from tests.board.notices import at, objected, posted
from tests.ground.world import World, act

AFTER = date(2026, 7, 14)


def answered(world: World, reply_id: UUID, outcome: Outcome, who: str = "clerk", on: str = "2026-07-14") -> None:
    actions.answer_reply(
        reply_id=reply_id, outcome=outcome, reason="現場看過，情況屬實。", **act(world.asker(who), at=at(on))
    )


def test_an_objection_is_answered_and_what_waits_goes_on(world: World) -> None:
    notice_id = posted(world)
    reply_id = objected(notice_id)
    assert queries.standing(notice_id, today=AFTER).open_objections == 1
    assert not queries.standing(notice_id, today=AFTER).clear
    answered(world, reply_id, Outcome.REJECTED)
    assert queries.standing(notice_id, today=AFTER).clear
    receipt = queries.receipt(queries.receipt_token(reply_id), today=AFTER)
    assert (receipt.outcome, receipt.reason, receipt.notice.id) == (
        Outcome.REJECTED,
        "現場看過，情況屬實。",
        notice_id,
    )
    (answer,) = queries.public_notice(Notice.objects.get().slug, today=AFTER).answers
    assert (answer.outcome, answer.kind) == (Outcome.REJECTED, ReplyKind.OBJECTION)
    assert "羅阿婆" not in repr(answer)
    assert "羅阿婆" not in repr(receipt)


def test_an_upheld_objection_stops_its_subject_and_no_other(world: World) -> None:
    one, other = Subject(uuid4(), "杏林社區"), Subject(uuid4(), "柳浪社區")
    notice_id = posted(world, subjects=(one, other))
    answered(world, objected(notice_id, subject_id=one.id), Outcome.UPHELD)
    assert not queries.standing(notice_id, today=AFTER, subject_id=one.id).clear
    assert queries.standing(notice_id, today=AFTER, subject_id=other.id).clear
    (reply,) = queries.replies(world.asker("clerk"), notice_id).rows
    assert (reply.subject, reply.name, reply.contact) == ("杏林社區", "羅阿婆", "021-5550 1234")
    with pytest.raises(BoardError, match="no-such-subject"):
        objected(notice_id, subject_id=uuid4())


def test_the_window_is_open_through_its_last_evening_in_the_unit(world: World) -> None:
    notice_id = posted(world)
    last = actions.reply(
        notice_id=notice_id,
        kind=ReplyKind.OPINION,
        words="支持",
        **act(visitor("bb"), at=at("2026-07-13", hour=15)),  # an hour before midnight in Shanghai
    )
    assert not last.replayed
    with pytest.raises(BoardError, match="window-over"):
        actions.reply(
            notice_id=notice_id,
            kind=ReplyKind.OPINION,
            words="支持",
            **act(visitor("bb"), at=at("2026-07-13", hour=16)),
        )
    with pytest.raises(BoardError, match="window-over"):
        objected(notice_id, on="2026-07-14")
    with pytest.raises(BoardError, match="window-not-open"):
        objected(posted(world, opens_on=date(2026, 7, 20)), on="2026-07-19")
    assert Reply.objects.count() == 1


def test_twenty_thousand_characters_are_refused_and_nothing_is_kept(world: World) -> None:
    notice_id = posted(world)
    with pytest.raises(GroundError, match="text-too-long") as refused:
        objected(notice_id, words="異" * 20_000)
    assert refused.value.field == "words"
    assert Reply.objects.count() == 0
    assert [entry.kind for entry in archive.told("board.")] == ["board.posted"]
    objected(notice_id, words="異" * 2000)


def test_an_opinion_needs_no_name(world: World) -> None:
    notice_id = posted(world)
    said = objected(notice_id, kind=ReplyKind.OPINION, name="", contact="")
    with pytest.raises(BoardError, match="objection-needs-name"):
        objected(notice_id, name="")
    answered(world, said, Outcome.NOTED)
    assert queries.standing(notice_id, today=AFTER).clear


@pytest.mark.parametrize("who", ["colleague", "neighbour", "street", "district", "grid", "outsider", "resident"])
def test_only_those_of_the_unit_answer(world: World, who: str) -> None:
    reply_id = objected(posted(world))
    with pytest.raises(NotAllowedError):
        answered(world, reply_id, Outcome.REJECTED, who=who)
    answered(world, reply_id, Outcome.REJECTED, who="head")
    with pytest.raises(NotAllowedError):
        actions.forget_replier(reply_id=reply_id, **act(world.asker(who), at=at("2026-07-15")))
    assert Reply.objects.get().name == "羅阿婆"


def test_the_journal_knows_nothing_of_the_sender(world: World) -> None:
    reply_id = objected(posted(world))
    answered(world, reply_id, Outcome.UPHELD)
    actions.forget_replier(reply_id=reply_id, **act(world.asker("clerk"), at=at("2026-07-15")))
    bodies = " ".join(canonical(entry.body) for entry in archive.told("board."))
    assert [secret for secret in ("羅阿婆", "5550", "水箱不止", "現場看過") if secret in bodies] == []
    assert queries.receipt_token(reply_id) not in bodies


def test_the_sender_is_forgotten_after_the_answer(world: World) -> None:
    notice_id = posted(world)
    reply_id = objected(notice_id)
    clerk = world.asker("clerk")
    with pytest.raises(BoardError, match="reply-open"):
        actions.forget_replier(reply_id=reply_id, **act(clerk, at=at("2026-07-14")))
    answered(world, reply_id, Outcome.REJECTED)
    actions.forget_replier(reply_id=reply_id, **act(clerk, at=at("2026-07-15")))
    (reply,) = queries.replies(clerk, notice_id).rows
    assert (reply.name, reply.contact, reply.forgotten) == ("", "", True)
    assert [entry.kind for entry in archive.history("reply", reply_id)] == [
        "board.replied",
        "board.answered",
        "board.replier-forgotten",
    ]
    with pytest.raises(BoardError, match="replier-forgotten"):
        actions.forget_replier(reply_id=reply_id, **act(clerk, at=at("2026-07-16")))
    assert queries.receipt(queries.receipt_token(reply_id), today=AFTER).outcome is Outcome.REJECTED
    assert list(queries.faults()) == []


def test_sent_twice_it_is_one_reply_with_one_receipt(world: World) -> None:
    notice_id = posted(world)
    envelope = act(visitor("cc"), at=at("2026-07-08"))
    facts: dict[str, Any] = {"notice_id": notice_id, "kind": ReplyKind.OPINION, "words": "支持"}
    first, again = actions.reply(**facts, **envelope), actions.reply(**facts, **envelope)
    assert (first.object_id, again.replayed) == (again.object_id, True)
    assert Reply.objects.count() == 1


def test_two_answers_at_the_same_moment_are_one(shared_world: World) -> None:
    reply_id = objected(posted(shared_world))
    start, said = threading.Barrier(2), []

    def answer(short: str, outcome: Outcome) -> None:
        asker = shared_world.asker(short)
        start.wait()
        try:
            actions.answer_reply(reply_id=reply_id, outcome=outcome, reason="看過", **act(asker, at=at("2026-07-14")))
            said.append("done")
        except BoardError as error:
            said.append(error.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=answer, args=pair) for pair in (("clerk", Outcome.UPHELD), ("head", Outcome.REJECTED))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(said) == ["done", "reply-answered"]
    assert [entry.kind for entry in archive.history("reply", reply_id)].count("board.answered") == 1
    assert list(queries.faults()) == []


def test_an_address_that_nobody_was_given(world: World) -> None:
    for token in ("", "x" * 32):
        with pytest.raises(NotFoundError):
            queries.receipt(token, today=AFTER)


def test_pages_of_replies(world: World, django_assert_num_queries: Any) -> None:
    notice_id = posted(world)
    sent = [objected(notice_id) for _ in range(7)]
    clerk, found, after = world.asker("clerk"), [], None
    while True:
        with django_assert_num_queries(2):
            page = queries.replies(clerk, notice_id, after=after, limit=3)
        found += [one.id for one in page.rows]
        after = page.after
        if after is None:
            break
    assert found == sent
    assert queries.unanswered(clerk, world.units["xl"]) == 7
    assert queries.unanswered(world.asker("neighbour"), world.units["xl"]) == 0


def test_the_database_keeps_the_rules(world: World) -> None:
    row = Reply.objects.get(pk=objected(posted(world)))
    for wrong in ({"outcome": "noted"}, {"outcome": "upheld"}, {"name": ""}, {"words": ""}, {"kind": "shout"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reply.objects.filter(pk=row.pk).update(**wrong)
