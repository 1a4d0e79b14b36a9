"""The board without an account: what hangs, a reply, its receipt, the daily roots."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingli.archive.actions import seal
from qingli.board.actions import answer_reply, withdraw_notice
from qingli.board.models import Notice, Reply
from qingli.board.rules import NoticeKind, Outcome, Subject
from tests.board.notices import at, objected, posted
from tests.ground.world import World, act, build
from tests.public.pages import text_of

SAID = {"kind": "objection", "words": "水箱有十五處。", "name": "羅阿婆", "contact": "021-5550 1234"}


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "clock"
    path.write_text("2026-07-10T02:00:00+00:00", encoding="ascii")
    monkeypatch.setenv("QINGLI_CLOCK_FILE", str(path))
    return path


def address(notice_id: UUID, rest: str = "") -> str:
    return f"/board/{Notice.objects.get(pk=notice_id).slug}/{rest}"


def send(visitor: Client, notice_id: UUID, **fields: Any) -> Any:
    return visitor.post(address(notice_id, "reply/"), {"key": uuid4(), **SAID, **fields})


def test_open_notices_are_listed_and_past_ones_apart(world: World, visitor: Client) -> None:
    posted(world, on="2026-06-08", title="六月的目標")
    posted(world)
    posted(world, who="neighbour", unit="ll", title="柳浪的目標")
    text = text_of(visitor.get("/board/"))
    assert "until Mon 13 July, 4 days left" in text
    assert ("柳浪的目標" in text, "六月的目標" in text) == (True, False)
    text = text_of(visitor.get("/board/", {"unit": str(world.units["xl"])}))
    assert ("柳浪的目標" in text, "下半年環境工作目標" in text) == (False, True)
    assert "六月的目標" in text_of(visitor.get("/board/?past=1"))
    for wrong in ("x", str(uuid4())):
        assert visitor.get("/board/", {"unit": wrong}).status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "%F0%9F%98%80"])
def test_an_address_that_no_receipt_has_is_not_there(world: World, visitor: Client, token: str) -> None:
    assert visitor.get(f"/board/r/{token}/").status_code == 404


def test_a_resident_objects_and_finds_the_answer(world: World, visitor: Client) -> None:
    notice_id = posted(world)
    assert "7 calendar days, 5 of them working days" in text_of(visitor.get(address(notice_id)))
    sent = send(visitor, notice_id)
    receipt = sent["Location"]
    text = text_of(visitor.get(receipt))
    assert "Waits for an answer" in text
    assert f"http://testserver{receipt}" in text
    assert ("水箱有十五處。" in text, "羅阿婆" in text, "5550" in text) == (True, False, False)
    answer_reply(
        reply_id=Reply.objects.get().id,
        outcome=Outcome.UPHELD,
        reason="查過，確有十五處。",
        **act(world.asker("clerk"), at=at("2026-07-10")),
    )
    assert "查過，確有十五處。" in text_of(visitor.get(receipt))
    text = text_of(visitor.get(address(notice_id)))
    assert ("查過，確有十五處。" in text, "水箱有十五處。" in text, "羅阿婆" in text) == (True, False, False)
    assert visitor.get("/board/r/unknown/").status_code == 404


def test_a_wrong_form_keeps_everything_typed(world: World, visitor: Client) -> None:
    notice_id = posted(world)
    long = "異" * 20_000
    for wrong, says in (
        ({"words": long}, "This is too long"),
        ({"name": ""}, "Write your name"),
        ({"contact": ""}, "Write how to reach you"),
        ({"words": ""}, "Write what you have to say"),
        ({"kind": ""}, "Choose opinion or objection"),
        ({"words": "證號 11010519491231002X"}, "looks like an identity number"),
    ):
        answer = send(visitor, notice_id, **wrong)
        text = text_of(answer)
        assert (answer.status_code, says in text) == (422, True)
        kept = {**SAID, **wrong}
        assert all(kept[name] in text for name in ("words", "name", "contact"))
    assert Reply.objects.count() == 0
    assert visitor.post(address(notice_id, "reply/"), SAID).status_code == 400


def test_an_opinion_needs_no_name_and_is_taken_once(world: World, visitor: Client) -> None:
    notice_id = posted(world)
    key = uuid4()
    fields = {"kind": "opinion", "words": "支持", "key": key}
    first, again = (visitor.post(address(notice_id, "reply/"), fields) for _ in range(2))
    assert first["Location"] == again["Location"]
    assert Reply.objects.count() == 1


def test_a_candidate_is_chosen_from_the_notice(world: World, visitor: Client) -> None:
    one, other = Subject(uuid4(), "杏林社區"), Subject(uuid4(), "柳浪社區")
    notice_id = posted(world, kind=NoticeKind.CANDIDATES, subjects=(one, other))
    assert "柳浪社區" in text_of(visitor.get(address(notice_id)))
    send(visitor, notice_id, subject_id=other.id)
    assert Reply.objects.get().subject_id == other.id
    assert send(visitor, notice_id, subject_id=uuid4()).status_code == 422


def test_after_the_window_nothing_is_taken_and_nothing_lost(world: World, visitor: Client, clock: Path) -> None:
    notice_id, withdrawn = posted(world), posted(world)
    withdraw_notice(notice_id=withdrawn, reason="重複", **act(world.asker("clerk"), at=at("2026-07-10")))
    clock.write_text("2026-07-14T02:00:00+00:00", encoding="ascii")
    for gone, says in ((notice_id, "The window is over"), (withdrawn, "has been withdrawn")):
        page = text_of(visitor.get(address(gone)))
        assert "Send it" not in page
        answer = send(visitor, gone)
        text = text_of(answer)
        assert (answer.status_code, says in text, "水箱有十五處。" in text) == (422, True, True)
    assert Reply.objects.count() == 0


def test_unknown_addresses(visitor: Client, db: None) -> None:
    for path in ("/board/0123456789/", "/board/r/x/"):
        assert visitor.get(path).status_code == 404
    assert "No notice is open today" in text_of(visitor.get("/board/"))
    assert "No day is complete yet" in text_of(visitor.get("/board/roots/"))


def test_the_root_of_yesterday_hangs_on_the_board(world: World, visitor: Client, clock: Path) -> None:
    while seal(recorded_at=at("2026-07-09")):
        pass
    posted(world)
    while seal(recorded_at=at("2026-07-10")):
        pass
    text = text_of(visitor.get("/board/roots/"))
    assert ("Thu 9 July 2026" in text, "Fri 10 July 2026" in text) == (True, False)


def test_the_pages_cost_the_same_however_much_hangs(world: World, visitor: Client) -> None:
    notice_id = posted(world)
    objected(notice_id)

    def counted() -> list[int]:
        found = []
        for path in ("/board/", "/board/?past=1", address(notice_id)):
            with CaptureQueriesContext(connection) as seen:
                assert visitor.get(path).status_code == 200
            found.append(len(seen))
        return found

    before = counted()
    for _ in range(8):
        reply_id = objected(posted(world))
        objected(notice_id)
        answer_reply(
            reply_id=reply_id, outcome=Outcome.REJECTED, reason="查過", **act(world.asker("clerk"), at=at("2026-07-10"))
        )
    assert counted() == before
    assert max(before) <= 5
