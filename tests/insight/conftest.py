from tests.ground.conftest import world

__all__ = ["world"]
