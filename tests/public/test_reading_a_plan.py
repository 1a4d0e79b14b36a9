"""A visitor gives a plan as text or as a file, and chooses one where there are several."""

import io
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qingli.lib.slots import Slots
from qingli.papers import Line, PlanPaper, plan_pdf
from qingli.public import first
from tests.public.conftest import PLAN
from tests.public.pages import carried, text_of


def as_word(text: str) -> bytes:
    document, into = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(into)
    return into.getvalue()


def as_pdf(text: str) -> bytes:
    first, *rest = text.splitlines()
    lines = tuple(Line.of(line, 0) for line in rest)
    return plan_pdf(
        PlanPaper(title=first, language="zh-Hant", script="zh-Hant", meta=(), lines=lines, actions=(), dues=())
    )


def give(visitor: Client, name: str, body: bytes) -> object:
    return visitor.post("/read/", {"file": SimpleUploadedFile(name, body)})


def test_the_first_page_opens(visitor: Client) -> None:
    page = text_of(visitor.get("/"))
    assert "Paste last period's work plan" in page
    assert "data-drop" in page


def test_a_pasted_plan_is_read(visitor: Client) -> None:
    answer = visitor.post("/read/", {"text": PLAN.replace("\n", "\r\n")})
    page = text_of(answer)
    assert "6 actions were read" in page
    assert "14處水箱" in page
    assert carried(answer)["steps"] == "[]"


def test_the_sample_can_be_tried(visitor: Client) -> None:
    page = text_of(visitor.post("/read/", {"sample": "1"}))
    assert "things to settle" in page


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("plan.txt", PLAN.encode()),
        ("plan.txt", PLAN.encode("utf-16")),
        ("plan.txt", PLAN.replace("台", "臺").encode("big5", "replace")),
        ("plan.docx", as_word(PLAN)),
        ("plan.pdf", as_pdf(PLAN)),
    ],
    ids=["utf-8", "utf-16", "big5", "word", "pdf"],
)
def test_a_file_is_read(visitor: Client, name: str, body: bytes) -> None:
    answer = give(visitor, name, body)
    assert "清洗" in text_of(answer)
    assert "actions were read" in text_of(answer)


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("plan.docx", b"", "The submitted file is empty"),
        ("plan.docx", b"PK\x03\x04 broken", "This file is damaged"),
        ("plan.pdf", b"%PDF-1.4 broken", "This file"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(64), "Choose a Word file"),
        ("plan.exe", b"MZ" + bytes(512), "Choose a Word file"),
        ("blank.txt", b" \n \n", "There is no text in it"),
        ("note.txt", "今天下雨。".encode(), ""),
    ],
)
def test_a_file_that_holds_no_plan_is_refused_with_what_to_do(
    visitor: Client, name: str, body: bytes, says: str
) -> None:
    answer = give(visitor, name, body)
    page = text_of(answer)
    assert says in page
    if says:
        assert 'id="id_file_wrong"' in page or 'id="id_text_wrong"' in page


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Choose a file or paste a plan"),
        (" \r\n ", "Choose a file or paste a plan"),
        ("掃" * 500_000, "This is more than 200,000 characters"),
        ("a\x00b", "Null characters"),
    ],
    ids=["nothing", "blank", "long", "null"],
)
def test_a_text_that_cannot_be_taken_is_refused_with_what_to_do(visitor: Client, text: str, says: str) -> None:
    answer = visitor.post("/read/", {"text": text})
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert text_of(answer).count("<title>Error:") == 1


def test_a_long_file_is_refused_as_a_long_text_is(visitor: Client) -> None:
    answer = give(visitor, "plan.txt", ("社區環保工作" * 90_000).encode())
    assert "This is more than 200,000 characters" in text_of(answer)


def test_seventeen_plans_in_one_file_are_nine_to_choose_from(visitor: Client, shared: Path) -> None:
    text = (shared / "data" / "plans-17.txt").read_text(encoding="utf8")
    answer = give(visitor, "plans.txt", text.encode())
    page = text_of(answer)
    assert "There are 17 plans in it" in page
    assert page.count("nearly the same as number") == 17 - 9
    chosen = visitor.post("/read/which/", {"text": text.replace("\n", "\r\n"), "plan": "12"})
    assert "篇13" in text_of(chosen)
    assert "篇12" not in carried(chosen)["original"]


@pytest.mark.parametrize("plan", ["", "17", "-1", "x", "²", "9" * 5000])
def test_choosing_a_plan_that_is_not_there_leads_back(visitor: Client, plan: str) -> None:
    answer = visitor.post("/read/which/", {"text": PLAN + "\n" + PLAN, "plan": plan}, follow=True)
    page = text_of(answer)
    assert answer.status_code == 200
    assert "Choose one of the plans" in page


def test_the_page_speaks_the_plans_script_until_somebody_chooses_another() -> None:
    simplified = "荷井社区下半年环保工作计划\n一、主要措施\n（一）每月开展一次大扫除。\n"
    browser = Client(HTTP_ACCEPT_LANGUAGE="zh-TW")
    assert '<html lang="zh-Hans">' in text_of(browser.post("/read/", {"text": simplified}))
    assert '<html lang="zh-Hant">' in text_of(browser.post("/read/", {"text": PLAN}))
    browser.post("/language/", {"language": "zh-hant"})
    assert '<html lang="zh-Hant">' in text_of(browser.post("/read/", {"text": simplified}))


def test_nothing_of_the_plan_is_kept(visitor: Client) -> None:
    """No database is open to this test, so there is nowhere to keep it; and the browser is not marked."""
    assert "sessionid" not in visitor.post("/read/", {"text": PLAN}).cookies


def test_who_comes_while_another_is_read_is_told_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    slots = Slots(1, patience=0.01)
    monkeypatch.setattr(first, "SLOTS", slots)
    with slots.one():
        answer = client.post("/read/", {"text": "柳塘社區計劃\n一、每月大掃除"})
    assert answer.status_code == 503
    assert client.post("/read/", {"text": "柳塘社區2026年計劃\n一、每月組織志願者大掃除。"}).status_code == 200
