from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import Settings

from tests.ground.world import World, build


@pytest.fixture(autouse=True)
def quick_hashes(settings: Settings) -> None:
    """Hashing is slow on purpose, and not what these tests look at."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def shared_world(transactional_db: None, tmp_path: Path) -> Iterator[World]:
    """The same for several connections at once. SQLite gets a file, as in every house: its tests run in memory."""
    if connection.vendor != "sqlite":
        yield build()
        return
    in_memory = connections["default"]
    settings = connections.settings["default"]
    name = settings["NAME"]
    with in_memory.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "house.sqlite3")])
    settings["NAME"] = str(tmp_path / "house.sqlite3")
    connections["default"] = connections.create_connection("default")
    try:
        yield build()
    finally:
        connections["default"].close()
        settings["NAME"] = name
        connections["default"] = in_memory
