"""Lists and calendars at any size, a plan's life by its forms, its papers and its feed."""

import io
import re
import zipfile
from uuid import UUID, uuid4

import docx
import icalendar
import pdfplumber
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingli.archive.models import Entry
from qingli.plan import actions
from qingli.plan.models import Plan, PlanVersion
from tests.desk.conftest import address, more_tasks, open_task, send
from tests.ground.world import act
from tests.plan.plans import JUNE, Running, draft

NASTY = "<script>alert('x')</script>"
BAD = ("99/", "0/", "2026/13/", "2026/0/", "9999/12/", "0/1/", "1/1/", "99999/", "100000/1/")


def state(plan: Running) -> str:
    return Plan.objects.get(pk=plan.id).state


def test_lists_cost_the_same_number_of_queries_at_any_size(plan: Running, clerk: Client) -> None:
    slug = Plan.objects.get(pk=plan.id).public_slug
    task = open_task(plan)
    pages = [address(plan, rest) for rest in ("today/", "plans/", f"plans/{plan.id}/", "tasks/", "calendar/2026/")]
    pages += [address(plan, rest) for rest in (f"tasks/{task.id}/", "tasks/?state=late", "tasks/?mine=1&state=open")]
    pages += [address(plan, f"plans/{plan.id}/history/"), f"/p/{slug}/", f"/p/{slug}/text/"]

    def cost() -> dict[str, int]:
        found = {}
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert clerk.get(page).status_code == 200
            found[page] = len(captured)
        return found

    more_tasks(plan, 9)
    cost()  # what is read once for each process is read here
    few = cost()
    more_tasks(plan, 120)
    assert cost() == few
    assert max(few.values()) <= 30


def test_pages_of_tasks_follow_one_another(plan: Running, clerk: Client) -> None:
    more_tasks(plan, 120)
    seen: list[str] = []
    path = address(plan, f"tasks/?plan={plan.id}&state=all")
    for _ in range(20):
        page = clerk.get(path).content.decode()
        seen += re.findall(r'q-task__what"><a href="[^"]*/tasks/([0-9a-f-]{36})/', page)
        further = re.search(r'class="q-button2" href="\?([^"]+)"', page)
        if not further:
            break
        path = address(plan, "tasks/?" + further.group(1).replace("&amp;", "&"))
    assert len(seen) == len(set(seen)) == len(plan.tasks())


@pytest.mark.parametrize("rest", [f"calendar/{bad}" for bad in BAD])
def test_a_month_that_is_none_is_not_there(plan: Running, clerk: Client, rest: str) -> None:
    assert clerk.get(address(plan, rest)).status_code == 404


@pytest.mark.parametrize("query", ["after=x", "after=2026-13-01_1", "after=_", "day=soon", "plan=7", "after=%00"])
def test_an_address_that_no_page_gave_is_not_there(plan: Running, clerk: Client, query: str) -> None:
    assert clerk.get(address(plan, f"tasks/?{query}")).status_code == 404


def test_a_state_that_is_none_shows_all(plan: Running, clerk: Client) -> None:
    assert clerk.get(address(plan, "tasks/?state=%3Cscript%3E")).status_code == 200


def test_empty_months_say_so(plan: Running, clerk: Client) -> None:
    assert "Nothing is due in this month" in clerk.get(address(plan, "calendar/2031/5/")).content.decode()


def test_from_draft_to_in_force(plan: Running, clerk: Client) -> None:
    fresh = draft(plan.world)
    path = f"plans/{fresh.id}/"
    answer = send(clerk, address(plan, path + "adopt/"), on="2026-06-24", way="residents", unread="promised")
    assert (answer.status_code, state(fresh)) == (302, "adopted")
    for name, after in (("publish", "published"), ("start", "in-force")):
        send(clerk, address(plan, path + f"do/{name}/"))
        assert state(fresh) == after
    page = clerk.get(address(plan, path)).content.decode()
    assert "In force. The tasks are on the list." in page
    assert fresh.tasks()


def test_what_nobody_looked_at_is_promised_only_when_somebody_says_so(plan: Running, clerk: Client) -> None:
    fresh = draft(plan.world)
    path = address(plan, f"plans/{fresh.id}/adopt/")
    assert "6 actions have not been looked at" in clerk.get(path).content.decode()
    refused = send(clerk, path, on="2026-06-24", way="residents")
    assert (refused.status_code, state(fresh)) == (422, "draft")
    assert "Tick this, or go back" in refused.content.decode()
    actions.accept_actions(
        plan_id=fresh.id, action_ids=[one.id for one in fresh.page().actions], **act(plan.clerk, at=JUNE)
    )
    assert "looked at" not in clerk.get(path).content.decode()
    send(clerk, path, on="2026-06-24", way="residents")
    assert state(fresh) == "adopted"


def test_a_day_to_come_adopts_nothing(plan: Running, clerk: Client) -> None:
    fresh = draft(plan.world)
    path = address(plan, f"plans/{fresh.id}/adopt/")
    for day in ("2027-01-01", "soon", ""):
        answer = send(clerk, path, on=day, way="residents")
        assert answer.status_code in (200, 422)
        assert state(fresh) == "draft"
    assert (
        "This day has not come yet"
        in send(clerk, path, on="2027-01-01", way="residents", unread="promised").content.decode()
    )


def test_starting_twice_says_that_it_cannot_be(plan: Running, clerk: Client) -> None:
    before = len(plan.tasks())
    page = clerk.post(address(plan, f"plans/{plan.id}/do/start/"), {"key": uuid4()}, follow=True).content.decode()
    assert "This cannot be done at present" in page
    assert len(plan.tasks()) == before


@pytest.mark.parametrize("key", ["", "garbled"])
def test_without_a_sound_key_nothing_happens(plan: Running, clerk: Client, key: str) -> None:
    before = Entry.objects.count()
    fields = {"key": key, "reason": "x", "words": "x", "on": "2026-06-24", "way": "residents", "unread": "promised"}
    for rest in ("close/", "amend/", "do/publish/", "calendar-link/", "adopt/"):
        assert clerk.post(address(plan, f"plans/{plan.id}/{rest}"), fields).status_code == 400, rest
    assert Entry.objects.count() == before


def test_an_amendment_keeps_what_is_done(plan: Running, clerk: Client) -> None:
    task = open_task(plan)
    send(clerk, address(plan, f"tasks/{task.id}/done/"))
    answer = send(clerk, address(plan, f"plans/{plan.id}/amend/"))
    assert answer["Location"].endswith("/review/")
    page = send(clerk, address(plan, f"plans/{plan.id}/adopt/"), on="2026-08-09", way="committee", reason="")
    assert page.status_code == 422
    send(
        clerk,
        address(plan, f"plans/{plan.id}/adopt/"),
        on="2026-08-09",
        way="committee",
        reason="廣場改建",
        unread="promised",
    )
    assert Plan.objects.get(pk=plan.id).current_number == 2
    assert next(one for one in plan.tasks() if one.id == task.id).state == "done"
    assert clerk.get(address(plan, f"plans/{plan.id}/difference/1/2/")).status_code == 200


def test_an_amendment_can_be_dropped(plan: Running, clerk: Client) -> None:
    send(clerk, address(plan, f"plans/{plan.id}/amend/"))
    send(clerk, address(plan, f"plans/{plan.id}/do/drop-amendment/"))
    assert Plan.objects.get(pk=plan.id).current_number == 1
    assert "Amend the plan" in clerk.get(address(plan, f"plans/{plan.id}/")).content.decode()


def test_closing_answers_for_all_that_is_open(plan: Running, clerk: Client) -> None:
    path = address(plan, f"plans/{plan.id}/close/")
    page = clerk.post(path, {"key": uuid4(), "reason": "", "words": "合併"}, follow=True).content.decode()
    assert "Some tasks are still open" in page
    assert state(plan) == "in-force"
    send(clerk, path, reason="社區合併", words="兩個社區合併")
    assert state(plan) == "closed"
    assert {task.state for task in plan.tasks()} == {"not_done"}
    assert "Take what was left into a new plan" in clerk.get(address(plan, f"plans/{plan.id}/")).content.decode()
    slug = Plan.objects.get(pk=plan.id).public_slug
    public = Client(HTTP_ACCEPT_LANGUAGE="en").get(f"/p/{slug}/").content.decode()
    assert "This plan is over." in public
    assert "社區合併" in public


def test_what_was_left_goes_into_a_new_draft(plan: Running, clerk: Client) -> None:
    send(clerk, address(plan, f"plans/{plan.id}/close/"), reason="社區合併", words="兩個社區合併")
    path = address(plan, f"plans/{plan.id}/carry-over/")
    wrong = send(clerk, path, title="", starts="2027-06-30", ends="2027-01-01")
    assert wrong.status_code == 422
    assert "The last day must not lie before the first." in wrong.content.decode()
    answer = send(clerk, path, title=NASTY, starts="2027-01-01", ends="2027-06-30")
    assert answer["Location"].endswith("/review/")
    assert "<script>alert" not in clerk.get(answer["Location"]).content.decode()
    assert "<script>alert" not in clerk.get(address(plan, "plans/")).content.decode()


def download(client: Client, plan: Running, kind: str) -> io.BytesIO:
    answer = client.get(address(plan, f"plans/{plan.id}/plan.{kind}"))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment;")
    return io.BytesIO(answer.content)


def test_the_papers_say_what_the_plan_says(plan: Running, clerk: Client) -> None:
    words = docx.Document(download(clerk, plan, "docx"))
    text = "\n".join(paragraph.text for paragraph in words.paragraphs)
    assert "每月召開一次環境工作例會，由林秋月負責。" in text
    with zipfile.ZipFile(download(clerk, plan, "xlsx")) as sheets:
        cells = "".join(sheets.read(name).decode() for name in sheets.namelist() if name.endswith(".xml"))
    assert "垃圾分類講座" in cells
    with pdfplumber.open(download(clerk, plan, "pdf")) as pdf:
        printed = "".join(page.extract_text() for page in pdf.pages)
    assert "環境工作例會" in printed


def new_link(client: Client, plan: Running) -> str:
    page = send(client, address(plan, f"plans/{plan.id}/calendar-link/")).content.decode()
    found = re.search(r'value="http://testserver(/feed/[^"]+\.ics)"', page)
    assert found, "the page shows the new address"
    return found.group(1)


def test_the_feed_is_read_by_whoever_has_the_address(plan: Running, clerk: Client) -> None:
    path = new_link(clerk, plan)
    answer = Client().get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(answer.content)
    events = calendar.walk("VEVENT")
    assert len(events) == len(plan.tasks())
    assert {UUID(str(event["UID"]).partition("@")[0]) for event in events} == {task.id for task in plan.tasks()}
    assert "林秋月" not in "".join(str(event.get("LOCATION", "")) for event in events)


def test_a_wrong_or_an_old_address_tells_nothing(plan: Running, clerk: Client) -> None:
    old = new_link(clerk, plan)
    new = new_link(clerk, plan)
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    assert Client().get("/feed/x.ics").status_code == 404
    assert Client().get(f"/feed/{'x' * 500}.ics").status_code == 404


def test_the_token_is_nowhere_in_the_journal(plan: Running, clerk: Client) -> None:
    token = new_link(clerk, plan).removeprefix("/feed/").removesuffix(".ics")
    for entry in Entry.objects.filter(object_id=plan.id):
        assert token not in str(getattr(entry, "payload", None) and entry.payload.body)
    assert token not in str(Plan.objects.get(pk=plan.id).calendar_token_hash)


def test_titles_are_shown_as_written(plan: Running, clerk: Client) -> None:
    Plan.objects.filter(pk=plan.id).update(title=NASTY)
    PlanVersion.objects.filter(plan_id=plan.id).update(text=NASTY + "\n第二行")
    slug = Plan.objects.get(pk=plan.id).public_slug
    for path in (
        address(plan, "plans/"),
        address(plan, f"plans/{plan.id}/"),
        address(plan, f"plans/{plan.id}/history/"),
        f"/p/{slug}/",
        f"/p/{slug}/text/",
    ):
        assert "<script>alert" not in clerk.get(path).content.decode()
