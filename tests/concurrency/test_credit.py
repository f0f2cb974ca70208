"""Two at once on the last of a limit: one passes, the other is on hold. Else the limit is worth as much as there are buyers."""

from functools import partial
from typing import Any

import pytest
from django.db import connection

from billing.enums import EntryKind
from billing.models import CreditLimit
from billing.selectors.invariants import INVARIANTS as ACCOUNTS
from orders.ordering.services.cancelling import cancel_order
from tests.billing.crediting import Credited, credited, grouped, sound
from tests.concurrency.together import Unlocked, failed, together, until_all_wait
from tests.orders.clock import NOW
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db(transaction=True)


def placing(scene: Credited, amount: str = "60") -> Any:
    return partial(scene.place, amount)


def held(results: list[Any]) -> list[bool]:
    assert failed(results) == []
    return sorted(result.is_on_hold for result in results)


def test_two_orders_on_the_last_of_a_limit() -> None:
    scene = credited("100")
    with until_all_wait(CreditLimit.objects.all(), 2):
        results = together(placing(scene), placing(scene))
    assert held(results) == [False, True]
    assert scene.used == 60
    sound()


def test_twin_without_the_lock_both_pass() -> None:
    """The race is real: each reads what is used before the other has written it."""
    scene = credited("100")
    with until_all_wait(CreditLimit.objects.all(), 2):
        results = together(sent_whole(scene), sent_whole(scene), previous_period=Unlocked())
    assert held(results) == [False, False]
    assert offending_rows(ACCOUNTS)


def sent_whole(scene: Credited) -> Any:
    """As behind a pooler, so that the twin sees the statement and can take its locks away."""

    def place() -> Any:
        connection.settings_dict = {**connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS": True}
        return scene.place("60")

    return place


def test_two_branches_on_the_last_of_a_group() -> None:
    parent, branch = credited(None), credited(None)
    grouped("100", parent, branch)
    with until_all_wait(CreditLimit.objects.all(), 2):
        results = together(placing(parent), placing(branch))
    assert held(results) == [False, True]
    assert CreditLimit.objects.get().exposure_amount == 60
    sound()


def test_many_at_once_use_what_there_is() -> None:
    """Sixteen orders, payments and cancellations at once: nothing deadlocks, and every counter is right afterwards."""
    parent, branch = credited(None), credited(None)
    grouped("500", parent, branch)

    def several(scene: Credited) -> list[Any]:
        made = []
        for number in range(5):
            placed = scene.place("30")
            made.append(placed)
            if number % 2:
                cancel_order(order_id=placed.id, actor=scene.people.manager, now=NOW, reason="Twice")
            else:
                scene.post(EntryKind.PAYMENT, "-1")
        return made

    results = together(*(partial(several, scene) for scene in (parent, branch) * 4))
    assert failed(results) == []
    limit = CreditLimit.objects.get()
    assert limit.exposure_amount <= 500
    sound()
