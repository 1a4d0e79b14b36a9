"""Signing in: who may, how often one may fail, and when a visit ends."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth import authenticate, get_user
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from qingli import flow
from qingli.ground import actions
from qingli.ground.models import Account
from qingli.lib import clock
from qingli.lib.ids import new_id
from qingli.lib.jobs.queue import Job
from tests.ground.world import World, act

PASSWORD = "walnut-kettle-42"


@pytest.fixture
def account(world: World) -> UUID:
    return actions.open_account(person_id=world.people["clerk"], username="lin", password=PASSWORD, **act()).object_id


def sign_in(username: str, password: str, address: str = "192.0.2.1") -> Account | None:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = address
    request.path = "/sign-in/"
    user = authenticate(request, username=username, password=password)
    assert user is None or isinstance(user, Account)
    return user


def test_the_right_password_opens(account: UUID) -> None:
    user = sign_in("lin", PASSWORD)
    assert user is not None
    assert user.id == account
    assert sign_in("lin", PASSWORD + "x") is None
    assert sign_in("nobody", PASSWORD) is None


def test_five_failures_lock_the_name_at_this_address_and_time_opens_it_again(account: UUID) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        assert sign_in("lin", "wrong") is None
    assert sign_in("lin", PASSWORD) is None
    assert sign_in("lin", PASSWORD, address="192.0.2.9") is not None
    long_ago = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME, minutes=1)
    AccessAttempt.objects.update(attempt_time=long_ago)
    assert sign_in("lin", PASSWORD) is not None


def test_a_name_opens_and_locks_in_every_spelling(account: UUID) -> None:
    spellings = ("Lin", " lIN", "ｌｉｎ", "LIN ", "liN")
    for spelling in spellings:
        assert sign_in(spelling, PASSWORD) is not None
    for spelling in spellings:
        assert sign_in(spelling, "wrong") is None
    assert sign_in("lin", PASSWORD) is None


@pytest.mark.parametrize("name", ["", " ", "\x00", "l" * 5000, "' OR 1=1 --", "名 字"])
def test_no_user_name_breaks_the_door(account: UUID, name: str) -> None:
    assert sign_in(name, PASSWORD) is None


def test_four_failures_do_not_lock(account: UUID) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert sign_in("lin", "wrong") is None
    assert sign_in("lin", PASSWORD) is not None


def test_the_door_itself_locks(account: UUID, client: Client) -> None:
    def knock(password: str) -> int:
        return client.post(reverse("web:sign-in"), {"username": "lin", "password": password}).status_code

    answers = [knock("wrong") for _ in range(settings.AXES_FAILURE_LIMIT + 1)]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert knock(PASSWORD) == 429
    assert not _signed_in(client)
    AccessAttempt.objects.all().delete()
    assert knock(PASSWORD) == 302
    assert _signed_in(client)


def test_an_ended_account_opens_nothing_and_open_visits_end_with_it(account: UUID, client: Client) -> None:
    user = Account.objects.get(id=account)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert _signed_in(client)
    actions.end_account(account_id=account, **act())
    assert not _signed_in(client)
    assert sign_in("lin", PASSWORD) is None


def test_another_password_ends_open_visits(account: UUID, client: Client) -> None:
    client.force_login(Account.objects.get(id=account), backend="django.contrib.auth.backends.ModelBackend")
    actions.change_password(account_id=account, password="another-one-77", **act())
    assert not _signed_in(client)


def test_a_visit_ends_by_itself(account: UUID, client: Client) -> None:
    client.force_login(Account.objects.get(id=account), backend="django.contrib.auth.backends.ModelBackend")
    session = Session.objects.get()
    assert session.expire_date <= timezone.now() + timedelta(hours=12)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not _signed_in(client)


def test_a_visit_in_which_nobody_does_anything_ends(account: UUID, client: Client) -> None:
    client.force_login(Account.objects.get(id=account), backend="django.contrib.auth.backends.ModelBackend")

    def after(**seconds: int) -> bool:
        session = client.session
        for name, gone in seconds.items():
            session[name] -= gone
        session.save()
        client.get(reverse("web:me"))
        return _signed_in(client)

    assert after()  # the first page of a visit notes when it began
    for _ in range(3):
        assert after(seen=settings.SESSION_IDLE_AGE - 60)
    assert after(since=settings.SESSION_COOKIE_AGE - 60)
    assert not after(since=120)  # busy all day, and yet it ends
    client.force_login(Account.objects.get(id=account), backend="django.contrib.auth.backends.ModelBackend")
    assert after()
    assert not after(seen=settings.SESSION_IDLE_AGE + 60)


def test_a_visit_writes_its_sign_of_life_only_now_and_then(account: UUID, client: Client) -> None:
    client.force_login(Account.objects.get(id=account), backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("web:me"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("web:me"))
    assert not [query for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]


@pytest.mark.parametrize(
    ("behind", "told", "counted"),
    [
        (False, "203.0.113.7", "192.0.2.1"),  # anybody can send such a header
        (True, "203.0.113.7", "203.0.113.7"),
        (True, " 2001:DB8::7 ", "2001:db8::7"),
        (True, None, "192.0.2.1"),
        (True, "'; DROP TABLE", None),
    ],
)
def test_failures_count_from_where_they_come(
    account: UUID, settings: Settings, behind: bool, told: str | None, counted: str | None
) -> None:
    settings.BEHIND_PROXY = behind
    request = HttpRequest()
    request.META.update({"REMOTE_ADDR": "192.0.2.1"} | ({"HTTP_X_REAL_IP": told} if told else {}))
    request.path = "/sign-in/"
    assert authenticate(request, username="lin", password="wrong") is None
    assert [attempt.ip_address for attempt in AccessAttempt.objects.all()] == [counted]


def test_behind_a_proxy_nobody_locks_others_out(account: UUID, client: Client, settings: Settings) -> None:
    settings.BEHIND_PROXY = True

    def knock(password: str, address: str) -> int:
        words = {"username": "lin", "password": password}
        return client.post(reverse("web:sign-in"), words, HTTP_X_REAL_IP=address).status_code

    for _ in range(settings.AXES_FAILURE_LIMIT):
        last = knock("wrong", "203.0.113.66")
    assert last == 429
    assert knock(PASSWORD, "203.0.113.7") == 302


def test_who_mistyped_a_password_is_forgotten_after_a_day(account: UUID, settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    sign_in("lin", "wrong")
    tidy_up = flow.REGULAR["house.tidy-up"].run
    tidy_up(Job(key=new_id(), now=clock.now(), attempt=1))
    assert AccessAttempt.objects.count() == 1
    AccessAttempt.objects.update(attempt_time=clock.machine() - timedelta(hours=25))
    tidy_up(Job(key=new_id(), now=clock.now(), attempt=1))
    assert AccessAttempt.objects.count() == 0


def test_a_sign_in_leaves_no_trace_of_when_and_where(account: UUID, client: Client) -> None:
    assert client.post(reverse("web:sign-in"), {"username": "lin", "password": PASSWORD}).status_code == 302
    client.post(reverse("web:sign-out"))
    assert (AccessLog.objects.count(), AccessAttempt.objects.count()) == (0, 0)


def test_nobodys_comings_and_goings_are_kept() -> None:
    assert {field.name for field in Account._meta.fields} == {"id", "username", "password", "person", "is_active"}


def _signed_in(client: Client) -> bool:
    request = HttpRequest()
    request.session = client.session
    return bool(get_user(request).is_authenticated)
