"""Packing into parcels: what each weighs and holds, never more than was shipped, and only before the goods arrive."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.invariants import Invariant
from core.models import Event
from orders.fulfilment.services.delivering import deliver_shipment
from orders.fulfilment.waybills.selectors.invariants import INVARIANTS
from orders.fulfilment.waybills.selectors.weights import shipment_weights
from orders.fulfilment.waybills.services.packing import PackedParcel, pack_shipment
from orders.models import Parcel, ParcelLine, Shipment
from tests.factories.accounts import ManagerFactory, WarehouseUserFactory
from tests.factories.orders import ShipmentLineFactory
from tests.factories.waybills import ParcelFactory, ParcelLineFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.orders.sending import sent

pytestmark = pytest.mark.django_db
KG = Decimal("12.5")


@pytest.fixture
def people() -> Stage:
    return stage()


@pytest.fixture
def shipment(people: Stage) -> Shipment:
    return sent(people)[0]


def pack(people: Stage, shipment: Shipment, *parcels: PackedParcel) -> list[Parcel]:
    return pack_shipment(shipment_id=shipment.pk, parcels=parcels, actor=people.warehouse, now=NOW)


def lines_of(shipment: Shipment) -> list[int]:
    return list(shipment.lines.order_by("pk").values_list("pk", flat=True))


def broken(name: str) -> list[object]:
    (invariant,) = [one for one in INVARIANTS if isinstance(one, Invariant) and one.name == name]
    return list(invariant.find(10))


def test_packing_replaces_what_was_packed(people: Stage, shipment: Shipment) -> None:
    """After the third try a pallet of five cartons would stand there as twelve."""
    first, second = lines_of(shipment)
    pack(people, shipment, *[PackedParcel(weight=KG)] * 4)
    pack(
        people,
        shipment,
        PackedParcel(weight=KG, length=60, width=40, height=35, tracking_number=" SF1 ", contents={first: 3}),
        PackedParcel(weight=Decimal("2.25"), contents={first: 2, second: 5}),
    )
    rows = list(Parcel.objects.filter(shipment=shipment))
    assert [(row.position, row.weight, row.size, row.tracking_number) for row in rows] == [
        (1, Decimal("12.500"), "60 × 40 × 35", "SF1"),
        (2, Decimal("2.250"), "", ""),
    ]
    assert sorted(ParcelLine.objects.values_list("parcel__position", "shipment_line", "pieces")) == [
        (1, first, 3), (2, first, 2), (2, second, 5),
    ]  # fmt: skip
    event = Event.objects.filter(kind="order.packed").order_by("-pk")[0]
    assert (event.data["parcels"], event.data["weight"]) == (2, "14.750")
    pack(people, shipment)
    assert not Parcel.objects.filter(shipment=shipment).exists()


def test_parcels_hold_no_more_than_was_shipped(people: Stage, shipment: Shipment) -> None:
    """The customer counts six pieces by our own list and gets five."""
    first, _second = lines_of(shipment)
    pack(people, shipment, PackedParcel(weight=KG, contents={first: 5}))
    with pytest.raises(InvalidInput) as refused:
        pack(
            people, shipment, PackedParcel(weight=KG, contents={first: 3}), PackedParcel(weight=KG, contents={first: 3})
        )
    assert [problem.field for problem in refused.value.problems] == ["parcels.1.contents"]
    assert ParcelLine.objects.get().pieces == 5
    assert broken("orders.parcels_within_shipment") == []


def test_the_database_refuses_too_full_parcels_and_those_of_another_shipment(people: Stage, shipment: Shipment) -> None:
    """What no service checks, an import or a repair by hand would do."""
    line = shipment.lines.order_by("pk")[0]
    parcel = ParcelFactory.create(shipment=shipment)
    with pytest.raises(IntegrityError, match="parcels_within_shipment"), transaction.atomic():
        ParcelLineFactory.create(parcel=parcel, shipment_line=line, pieces=line.quantity + 1)
    with pytest.raises(IntegrityError, match="parcels_within_shipment"), transaction.atomic():
        ParcelLineFactory.create(parcel=parcel, shipment_line=ShipmentLineFactory.create())
    ParcelLineFactory.create(parcel=parcel, shipment_line=line, pieces=line.quantity)


@pytest.mark.parametrize(
    ("parcel", "field"),
    [
        (PackedParcel(weight=Decimal(0)), "weight"),
        (PackedParcel(weight=Decimal(-1)), "weight"),
        (PackedParcel(weight=Decimal("NaN")), "weight"),
        (PackedParcel(weight=Decimal(100_001)), "weight"),
        (PackedParcel(weight=KG, length=0), "length"),
        (PackedParcel(weight=KG, width=-4), "width"),
        (PackedParcel(weight=KG, height=10_001), "height"),
        (PackedParcel(weight=KG, contents={-1: 1}), "contents"),
    ],
)
def test_what_no_parcel_is_like_is_refused(people: Stage, shipment: Shipment, parcel: PackedParcel, field: str) -> None:
    """A slip of the finger would weigh a pallet of feathers."""
    pack(people, shipment, PackedParcel(weight=KG))
    with pytest.raises(InvalidInput) as refused:
        pack(people, shipment, parcel)
    assert [problem.field for problem in refused.value.problems] == [f"parcels.0.{field}"]
    assert Parcel.objects.get().weight == KG


def test_a_negative_quantity_in_a_parcel_is_refused(people: Stage, shipment: Shipment) -> None:
    """It would make room for goods that were never shipped."""
    first, _second = lines_of(shipment)
    for pieces in (0, -1):
        with pytest.raises(InvalidInput):
            pack(people, shipment, PackedParcel(weight=KG, contents={first: pieces}))


def test_who_may_pack_and_when(people: Stage, shipment: Shipment) -> None:
    """The buyer would change what the driver signed for."""
    for actor, error in (
        (people.buyer, NotAllowed),
        (people.manager, NotAllowed),
        (ManagerFactory.create(), NotVisible),
    ):
        with pytest.raises(error):
            pack_shipment(shipment_id=shipment.pk, parcels=[PackedParcel(weight=KG)], actor=actor, now=NOW)
    with pytest.raises(NotVisible):
        pack_shipment(shipment_id=-1, parcels=[], actor=people.warehouse, now=NOW)
    deliver_shipment(shipment_id=shipment.pk, actor=people.warehouse, now=NOW)
    with pytest.raises(Conflict):
        pack(people, shipment, PackedParcel(weight=KG))
    assert not Parcel.objects.exists()


def test_a_shipment_weighs_what_its_parcels_weigh_else_what_its_goods_do(people: Stage, shipment: Shipment) -> None:
    """The freight of a lorry would be split by weights that nobody can explain."""
    assert shipment_weights([shipment.pk]) == {}
    for product in people.shop.products:
        type(product).objects.filter(pk=product.pk).update(weight=Decimal("0.5"))
    assert shipment_weights([shipment.pk]) == {shipment.pk: Decimal("5.000")}
    pack(people, shipment, PackedParcel(weight=KG), PackedParcel(weight=KG))
    assert shipment_weights([shipment.pk]) == {shipment.pk: Decimal("25.000")}


def test_packing_costs_the_same_for_one_and_for_thirty_parcels(people: Stage, shipment: Shipment) -> None:
    """A container of three hundred cartons would lock its order for a minute."""
    first, second = lines_of(shipment)
    actor = WarehouseUserFactory.create()

    def statements(count: int) -> int:
        parcels = [PackedParcel(weight=KG, contents={first: 1} if number < 5 else {}) for number in range(count)]
        pack_shipment(shipment_id=shipment.pk, parcels=parcels, actor=actor, now=NOW)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            pack_shipment(shipment_id=shipment.pk, parcels=parcels, actor=actor, now=NOW)
        return len(queries)

    assert second
    assert statements(1) == statements(30) <= 25
