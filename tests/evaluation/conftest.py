import pytest

from tests.evaluation.world import World


@pytest.fixture
def world(db: None) -> World:
    return World()
