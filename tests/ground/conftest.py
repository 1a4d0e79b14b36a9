import pytest

from tests.ground.world import World, build


@pytest.fixture
def world(db: None) -> World:
    return build()
