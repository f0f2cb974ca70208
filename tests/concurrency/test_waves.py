"""Waves made, shipped and cancelled by two at once."""

from typing import Any

import pytest

from inventory.services.lot_freezing import freeze_lot
from orders.fulfilment.waves.models import Wave, WaveLine
from orders.fulfilment.waves.services.cancelling import cancel_wave
from orders.models import Order, Shipment
from tests.concurrency.together import Unlocked, failed, together
from tests.orders.test_lots import Scene
from tests.orders.waving import all_picked, approved, scene, shipped, waved, whole

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_waves_over_one_order() -> None:
    """Two people would pick the same order."""
    people = scene()
    order, first, second = approved(people), approved(people), approved(people)
    results = together(lambda: waved(people, order, first), lambda: waved(people, second, order))
    (refused,) = failed(results)
    assert refused.problems[0].code == "in_wave"
    assert WaveLine.objects.filter(order_line__order=order).count() == 1
    whole()


def test_twin_without_the_lock_is_stopped_by_the_constraint() -> None:
    """The race is real: only the constraint behind the lock keeps the order from a second wave."""
    people = scene()
    order = approved(people)
    results = together(*[lambda: waved(people, order)] * 2, previous_period=Unlocked(Order))
    assert len(failed(results)) == 1
    assert WaveLine.objects.filter(order_line__order=order).count() == 1


def test_shipped_and_cancelled_at_once() -> None:
    """A cancelled wave would be on the truck."""
    people = scene()
    orders = [approved(people) for _number in range(3)]
    wave = all_picked(people, waved(people, *orders))

    def cancel() -> Any:
        return cancel_wave(wave_id=wave.pk, actor=people.warehouse, now=wave.made_at)

    results = together(lambda: shipped(people, wave), cancel)
    assert len(failed(results)) == 1
    sent = Shipment.objects.count()
    assert (Wave.objects.get().status, sent) in {("shipped", 3), ("cancelled", 0)}
    whole()


def test_frozen_and_picked_at_once() -> None:
    """A lot that the laboratory stopped would leave with whoever was quicker."""
    case = Scene()
    wave = waved(case.people, case.approved(50))
    lot = case.lot("L1")

    def freeze() -> Any:
        return freeze_lot(lot_id=lot.pk, reason="Lab", actor=case.people.warehouse, now=wave.made_at)

    results = together(lambda: all_picked(case.people, wave), freeze)
    assert not isinstance(results[1], Exception)
    sent = together(lambda: shipped(case.people, wave))
    assert len(failed(sent)) == 1
    assert not Shipment.objects.exists()
    whole()
