"""Two people at the same shipments, and somebody who weighs again while the freight is recorded."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.db import IntegrityError

from core.errors import Conflict
from orders.fulfilment.waybills.enums import FreightPayer
from orders.fulfilment.waybills.selectors.invariants import INVARIANTS
from orders.fulfilment.waybills.services.freight import record_freight
from orders.fulfilment.waybills.services.packing import PackedParcel, pack_shipment
from orders.fulfilment.waybills.services.waybills import deliver_waybill, make_waybill
from orders.models import Parcel, Shipment, Waybill, WaybillShipment
from tests.concurrency.together import Unlocked, failed, succeeded, together
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.orders.sending import sent
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db(transaction=True)


def _make(people: Stage, shipments: Sequence[Shipment]) -> Waybill:
    return make_waybill(shipment_ids=[one.pk for one in shipments], actor=people.warehouse, now=NOW)


def _both_make(unlocked: Unlocked | None = None) -> list[object]:
    people = stage()
    first, second, third = sent(people, (1, 1, 1))
    return together(
        lambda: _make(people, [first, second]),
        lambda: _make(people, [third, second]),
        previous_period=unlocked,
    )


def test_a_shipment_gets_on_one_waybill() -> None:
    """Two lorries would come for one pallet, and both would be paid."""
    done = _both_make()
    assert len(succeeded(done)) == 1
    (error,) = failed(done)
    assert isinstance(error, Conflict)
    assert error.__cause__ is None
    assert (Waybill.objects.count(), WaybillShipment.objects.count()) == (1, 2)
    assert offending_rows(INVARIANTS) == {}


def test_without_the_lock_only_the_database_keeps_it_off_a_second_one() -> None:
    """The twin: whoever was slower is refused by the unique column, and not told which waybill it is on."""
    (error,) = failed(_both_make(Unlocked(WaybillShipment)))
    assert isinstance(error.__cause__, IntegrityError)
    assert "shipment_id" in str(error.__cause__)


def test_weighing_again_while_the_freight_is_recorded() -> None:
    """The shares would be those of the amount before, and no longer add up."""
    people = stage()
    shipments = sent(people, (1, 1))
    waybill = _make(people, shipments)

    def pack(shipment: Shipment, kilograms: int) -> list[Parcel]:
        parcels = [PackedParcel(weight=Decimal(kilograms))]
        return pack_shipment(shipment_id=shipment.pk, parcels=parcels, actor=people.warehouse, now=NOW)

    done = together(
        lambda: pack(shipments[0], 7),
        lambda: pack(shipments[1], 3),
        lambda: record_freight(
            waybill_id=waybill.pk, actor=people.warehouse, now=NOW, agreed=Decimal(100), actual=Decimal("99.99"),
            borne_by=FreightPayer.SELLER,
        ),
    )  # fmt: skip
    assert failed(done) == []
    shares = list(waybill.carried.order_by("pk").values_list("agreed_amount_company", "actual_amount_company"))
    assert shares == [(Decimal(70), Decimal("69.99")), (Decimal(30), Decimal("30.00"))]
    assert offending_rows(INVARIANTS) == {}


def test_a_waybill_is_delivered_once() -> None:
    """The driver's press on a slow phone would deliver, and tell everybody, twice."""
    people = stage()
    waybill = _make(people, sent(people, (1, 1)))
    done = together(
        *[lambda: deliver_waybill(waybill_id=waybill.pk, actor=people.warehouse, now=NOW) for _press in range(3)]
    )
    assert len(succeeded(done)) == 1
    assert {type(error) for error in failed(done)} == {Conflict}
