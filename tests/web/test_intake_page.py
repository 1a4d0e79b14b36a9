"""How plans come in: pasted, as a file, one of several, or put together from measures."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from qingli.archive.models import File
from qingli.ground.rules import SYSTEM
from qingli.plan import queries
from qingli.plan.queries.shapes import ReviewPage
from tests.ground.world import World

SignIn = Callable[[str], Client]


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def text_of(answer: Any) -> str:
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def new(world: World, rest: str = "new/") -> str:
    return f"/w/{world.units['xl']}/plans/{rest}"


PASTED = """柳岸社區2026年下半年環境保護工作計劃

一、組織領導
1、每月召開一次環境工作例會，由社區主任主持。
2、每季度清洗二次供水水箱一次。
"""


def plans_of(world: World) -> list[ReviewPage]:
    lines = queries.plans_of_unit(SYSTEM, world.units["xl"], today=date(2026, 7, 1))
    return [queries.review_page(SYSTEM, line.id, today=date(2026, 7, 1)) for line in lines]


def test_pasted_text_becomes_a_draft_once(clerk: Client, world: World) -> None:
    data = {"key": uuid4(), "text": PASTED.replace("\n", "\r\n")}
    places = {clerk.post(new(world), data)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert clerk.get(places.pop()).status_code == 200
    (page,) = plans_of(world)
    assert page.text.strip() == PASTED.strip()
    assert page.plan.title == PASTED.splitlines()[0]


def test_a_file_is_kept_with_its_hash(clerk: Client, world: World, settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    path = tmp_path / "計劃.txt"
    path.write_bytes(PASTED.encode("gb18030"))
    with path.open("rb") as file:
        assert clerk.post(new(world), {"key": uuid4(), "file": file}).status_code == 302
    (page,) = plans_of(world)
    assert page.source_name == "計劃.txt"
    kept = File.objects.get()
    assert kept.blob.size == path.stat().st_size
    assert (tmp_path / kept.blob_id[:2] / kept.blob_id[2:4] / kept.blob_id).is_file()


def test_of_several_plans_one_is_chosen(clerk: Client, world: World, settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    second = PASTED.replace("柳岸社區2026年下半年", "柳岸社區2027年上半年").replace("水箱", "垃圾桶")
    path = tmp_path / "two.txt"
    path.write_text(f"{PASTED}\n\n{second}", encoding="utf8")
    with path.open("rb") as file:
        asked = clerk.post(new(world), {"key": uuid4(), "file": file})
    assert asked.status_code == 200
    assert "There are 2 plans in it" in text_of(asked)
    fields = dict(re.findall(r'name="(key|source)" value="([^"]*)"', asked.content.decode()))
    assert clerk.post(new(world, "new/which/"), {**fields, "plan": "1"}).status_code == 302
    (page,) = plans_of(world)
    assert "垃圾桶" in page.text
    assert page.source_name == "two.txt"
    forged = {**fields, "key": uuid4(), "source": fields["source"][:-3] + "abc", "plan": "0"}
    assert clerk.post(new(world, "new/which/"), forged)["Location"] == new(world)
    assert len(plans_of(world)) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "There is no text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "holds no plan text"),
        (b"PK\x03\x04broken", "damaged"),
        ("你好嗎".encode(), "No plan was found"),
    ],
)
def test_what_cannot_be_read_is_said(clerk: Client, world: World, content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(content or b" ")
    with path.open("rb") as file:
        answer = clerk.post(new(world), {"key": uuid4(), "file": file})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert plans_of(world) == []


def test_nothing_at_all_is_asked_for(clerk: Client, world: World) -> None:
    answer = clerk.post(new(world), {"key": uuid4(), "text": "  "})
    assert answer.status_code == 422
    assert "Choose a file or paste a plan" in text_of(answer)


@pytest.mark.parametrize(("who", "status"), [("neighbour", 403), ("colleague", 403), ("resident", 404)])
def test_only_who_drafts_takes_plans_in(world: World, sign_in: SignIn, who: str, status: int) -> None:
    client = sign_in(who)
    for rest in ("new/", "compose/"):
        assert client.get(new(world, rest)).status_code == status
    assert client.post(new(world), {"key": uuid4(), "text": PASTED}).status_code == status
    assert plans_of(world) == []


def test_a_plan_is_put_together_from_measures(clerk: Client, world: World) -> None:
    page = clerk.get(new(world, "compose/")).content.decode()
    assert 'value="water-tank-cleaning"' in page
    chosen = ["water-tank-cleaning", "regular-meeting"]
    data = {"key": uuid4(), "measure": chosen}
    answer = clerk.post(new(world, "compose/"), {**data, "starts": "2026-07-01", "ends": "2026-12-31", "title": ""})
    assert answer.status_code == 302
    (made,) = plans_of(world)
    assert made.plan.title == "杏林社區2026年下半年環境保護工作計劃"
    assert {action.measure for action in made.actions} == set(chosen)
    assert clerk.get(answer["Location"]).status_code == 200
    empty = clerk.post(new(world, "compose/"), {"key": uuid4(), "starts": "2026-07-01", "ends": "2026-01-31"})
    assert empty.status_code == 422
    assert "Tick at least one action" in text_of(empty)
    assert "must not lie before" in text_of(empty)
