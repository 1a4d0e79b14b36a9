"""The notices of a unit: goals taken over from the plan, looked at, posted, proved, answered, withdrawn."""

import io
import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from qingli.board.models import Notice, Posting, Reply
from tests.board.notices import objected, posted
from tests.desk.conftest import SignIn, address, send
from tests.plan.plans import Running
from tests.public.pages import text_of

MONDAY = "2026-08-10"


def hung(plan: Running, **more: Any) -> UUID:
    return posted(plan.world, on=MONDAY, **more)


def page(plan: Running, notice_id: UUID, rest: str = "") -> str:
    return address(plan, f"board/{notice_id}/{rest}")


def typed(answer: Any) -> dict[str, str]:
    """What the form of a page would send."""
    text = answer.content.decode()
    fields = dict(re.findall(r'<input type="(?:text|date|hidden)" name="(\w+)" value="([^"]*)"', text))
    body = re.search(r'<textarea name="body"[^>]*>\n?(.*?)</textarea>', text, re.DOTALL)
    return {**fields, **({"body": body[1]} if body else {})}


def test_goals_are_taken_over_looked_at_and_posted(plan: Running, clerk: Client) -> None:
    written = clerk.get(address(plan, "board/new/"))
    text = text_of(written)
    assert "10月31日前由環保專幹舉辦垃圾分類講座一場" in text
    assert "由○○○負責" in text
    assert "林秋月負責" not in text
    assert "定期檢查沿街商舖" not in text
    values = {name: value for name, value in typed(written).items() if name in ("kind", "title", "body", "opens_on")}
    looked = send(clerk, address(plan, "board/new/"), **values, step="look")
    text = text_of(looked)
    assert "7 calendar days, 5 of them working days" in text
    assert "Mon 17 August" in text
    assert Notice.objects.count() == 0
    done = send(clerk, address(plan, "board/new/"), **values, step="post")
    notice = Notice.objects.get()
    assert done["Location"] == page(plan, notice.id)
    assert (notice.ends, notice.about_type, notice.about_id) == (date(2026, 8, 17), "plan", plan.id)
    assert "where it hangs is not written down" in text_of(clerk.get(address(plan, "board/")))


def test_what_was_typed_comes_back(plan: Running, clerk: Client) -> None:
    fields = {"kind": "goals", "title": "目標", "body": "長長的字", "opens_on": "2026-12-28"}
    for wrong, says in (
        ({"opens_on": "2026-12-28"}, "more than 90 days off"),
        ({"opens_on": "2026-08-09"}, "a day that has passed"),
        ({"opens_on": MONDAY, "ends_on": "2026-08-16"}, "would be too short"),
        ({"opens_on": MONDAY, "title": "長" * 121}, "at most 120 characters"),
    ):
        answer = send(clerk, address(plan, "board/new/"), **{**fields, **wrong}, step="look")
        assert answer.status_code == 422
        assert says in text_of(answer)
        assert "長長的字" in text_of(answer)
    back = send(clerk, address(plan, "board/new/"), **{**fields, "opens_on": MONDAY}, step="change")
    assert (back.status_code, "長長的字" in text_of(back)) == (200, True)
    number = {**fields, "opens_on": MONDAY, "body": "證號 11010519491231002X"}
    assert send(clerk, address(plan, "board/new/"), **number, step="post").status_code == 422
    assert Notice.objects.count() == 0


def test_the_end_is_asked_for_where_the_rest_days_are_unknown(
    plan: Running, clerk: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "later").write_text("2026-12-28T02:00:00+00:00", encoding="ascii")
    monkeypatch.setenv("QINGLI_CLOCK_FILE", str(tmp_path / "later"))
    fields = {"kind": "goals", "title": "目標", "body": "一", "opens_on": "2026-12-28", "step": "look"}
    clerk.post("/sign-in/", {"username": "clerk", "password": "ein stiller Teich"})
    answer = send(clerk, address(plan, "board/new/"), **fields)
    assert (answer.status_code, "Write the last day of the window yourself" in text_of(answer)) == (422, True)
    told = send(clerk, address(plan, "board/new/"), **fields, ends_on="2027-01-06")
    assert "working days not known" in text_of(told)


def test_proof_of_posting_with_a_photo(plan: Running, clerk: Client, settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    notice_id = hung(plan)
    buffer = io.BytesIO()
    Image.new("RGB", (32, 24), "green").save(buffer, "JPEG")
    buffer.seek(0)
    buffer.name = "photo.jpg"
    sent = send(clerk, page(plan, notice_id, "prove/"), place="三號樓門口", hung_on=MONDAY, photo=buffer)
    assert sent["Location"] == page(plan, notice_id)
    posting = Posting.objects.get()
    photo = clerk.get(page(plan, notice_id, f"places/{posting.id}/photo/"))
    assert (photo["Content-Type"], photo.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    for wrong, says in (
        ({"place": "三號樓門口", "hung_on": MONDAY}, "on the list already"),
        ({"place": "南門", "hung_on": "2026-08-11"}, "has not come yet"),
        ({"place": "", "hung_on": MONDAY}, "Write where it hangs"),
    ):
        answer = send(clerk, page(plan, notice_id, "prove/"), **wrong)
        assert (answer.status_code, says in text_of(answer)) == (422, True)
    assert Posting.objects.count() == 1


def test_a_reply_is_answered_and_its_sender_forgotten(plan: Running, clerk: Client) -> None:
    notice_id = hung(plan)
    reply_id = objected(notice_id, on=MONDAY)
    text = text_of(clerk.get(page(plan, notice_id)))
    assert "水箱不止十四處" in text
    assert "021-5550 1234" in text
    assert ">Noted<" not in text
    path = page(plan, notice_id, f"replies/{reply_id}/answer/")
    wrong = send(clerk, path, outcome="rejected", reason="")
    assert (wrong.status_code, "Write the reason" in text_of(wrong)) == (422, True)
    long = send(clerk, path, outcome="rejected", reason="因" * 1001)
    assert (long.status_code, "This is too long" in text_of(long), "因" * 1001 in text_of(long)) == (422, True, True)
    send(clerk, path, outcome="upheld", reason="確有一處漏列，已補。")
    assert Reply.objects.get().outcome == "upheld"
    again = send(clerk, path, outcome="rejected", reason="不採納")
    assert (again.status_code, "answered this reply already" in text_of(again)) == (422, True)
    send(clerk, page(plan, notice_id, f"replies/{reply_id}/forget/"))
    text = text_of(clerk.get(page(plan, notice_id)))
    assert "Name and contact are erased." in text
    assert "羅阿婆" not in text


def test_who_reads_without_answering_does_not_see_who_it_was(plan: Running, sign_in: SignIn) -> None:
    notice_id = hung(plan)
    objected(notice_id, on=MONDAY)
    text = text_of(sign_in("colleague").get(page(plan, notice_id)))
    assert "水箱不止十四處" in text
    assert "Only those who answer see who it was." in text
    assert "羅阿婆" not in text
    assert "021-5550 1234" not in text


def test_a_notice_is_withdrawn_with_a_reason(plan: Running, clerk: Client) -> None:
    notice_id = hung(plan)
    assert send(clerk, page(plan, notice_id, "withdraw/"), reason="").status_code == 422
    send(clerk, page(plan, notice_id, "withdraw/"), reason="數字寫錯")
    text = text_of(clerk.get(page(plan, notice_id)))
    assert "數字寫錯" in text
    assert "Withdraw this notice" not in text


def test_who_comes_in(plan: Running, sign_in: SignIn) -> None:
    notice_id = hung(plan)
    colleague = sign_in("colleague")
    text = text_of(colleague.get(page(plan, notice_id)))
    assert "Add a place" not in text
    assert colleague.get(address(plan, "board/new/")).status_code == 403
    for short in ("neighbour", "street", "grid"):
        browser = sign_in(short)
        assert browser.get(page(plan, notice_id)).status_code == 403
        assert browser.get(address(plan, "board/")).status_code == 403
        assert send(browser, page(plan, notice_id, "withdraw/"), reason="x").status_code == 403
    assert Client().get(address(plan, "board/")).status_code == 302


def test_a_notice_stands_under_the_address_of_its_own_unit_only(plan: Running, clerk: Client) -> None:
    notice_id = hung(plan)
    reply_id = objected(notice_id, on=MONDAY)
    elsewhere = address(plan, f"board/{notice_id}/", unit="ll")
    assert clerk.get(elsewhere).status_code == 404
    for rest, fields in (
        ("prove/", {"place": "x", "hung_on": MONDAY}),
        ("withdraw/", {"reason": "x"}),
        (f"replies/{reply_id}/answer/", {"outcome": "rejected", "reason": "x"}),
        (f"replies/{reply_id}/forget/", {}),
    ):
        assert send(clerk, elsewhere + rest, **fields).status_code == 404, rest
    assert not Posting.objects.exists()
    assert Reply.objects.get().outcome == ""


def test_the_pages_cost_the_same_however_much_hangs(plan: Running, clerk: Client) -> None:
    notice_id = hung(plan)
    paths = (address(plan, "board/"), page(plan, notice_id), address(plan, "board/new/"))

    def counted() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as seen:
                assert clerk.get(path).status_code == 200
            found.append(len(seen))
        return found

    objected(notice_id, on=MONDAY)
    counted()
    before = counted()
    for _ in range(12):
        objected(hung(plan), on=MONDAY)
        objected(notice_id, on=MONDAY)
    assert counted() == before
    assert max(before) <= 20
