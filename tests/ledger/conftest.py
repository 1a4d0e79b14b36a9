import pytest

from tests.ground.conftest import quick_hashes, shared_world, world
from tests.ground.world import World
from tests.ledger.money import Money, money_in

__all__ = ["quick_hashes", "shared_world", "world"]


@pytest.fixture
def money(world: World) -> Money:
    return money_in(world)


@pytest.fixture
def shared_money(shared_world: World) -> Money:
    return money_in(shared_world)
