"""Two ask for the last piece, or for the last of the room, at the same moment."""

from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum

from accounts.models import Distributor
from core.errors import DomainError
from core.registry import registry
from orders.returns.enums import ReturnStatus
from orders.returns.models import Return, ReturnLine
from orders.returns.services.inspecting import inspect_return
from tests.concurrency.together import Unlocked, together
from tests.orders.clock import NOW
from tests.orders.returning import Returning, returning
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db(transaction=True)


def checked() -> None:
    assert offending_rows(one for one in registry.invariants if one.name.startswith("returns.")) == {}


def two_of_the_room(scene: Returning, unlocked: Unlocked | None) -> list[Any]:
    """Each asks for 40.00 where 50.00 are left."""
    lines = [scene.line(pieces=1, net="40") for _ in range(2)]
    scene.line(pieces=1, net="920")
    assert scene.room.left == Decimal("50.00")
    jobs = [lambda line=line: str(scene.ask_for(line, 1).status) for line in lines]
    return together(*jobs, previous_period=unlocked)


def test_the_last_piece_is_returned_once() -> None:
    """One piece would be credited twice."""
    scene = returning("1")
    line = scene.line(pieces=1)
    done = together(*[lambda: str(scene.ask_for(line, 1).status)] * 4)
    assert sum(isinstance(one, DomainError) for one in done) == 3
    assert ReturnLine.objects.aggregate(pieces=Sum("returned"))["pieces"] == 1
    checked()


def test_the_database_itself_holds_the_last_piece() -> None:
    """Without the locks of the program the second would be refused all the same, by the trigger that locks the line."""
    scene = returning("1")
    line = scene.line(pieces=1)
    unlocked = Unlocked(ReturnLine)
    done = together(*[lambda: str(scene.ask_for(line, 1).status)] * 2, previous_period=unlocked)
    assert unlocked.stripped > 0
    assert sum(isinstance(one, Exception) for one in done) == 1
    assert Return.objects.count() == 1
    checked()


def test_the_room_is_given_once() -> None:
    """Two small returns at once would pass a rate that one of them uses up."""
    scene = returning("0.05")
    assert sorted(two_of_the_room(scene, None)) == [ReturnStatus.AUTHORISED, ReturnStatus.REQUESTED]
    assert scene.room.left == Decimal("10.00")


def test_without_the_lock_both_would_pass() -> None:
    """The twin: nobody waits for the distributor."""
    scene = returning("0.05")
    assert two_of_the_room(scene, Unlocked(Distributor, ReturnLine)) == [ReturnStatus.AUTHORISED] * 2
    assert scene.room.left == Decimal("-30.00")


def test_a_return_is_inspected_once() -> None:
    """The goods would be put into stock and credited twice."""
    scene = returning("1")
    arrived = scene.received(scene.ask_for(scene.line(pieces=3), 3))
    part = scene.part(arrived.lines.get().pk, 3)

    def inspect() -> str:
        return str(inspect_return(return_id=arrived.pk, goods=[part], actor=scene.keeper, now=NOW).status)

    done = together(*[inspect] * 3)
    assert sum(isinstance(one, DomainError) for one in done) == 2
    checked()
