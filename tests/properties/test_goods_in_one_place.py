"""Goods under any sequence of what people do with them: every piece that ever came in is in exactly one place."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from core.registry import registry
from tests.properties.goods import LOTS
from tests.properties.goods_back import Step, World
from tests.sql import offending_rows

OFTEN = ["forward"] * 12 + ["back"] * 4 + ["place"] * 3 + ["come", "decide", "ask"] * 2
SELDOM = [
    "goods", "approve", "bind", "ship", "ship_partly", "choose", "deliver", "come", "by_itself", "decide", "surplus",
    "dispose", "cancel", "cancel_rest", "freeze", "recall", "release", "block", "unblock", "count", "ask", "authorise",
    "send", "take_back", "inspect",
]  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(OFTEN + SELDOM), st.integers(0, 59)), min_size=8, max_size=25)


def agree(world: World) -> None:
    assert offending_rows(registry.invariants) == {}
    places = world.where_they_are()
    assert min(min(found.values(), default=0) for found in places.values()) >= 0, places
    everywhere: Counter[int] = Counter()
    for found in places.values():
        everywhere.update(found)
    assert everywhere == world.came_in + world.beyond_books, places
    lots = world.lots_where_they_are()
    for code in LOTS:
        assert sum(found[code] for found in lots.values()) == world.lots_came_in[code], (code, lots)


@pytest.mark.django_db
@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a failing sequence shorter takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_every_piece_is_in_one_place(steps: list[Step]) -> None:
    """Goods would drop out of sight, or be there twice: shipped and in stock, credited and re-shipped, back and with the buyer."""
    with transaction.atomic():
        world = World()
        agree(world)
        for step in steps:
            world.do(step)
            agree(world)
        transaction.set_rollback(True)
