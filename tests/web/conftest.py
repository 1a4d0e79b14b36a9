"""The invented city of the ground's tests, with accounts to sign in with."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from qingli.ground import actions
from tests.ground.world import World, act, build

PASSWORD = "ein stiller Teich"


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    """Hashing is slow on purpose, and not what these tests look at; static files have no names of their own here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def sign_in(world: World) -> Callable[[str], Client]:
    """A browser of somebody of the world, in English, so that a test reads what a page says."""

    def browser(short: str) -> Client:
        actions.open_account(person_id=world.people[short], username=short, password=PASSWORD, **act())
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        assert client.post("/sign-in/", {"username": short, "password": PASSWORD}).status_code == 302
        return client

    return browser
