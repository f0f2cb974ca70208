"""Goods under any sequence of what people do with them: every piece that ever came in is in exactly one place."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.registry import registry
from tests.orders.places import lots_by_place, pieces_by_place
from tests.properties.goods import LOTS
from tests.properties.goods_back import Step, World
from tests.sql import offending_rows

OFTEN = (
    ["forward"] * 5
    + ["back"] * 3
    + ["place", "place_below", "place_for_outlet", "come", "decide", "ask", "wave", "pick", "ship_wave"] * 2
)
SELDOM = [
    "goods", "approve", "bind", "ship", "ship_partly", "choose", "deliver", "come", "by_itself", "decide", "surplus",
    "dispose", "cancel", "cancel_rest", "freeze", "recall", "release", "block", "unblock", "count", "ask", "authorise",
    "send", "take_back", "inspect", "pick_short", "give_up_wave", "take_out",
]  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(OFTEN + SELDOM), st.integers(0, 59)), min_size=8, max_size=20)
STORIES: dict[str, list[Step]] = {
    "a re-shipment": [
        ("goods", 0), ("place", 1), ("approve", 0), ("bind", 0), ("ship_partly", 1), ("come", 0), ("come", 6), ("decide", 0),
        ("ship", 0), ("ship", 0), ("come", 4), ("dispose", 0), ("decide", 4), ("come", 0),
    ],
    "what was left behind": [
        ("come", 3), ("decide", 1), ("ship", 0), ("come", 3), ("decide", 6), ("cancel", 0), ("decide", 13),
    ],
    "surplus, twice": [("come", 2), ("surplus", 0), ("count", 1), ("place", 0), ("approve", 0), ("ship", 0), ("come", 5),
                       ("surplus", 1)],
    "a recall": [
        ("place", 4), ("approve", 0), ("bind", 0), ("recall", 0), ("choose", 0), ("ask", 0), ("authorise", 0), ("send", 0),
        ("take_back", 0), ("inspect", 4), ("ask", 2), ("authorise", 0), ("take_back", 2), ("inspect", 13), ("release", 0),
    ],
    "a drop shipment and its way back": [
        ("goods", 5), ("place_below", 4), ("approve", 0), ("ship", 0), ("come", 7), ("decide", 0), ("ship", 0), ("come", 1),
        ("ask", 2), ("authorise", 0), ("send", 0), ("take_back", 0), ("inspect", 3),
    ],
    "goods for an outlet": [
        ("place_for_outlet", 4), ("approve", 0), ("ship", 0), ("come", 11), ("surplus", 0), ("ask", 6), ("authorise", 0),
        ("send", 0), ("take_back", 0), ("inspect", 2),
    ],
    "a wave": [
        ("goods", 0), ("place", 1), ("place", 2), ("place", 0), ("approve", 0), ("approve", 0), ("approve", 0), ("wave", 5),
        ("wave", 0), ("give_up_wave", 0), ("wave", 5), ("pick_short", 0), ("pick", 0), ("ship_wave", 0), ("wave", 0),
        ("pick", 0), ("pick_short", 1), ("freeze", 2), ("take_out", 0), ("cancel_rest", 0), ("come", 0),
    ],
    "all ways back": [
        ("by_itself", 0), ("ask", 1), ("authorise", 0), ("send", 0), ("take_back", 0), ("inspect", 2), ("ask", 0),
        ("authorise", 0), ("take_back", 0), ("inspect", 1), ("unblock", 0), ("ask", 0), ("authorise", 0), ("send", 0),
        ("take_back", 0), ("inspect", 7),
    ],
}  # fmt: skip


ABOUT_GOODS = {"inventory", "orders", "returns", "stocktaking", "transfers"}


def agree(world: World) -> None:
    checks = [check for check in registry.invariants if check.name.split(".")[0] in ABOUT_GOODS]
    assert offending_rows(checks) == {}
    places = pieces_by_place()
    assert min(min(found.values(), default=0) for found in places.values()) >= 0, places
    everywhere: Counter[int] = Counter()
    for found in places.values():
        everywhere.update(found)
    assert everywhere == world.came_in + world.beyond_books, places
    lots = lots_by_place(world.shop.warehouse)
    for code in LOTS:
        assert sum(found[code] for found in lots.values()) == world.lots_came_in[code], (code, lots)


@pytest.mark.django_db
@pytest.mark.parametrize("steps", STORIES.values(), ids=STORIES)
def test_whole_stories(steps: list[Step]) -> None:
    """The ways that chance seldom goes to their end."""
    world = World()
    for step in steps:
        assert world.do(step) == step[0], step
        agree(world)


@pytest.mark.django_db
@settings(
    max_examples=16,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a failing sequence shorter takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_every_piece_is_in_one_place(steps: list[Step]) -> None:
    """Goods would drop out of sight, or be there twice: shipped and in stock, credited and re-shipped, back and at the buyer."""
    with transaction.atomic():
        world = World()
        agree(world)
        for step in steps:
            world.do(step)
            agree(world)
        assert offending_rows(registry.invariants) == {}
        transaction.set_rollback(True)
