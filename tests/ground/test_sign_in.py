"""Signing in: who may, how often one may fail, and when a visit ends."""

from datetime import timedelta
from uuid import UUID

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate, get_user
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingli.ground import actions
from qingli.ground.models import Account
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


def test_nobodys_comings_and_goings_are_kept() -> None:
    assert {field.name for field in Account._meta.fields} == {"id", "username", "password", "person", "is_active"}


def _signed_in(client: Client) -> bool:
    request = HttpRequest()
    request.session = client.session
    return bool(get_user(request).is_authenticated)
