"""A system that follows orders by polling. Where this breaks, it ships twice, or never hears of a cancellation."""

from typing import Any

import pytest
from django.db.models import F

from core.models import OutboxMessage
from core.outbox import relay
from orders.fulfilment.services.shipping import ship_order
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order
from orders.ordering.services.changing import change_order
from orders.ordering.services.quote import LineInput
from tests.inventory.test_api import client_of
from tests.orders.clock import NOW
from tests.orders.people import stage

pytestmark = pytest.mark.django_db


def relayed() -> None:
    while relay():
        pass


def ask(client: Any, after: int, status: int = 200, limit: int = 2) -> Any:
    answer = client.get("/api/v1/orders/changes/", {"after": after, "limit": limit})
    assert answer.status_code == status, answer.json()
    return answer.json()


def followed(client: Any, after: int) -> tuple[list[tuple[str, str]], int]:
    """All that is there by pages of two, and where to go on."""
    seen: list[tuple[str, str]] = []
    while True:
        answer = ask(client, after)
        seen += [(row["order"], row["event"]["kind"]) for row in answer["results"]]
        if answer["next_after"] == after:
            return seen, after
        after = answer["next_after"]


def test_each_step_is_seen_once_in_its_order() -> None:
    scene, stranger = stage(products=2), stage(products=1)
    client = client_of(scene.buyer)
    placed, other = scene.placed(), stranger.placed()
    ask(client, 0, limit=501, status=400)
    assert followed(client, 0)[0] == [], "not before the relay has given it a position"
    relayed()
    seen, after = followed(client, 0)
    lines = [LineInput(product.pk, 7) for product in scene.shop.products]
    change_order(order_id=placed.id, actor=scene.buyer, lines=lines, now=NOW)
    second = scene.placed(quantity=2)
    relayed()
    approve_order(order_id=placed.id, actor=scene.manager, now=NOW)
    ship_order(order_id=placed.id, actor=scene.warehouse, now=NOW)
    cancel_order(order_id=second.id, actor=scene.buyer, now=NOW, reason="Twice")
    relayed()
    more, after = followed(client, after)
    steps = [(number, kind.removeprefix("order.")) for number, kind in [*seen, *more] if kind != "order.waits"]
    assert steps == [
        (placed.number, "submitted"), (placed.number, "changed"), (second.number, "submitted"),
        (placed.number, "approved"), (placed.number, "shipped"), (second.number, "cancelled"),
    ]  # fmt: skip
    assert followed(client, after) == ([], after)
    assert other.number in {number for number, _kind in followed(client_of(stranger.buyer), 0)[0]}


def test_what_commits_late_comes_late_and_what_is_gone_is_said() -> None:
    """An event with a lower id that was committed after others were read would be passed over for good."""
    scene = stage(products=1)
    client = client_of(scene.buyer)
    late = scene.placed()
    waiting = OutboxMessage.objects.filter(event__subject_id=late.id, event__subject_type="order")
    ids = list(waiting.values_list("pk", flat=True))
    OutboxMessage.objects.filter(pk__in=ids).update(feed_position=-F("pk"))  # as one whose transaction is still open
    early = [scene.placed(quantity=2).number for _number in range(3)]
    relayed()
    seen, after = followed(client, 0)
    assert {number for number, _kind in seen} == set(early)
    OutboxMessage.objects.filter(pk__in=ids).update(feed_position=None)
    relayed()
    assert {number for number, _kind in followed(client, after)[0]} == {late.number}
    OutboxMessage.objects.filter(feed_position__lte=after).delete()
    assert ask(client, after)["results"], "nothing between is missing"
    assert ask(client, after - 2, status=400)["errors"][0]["code"] == "too_old"
