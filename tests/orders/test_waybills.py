"""Several orders on one waybill: one tracking number, one freight, one proof, and each shipment its own states."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from channel.enums import FreightTerms
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.services.delivering import deliver_shipment
from orders.fulfilment.services.receiving import receive_shipment
from orders.fulfilment.services.shipping import ship_order
from orders.fulfilment.waybills.enums import FreightPayer
from orders.fulfilment.waybills.permissions import can_see_freight
from orders.fulfilment.waybills.selectors.addresses import goes_with
from orders.fulfilment.waybills.selectors.invariants import INVARIANTS
from orders.fulfilment.waybills.services.freight import record_freight, spread_amount
from orders.fulfilment.waybills.services.packing import PackedParcel, pack_shipment
from orders.fulfilment.waybills.services.waybills import deliver_waybill, dissolve_waybill, make_waybill
from orders.models import Order, ProofOfDelivery, Shipment, Waybill, WaybillShipment
from orders.ordering.enums import OrderStatus
from orders.ordering.services.approval import approve_order
from orders.tracking.services.delivery_links import make_delivery_link
from tests.factories.accounts import OwnerFactory, WarehouseUserFactory
from tests.factories.orders import ShipmentFactory
from tests.factories.waybills import WaybillFactory, WaybillShipmentFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.orders.sending import sent
from tests.orders.test_seller_steps import bought, sold_by_parent

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff\xe0 a photo of six cartons"


@pytest.fixture
def people() -> Stage:
    return stage(on_hand=5000)


@pytest.fixture
def shipments(people: Stage) -> list[Shipment]:
    return sent(people, (5, 3, 2))


def make(people: Stage, shipments: list[Shipment], **more: Any) -> Waybill:
    return make_waybill(shipment_ids=[one.pk for one in shipments], actor=people.warehouse, now=NOW, **more)


def weigh(people: Stage, shipment: Shipment, kilograms: str) -> None:
    parcels = [PackedParcel(weight=Decimal(kilograms))]
    pack_shipment(shipment_id=shipment.pk, parcels=parcels, actor=people.warehouse, now=NOW)


def shares(waybill: Waybill, name: str = "actual_amount_company") -> list[Decimal]:
    return list(waybill.carried.order_by("pk").values_list(name, flat=True))


def test_three_orders_leave_on_one_waybill(people: Stage, shipments: list[Shipment]) -> None:
    """The driver carries three papers with three numbers for one pallet."""
    waybill = make(people, shipments, tracking_number=" SF1000 ")
    assert waybill.number.startswith("WB")
    assert [one.shipment_id for one in waybill.carried.all()] == [one.pk for one in shipments]
    assert set(Shipment.objects.values_list("tracking_number", "status")) == {("SF1000", "shipped")}
    assert goes_with(Shipment.objects.select_related("order").get(pk=shipments[0].pk), actor=people.warehouse) == []
    events = Event.objects.filter(kind="waybill.made")
    assert events.get().extra_subjects.count() == 3


def test_delivering_the_waybill_delivers_each_shipment(people: Stage, shipments: list[Shipment]) -> None:
    """Two of three orders would stay on their way for ever, and nobody is asked to count them."""
    deliver_shipment(shipment_id=shipments[0].pk, actor=people.warehouse, now=NOW)
    other = sent(people, (1,), carrier=shipments[1].carrier)[0]
    waybill = make(people, shipments[1:])
    deliver_waybill(waybill_id=waybill.pk, actor=people.warehouse, now=NOW)
    assert set(Order.objects.filter(shipments__in=shipments).values_list("status", flat=True)) == {
        OrderStatus.DELIVERED
    }
    other.refresh_from_db()
    assert other.status == ShipmentStatus.SHIPPED
    events = Event.objects.filter(kind="order.delivered").order_by("pk")
    assert [(event.data["shipment"], event.data["after"]) for event in events] == [
        (one.number, "delivered") for one in shipments
    ]
    with pytest.raises(Conflict):
        deliver_waybill(waybill_id=waybill.pk, actor=people.warehouse, now=NOW)
    receive_shipment(shipment_id=shipments[1].pk, actor=people.keeper, now=NOW)
    states = list(
        Shipment.objects.filter(pk__in=[one.pk for one in shipments]).order_by("pk").values_list("status", flat=True)
    )
    assert states == ["delivered", "received", "delivered"]


def test_what_does_not_belong_together_is_refused(people: Stage, shipments: list[Shipment]) -> None:
    """A lorry to Chengdu would take goods for Shanghai along."""
    first, second, third = shipments
    Order.objects.filter(pk=second.order_id).update(ship_to={"address": "1 Elsewhere", "city": "Chengdu"})
    with pytest.raises(InvalidInput, match="several addresses"):
        make(people, [first, second])
    other_carrier = sent(people, (1,))[0]
    with pytest.raises(InvalidInput, match="several carriers"):
        make(people, [first, other_carrier])
    stranger = ShipmentFactory.create(carrier=first.carrier, warehouse=first.warehouse)
    with pytest.raises(InvalidInput, match="several distributors"):
        make(people, [first, stranger])
    with pytest.raises(InvalidInput):
        make(people, [])
    with pytest.raises(NotVisible):
        make_waybill(shipment_ids=[first.pk, -1], actor=people.warehouse, now=NOW)
    make(people, [first, third])
    with pytest.raises(Conflict):
        make(people, [first])
    assert Waybill.objects.count() == 1


def test_the_database_keeps_strangers_off_a_waybill() -> None:
    """An address of another distributor's would be on the papers of this one."""
    waybill = WaybillFactory.create()
    WaybillShipmentFactory.create(waybill=waybill)
    with pytest.raises(IntegrityError, match="waybill_of_one_recipient"), transaction.atomic():
        WaybillShipmentFactory.create(waybill=waybill, shipment=ShipmentFactory.create(carrier=waybill.carrier))


def test_who_may_make_deliver_and_dissolve(people: Stage, shipments: list[Shipment]) -> None:
    """A buyer would dissolve the waybill on which its goods travel."""
    for actor in (people.buyer, people.manager):
        with pytest.raises(NotAllowed):
            make_waybill(shipment_ids=[shipments[0].pk], actor=actor, now=NOW)
    waybill = make(people, shipments)
    for actor in (people.buyer, people.keeper):
        with pytest.raises(NotAllowed):
            deliver_waybill(waybill_id=waybill.pk, actor=actor, now=NOW)
        with pytest.raises(NotAllowed):
            dissolve_waybill(waybill_id=waybill.pk, actor=actor, now=NOW)
    stranger = OwnerFactory.create()
    services: list[Any] = [deliver_waybill, dissolve_waybill]
    for service in services:
        with pytest.raises(NotVisible):
            service(waybill_id=waybill.pk, actor=stranger, now=NOW)
        with pytest.raises(StaleVersion):
            service(waybill_id=waybill.pk, actor=people.warehouse, now=NOW, expected_version=99)
    assert not Waybill.objects.visible_to(stranger).exists()
    assert Waybill.objects.visible_to(people.buyer).get() == waybill


def test_a_waybill_made_in_error_is_dissolved_until_it_counts(people: Stage, shipments: list[Shipment]) -> None:
    """One wrong tick, and three orders would travel together for ever."""
    waybill = make(people, shipments, tracking_number="SF1")
    dissolve_waybill(waybill_id=waybill.pk, actor=people.warehouse, now=NOW)
    assert not Waybill.objects.exists()
    waybill = make(people, shipments[:2])
    assert waybill.tracking_number == "SF1"
    record(people, waybill, actual="12.00")
    with pytest.raises(Conflict):
        dissolve_waybill(waybill_id=waybill.pk, actor=people.warehouse, now=NOW)
    record(people, waybill, actual=None)
    deliver_shipment(shipment_id=shipments[0].pk, actor=people.warehouse, now=NOW)
    with pytest.raises(Conflict):
        dissolve_waybill(waybill_id=waybill.pk, actor=people.warehouse, now=NOW)


def record(people: Stage, waybill: Waybill, *, actual: str | None, borne_by: str = FreightPayer.SELLER) -> Waybill:
    return record_freight(
        waybill_id=waybill.pk,
        actor=people.warehouse,
        now=NOW,
        agreed=Decimal(100),
        actual=None if actual is None else Decimal(actual),
        borne_by=borne_by,
    )


def test_freight_is_spread_by_weight_to_the_cent(people: Stage, shipments: list[Shipment]) -> None:
    """A cent a waybill would be missing in the books, and nobody finds it."""
    for shipment, kilograms in zip(shipments, ("1", "1", "1"), strict=True):
        weigh(people, shipment, kilograms)
    waybill = make(people, shipments, agreed=Decimal(100))
    assert shares(waybill, "agreed_amount_company") == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]
    record(people, waybill, actual="0.05")
    assert sum(shares(waybill)) == Decimal("0.05")
    weigh(people, shipments[0], "8")
    assert shares(waybill, "agreed_amount_company") == [Decimal(80), Decimal(10), Decimal(10)]
    assert [list(one.find(10)) for one in INVARIANTS] == [[], [], []]
    WaybillShipment.objects.filter(shipment=shipments[0]).update(actual_amount_company=1)
    assert [bool(list(one.find(10))) for one in INVARIANTS] == [False, True, False]


def test_freight_is_spread_by_pieces_where_a_weight_is_not_known(people: Stage, shipments: list[Shipment]) -> None:
    """The shipment that nobody weighed would travel for nothing."""
    weigh(people, shipments[0], "1000")
    waybill = make(people, shipments, agreed=Decimal(100))
    assert shares(waybill, "agreed_amount_company") == [Decimal(50), Decimal(30), Decimal(20)]
    assert list(waybill.carried.order_by("pk").values_list("weight", flat=True)) == [Decimal(1000), None, None]


@pytest.mark.parametrize("count", [1, 2, 7])
def test_no_share_is_negative_and_they_add_up(count: int) -> None:
    """A remainder on the last shipment would be a refund."""
    for cents in range(20):
        measures = [Decimal(number % 3) for number in range(count)]
        parts = spread_amount(Decimal(cents) / 100, measures, currency="CNY")
        assert sum(parts) == Decimal(cents) / 100
        assert min(parts) >= 0


@pytest.mark.parametrize("amount", ["-1", "0.001", "NaN", "1e12"])
def test_no_amount_of_money_is_refused(people: Stage, shipments: list[Shipment], amount: str) -> None:
    """A wrong sign would make a carrier pay us."""
    waybill = make(people, shipments)
    with pytest.raises(InvalidInput) as refused:
        record(people, waybill, actual=amount)
    assert [problem.field for problem in refused.value.problems] == ["actual"]
    with pytest.raises(InvalidInput):
        record(people, waybill, actual="1", borne_by="nobody")
    waybill.refresh_from_db()
    assert waybill.actual_amount_company is None


def test_the_buyer_bears_the_freight_where_its_terms_say_so(people: Stage, shipments: list[Shipment]) -> None:
    """The seller would pay for what the distributor had agreed to pay."""
    Order.objects.filter(pk__in=[one.order_id for one in shipments[:2]]).update(freight_terms=FreightTerms.BUYER)
    assert make(people, shipments[:2]).borne_by == FreightPayer.BUYER
    assert make(people, shipments[2:]).borne_by == FreightPayer.SELLER


def test_one_proof_covers_the_waybill(
    client: Client, people: Stage, shipments: list[Shipment], settings: Any, tmp_path: Any
) -> None:
    """The driver would take the same photo three times, and forget the third."""
    settings.MEDIA_ROOT = tmp_path
    alone = sent(people, (1,), carrier=shipments[0].carrier)[0]
    make(people, shipments)
    _link, replaced = make_delivery_link(shipment_id=shipments[0].pk, actor=people.warehouse, now=NOW)
    _link, secret = make_delivery_link(shipment_id=shipments[1].pk, actor=people.warehouse, now=NOW)
    assert client.get(reverse("orders:delivery", args=[replaced])).status_code == 404
    page = client.get(reverse("orders:delivery", args=[secret])).content.decode()
    assert [one.number in page for one in [*shipments, alone]] == [True, True, True, False]
    photo = SimpleUploadedFile("photo.jpg", JPEG)
    address = reverse("orders:delivery", args=[secret])
    assert client.post(address, {"signed_by": "李明", "photo": photo}).status_code == 302
    assert set(ProofOfDelivery.objects.values_list("shipment", "signed_by")) == {(one.pk, "李明") for one in shipments}
    assert set(Shipment.objects.filter(carriage__isnull=False).values_list("status", flat=True)) == {"delivered"}
    alone.refresh_from_db()
    assert alone.status == ShipmentStatus.SHIPPED
    kinds = list(
        Event.objects.filter(kind__in=["order.delivered", "order.proof_recorded"]).values_list("kind", flat=True)
    )
    assert sorted(kinds) == ["order.delivered"] * 3 + ["order.proof_recorded"] * 3
    client.force_login(people.buyer)
    for shipment in shipments:
        answer: Any = client.get(reverse("orders:delivery-proof", args=[shipment.number]))
        assert b"".join(answer.streaming_content) == JPEG


def test_links_made_before_the_waybill_end_with_its_proof(
    client: Client, people: Stage, shipments: list[Shipment], settings: Any, tmp_path: Any
) -> None:
    """A second driver would be asked for a photo of goods that are signed for, and the page would never say why."""
    settings.MEDIA_ROOT = tmp_path
    secrets = [make_delivery_link(shipment_id=one.pk, actor=people.warehouse, now=NOW)[1] for one in shipments[:2]]
    make(people, shipments)
    address, other = (reverse("orders:delivery", args=[secret]) for secret in secrets)
    photo = SimpleUploadedFile("photo.jpg", JPEG)
    assert client.post(address, {"signed_by": "李明", "photo": photo}).status_code == 302
    assert "The delivery is recorded." in client.get(address).content.decode()
    assert client.get(other).status_code == 404
    assert ProofOfDelivery.objects.count() == 3


def test_a_waybill_costs_the_same_for_two_and_for_ten_shipments(people: Stage) -> None:
    """Ten orders in one lorry would be ten times the work."""

    def statements(count: int) -> tuple[int, int]:
        shipments = sent(people, [1] * count)
        with CaptureQueriesContext(connection) as making:
            waybill = make(people, shipments, agreed=Decimal(10))
        with CaptureQueriesContext(connection) as delivering:
            deliver_waybill(waybill_id=waybill.pk, actor=people.warehouse, now=NOW)
        return len(making), len(delivering)

    assert statements(2) == statements(10)


def test_what_a_distributor_sells_it_packs_and_sends_itself() -> None:
    """The brand would read to whom its distributors sell, and what their carriage costs."""
    place, owner = sold_by_parent()
    order = bought(place)
    approve_order(order_id=order.pk, actor=owner, now=NOW)
    shipment = ship_order(order_id=order.pk, actor=owner, now=NOW)
    pack_shipment(shipment_id=shipment.pk, parcels=[PackedParcel(weight=Decimal(4))], actor=owner, now=NOW)
    waybill = make_waybill(shipment_ids=[shipment.pk], actor=owner, now=NOW, agreed=Decimal(9))
    record_freight(
        waybill_id=waybill.pk, actor=owner, now=NOW, agreed=Decimal(9), actual=Decimal(8), borne_by=FreightPayer.SELLER
    )
    brand = WarehouseUserFactory.create()
    assert not Waybill.objects.visible_to(brand).exists()
    with pytest.raises(NotVisible):
        make_waybill(shipment_ids=[shipment.pk], actor=brand, now=NOW)
    with pytest.raises(NotVisible):
        dissolve_waybill(waybill_id=waybill.pk, actor=brand, now=NOW)
    buyer = OwnerFactory.create(distributor=place.distributor)
    assert [can_see_freight(actor, waybill) for actor in (owner, buyer, brand)] == [True, False, False]
    with pytest.raises(NotAllowed):
        record_freight(
            waybill_id=waybill.pk, actor=buyer, now=NOW, agreed=None, actual=None, borne_by=FreightPayer.SELLER
        )
