import pytest

from tests.ground.conftest import quick_hashes, shared_world, world
from tests.ground.world import World
from tests.title.city import City, found

__all__ = ["quick_hashes", "shared_world", "world"]


@pytest.fixture
def city(world: World) -> City:
    return found(world)


@pytest.fixture
def shared_city(shared_world: World) -> City:
    return found(shared_world)
