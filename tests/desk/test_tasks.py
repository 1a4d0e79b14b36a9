"""What is done with a task: done, put off, not done, handed over, opened again, put right."""

import io
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from qingli.archive.models import Entry
from qingli.archive.queries import stored_contents
from qingli.work import queries as records
from tests.desk.conftest import TODAY, SignIn, address, open_task, send
from tests.plan.plans import Running

NASTY = "<script>alert('x')</script>\"'&"


def state_of(plan: Running, task_id: object) -> str:
    return next(task.state for task in plan.tasks(today=TODAY) if task.id == task_id)


def records_of(plan: Running, task: object) -> tuple[records.RecordCard, ...]:
    return records.records_of_task(plan.clerk, task.id)  # type: ignore[attr-defined]  # a task's card


def photo() -> io.BytesIO:
    file, tags = io.BytesIO(), Image.Exif()
    tags[0x010F] = "Testkamera"
    tags[0x8825] = {1: "N", 2: (31.0, 13.0, 30.0), 3: "E", 4: (121.0, 28.0, 10.0)}
    Image.new("RGB", (64, 48), (90, 140, 110)).save(file, "JPEG", exif=tags)
    file.seek(0)
    file.name = "treppe.jpg"
    return file


def test_one_tap_is_enough(plan: Running, clerk: Client) -> None:
    task = open_task(plan)
    answer = send(clerk, address(plan, f"tasks/{task.id}/done/"), back=address(plan, "today/"))
    assert answer["Location"] == address(plan, "today/")
    assert state_of(plan, task.id) == "done"
    page = clerk.get(address(plan, "today/")).content.decode()
    assert "Done and noted" in page
    assert "Written down today" in page


def test_back_leads_nowhere_else(plan: Running, clerk: Client) -> None:
    for there in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        task = open_task(plan)
        answer = send(clerk, address(plan, f"tasks/{task.id}/done/"), back=there)
        assert answer["Location"] == address(plan, f"tasks/{task.id}/")


def test_words_a_number_and_a_photo(plan: Running, clerk: Client) -> None:
    task = open_task(plan, "講座")
    answer = send(clerk, address(plan, f"tasks/{task.id}/done/"), words="來了72人", amount="72", photo=photo())
    assert answer.status_code == 302
    (record,) = records_of(plan, task)
    assert (record.words, record.quantities["amount"]) == ("來了72人", 72)
    assert record.photo_id is not None
    page = clerk.get(address(plan, f"tasks/{task.id}/")).content.decode()
    assert "來了72人" in page
    assert "72 people" in page


def test_the_photo_is_kept_without_where_it_was_taken(plan: Running, clerk: Client) -> None:
    task = open_task(plan)
    send(clerk, address(plan, f"tasks/{task.id}/done/"), photo=photo())
    (record,) = records_of(plan, task)
    kept = [path.read_bytes() for _sha, path in stored_contents()]
    assert kept
    for body in kept:
        assert b"Testkamera" not in body
        assert dict(Image.open(io.BytesIO(body)).getexif()) == {}
    assert record.photo_id is not None
    shown = clerk.get(address(plan, f"records/{record.id}/photo/"))
    assert Image.open(io.BytesIO(shown.content)).format == "JPEG"
    assert f"records/{record.id}/photo/" in clerk.get(address(plan, f"tasks/{task.id}/")).content.decode()


def test_a_text_is_no_photo(plan: Running, clerk: Client) -> None:
    task = open_task(plan)
    file = io.BytesIO(b"just words")
    file.name = "photo.jpg"
    answer = send(clerk, address(plan, f"tasks/{task.id}/done/"), photo=file, words="stays")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_photo_wrong"' in page
    assert 'href="#id_photo"' in page
    assert "stays" in page
    assert "Error:" in page.split("</title>")[0]
    assert state_of(plan, task.id) == "open"


@pytest.mark.parametrize("amount", ["many", "-3", "1e400", "NaN", "12345678901234567890"])
def test_a_number_that_is_none_is_said_at_the_field(plan: Running, clerk: Client, amount: str) -> None:
    task = open_task(plan)
    answer = send(clerk, address(plan, f"tasks/{task.id}/done/"), amount=amount)
    assert answer.status_code == 422
    assert 'id="id_amount_wrong"' in answer.content.decode()
    assert state_of(plan, task.id) == "open"


def test_sent_twice_it_is_done_once(plan: Running, clerk: Client) -> None:
    task, key = open_task(plan), uuid4()
    for _ in range(2):
        clerk.post(address(plan, f"tasks/{task.id}/done/"), {"key": key, "words": "einmal"})
    assert len(records_of(plan, task)) == 1


@pytest.mark.parametrize("key", [None, "", "garbled", "1234"])
def test_without_a_sound_key_nothing_happens(plan: Running, clerk: Client, key: str | None) -> None:
    task, before = open_task(plan), Entry.objects.count()
    fields = {} if key is None else {"key": key}
    for rest in ("done/", "not-done/", "hand-over/"):
        more = {"reason": "rain", "person": str(plan.world.people["head"]), **fields}
        answer = clerk.post(address(plan, f"tasks/{task.id}/{rest}"), more)
        assert answer.status_code == 400
        assert "This could not be understood" in answer.content.decode()
    assert Entry.objects.count() == before


def test_put_off_with_a_reason_and_a_new_day(plan: Running, clerk: Client) -> None:
    task = open_task(plan)
    send(clerk, address(plan, f"tasks/{task.id}/not-done/"), reason="颱風", new_due="2026-08-29")
    page = clerk.get(address(plan, f"tasks/{task.id}/")).content.decode()
    assert "颱風" in page
    assert "29 August" in page
    assert state_of(plan, task.id) == "open"


def test_not_done_needs_its_reason(plan: Running, clerk: Client) -> None:
    task = open_task(plan)
    answer = send(clerk, address(plan, f"tasks/{task.id}/not-done/"), reason="  ")
    assert answer.status_code == 422
    assert "Write the reason, for example" in answer.content.decode()
    send(clerk, address(plan, f"tasks/{task.id}/not-done/"), reason="場地沒有了")
    assert state_of(plan, task.id) == "not_done"
    send(clerk, address(plan, f"tasks/{task.id}/open-again/"), reason="場地又有了")
    assert state_of(plan, task.id) == "open"


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "2026-13-01", "0000-00-00"])
def test_a_day_that_is_none_is_said_at_the_field(plan: Running, clerk: Client, day: str) -> None:
    task = open_task(plan)
    answer = send(clerk, address(plan, f"tasks/{task.id}/not-done/"), reason="rain", new_due=day)
    assert answer.status_code == 422
    assert "Write a day, for example" in answer.content.decode()


def test_a_new_day_long_past_is_refused_in_words(plan: Running, clerk: Client) -> None:
    task = open_task(plan)
    answer = send(clerk, address(plan, f"tasks/{task.id}/not-done/"), reason="rain", new_due="1999-01-01")
    page = clerk.get(answer["Location"]).content.decode() if answer.status_code == 302 else answer.content.decode()
    assert "The days do not fit" in page
    assert "Noted, with the reason." not in page


def test_handed_over_it_stands_on_the_others_today(plan: Running, clerk: Client, sign_in: SignIn) -> None:
    task = open_task(plan)
    send(clerk, address(plan, f"tasks/{task.id}/hand-over/"), person=plan.world.people["head"], reason="")
    assert task.title in sign_in("head").get(address(plan, "today/")).content.decode()
    mine = clerk.get(address(plan, "today/")).content.decode()
    assert "Handed over or put off, not done yet" in mine


@pytest.mark.parametrize("short", ["", "neighbour", "nobody"])
def test_it_goes_to_nobody_who_is_not_here(plan: Running, clerk: Client, short: str) -> None:
    task = open_task(plan)
    person = {"": "", "nobody": uuid4()}.get(short) or plan.world.people.get(short, "")
    answer = send(clerk, address(plan, f"tasks/{task.id}/hand-over/"), person=person)
    assert answer.status_code == 422
    assert 'id="id_person_wrong"' in answer.content.decode()


def test_done_by_somebody_else_meanwhile_is_said(plan: Running, clerk: Client) -> None:
    task = open_task(plan)
    send(clerk, address(plan, f"tasks/{task.id}/done/"))
    answer = clerk.post(address(plan, f"tasks/{task.id}/not-done/"), {"key": uuid4(), "reason": "x"}, follow=True)
    assert answer.status_code == 200
    assert "q-banner" in answer.content.decode()
    assert state_of(plan, task.id) == "done"


def test_a_record_is_put_right_beside_its_first_words(plan: Running, clerk: Client) -> None:
    task = open_task(plan)
    send(clerk, address(plan, f"tasks/{task.id}/done/"), words="洗了9處", amount="9")
    (record,) = records_of(plan, task)
    path = address(plan, f"records/{record.id}/")
    assert clerk.get(path).status_code == 200
    assert send(clerk, path, words="洗了8處", amount="8", reason="").status_code == 422
    assert send(clerk, path, words="洗了8處", amount="8", reason="數重了").status_code == 302
    first, second = records_of(plan, task)
    assert (first.words, second.words, second.quantities["amount"]) == ("洗了9處", "洗了8處", 8)
    page = clerk.get(address(plan, f"tasks/{task.id}/")).content.decode()
    assert "corrected" in page


def test_whatever_is_typed_is_shown_as_typed(plan: Running, clerk: Client) -> None:
    done, undone = open_task(plan), open_task(plan, "樓道")
    send(clerk, address(plan, f"tasks/{done.id}/done/"), words=NASTY)
    send(clerk, address(plan, f"tasks/{undone.id}/not-done/"), reason=NASTY)
    for rest in (
        f"tasks/{done.id}/",
        f"tasks/{undone.id}/",
        "today/",
        "tasks/",
        "calendar/2026/8/",
        f"plans/{plan.id}/",
    ):
        page = clerk.get(address(plan, rest)).content.decode()
        assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in clerk.get(address(plan, f"tasks/{done.id}/")).content.decode()


def test_get_changes_nothing(plan: Running, clerk: Client) -> None:
    task = open_task(plan)
    for rest in ("done/", "not-done/", "hand-over/", "open-again/"):
        assert clerk.get(address(plan, f"tasks/{task.id}/{rest}")).status_code == 405


def test_the_history_tells_who_did_it(plan: Running, clerk: Client) -> None:
    task = open_task(plan)
    send(clerk, address(plan, f"tasks/{task.id}/not-done/"), reason="颱風", new_due="2026-08-29")
    page = clerk.get(address(plan, f"tasks/{task.id}/")).content.decode()
    assert "New day set" in page
    assert "林秋月" in page
