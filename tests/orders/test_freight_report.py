"""What carriage costs by carrier and month, and who never reads it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orders.fulfilment.waybills.enums import FreightPayer
from orders.fulfilment.waybills.selectors.freight import read_freight
from orders.fulfilment.waybills.services.freight import record_freight
from orders.fulfilment.waybills.services.packing import PackedParcel, pack_shipment
from orders.fulfilment.waybills.services.waybills import make_waybill
from orders.models import Carrier, Waybill
from tests.factories.accounts import DirectorFactory, OwnerFactory
from tests.factories.orders import CarrierFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.orders.sending import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Stage:
    return stage(on_hand=5000)


def carried(people: Stage, carrier: Carrier, *kilograms: str, agreed: str | None, actual: str | None = None) -> Waybill:
    shipments = sent(people, [2] * len(kilograms), carrier=carrier)
    for shipment, weight in zip(shipments, kilograms, strict=True):
        if weight:
            parcels = [PackedParcel(weight=Decimal(weight))]
            pack_shipment(shipment_id=shipment.pk, parcels=parcels, actor=people.warehouse, now=NOW)
    waybill = make_waybill(shipment_ids=[one.pk for one in shipments], actor=people.warehouse, now=NOW)
    return record_freight(
        waybill_id=waybill.pk,
        actor=people.warehouse,
        now=NOW,
        agreed=agreed and Decimal(agreed),
        actual=actual and Decimal(actual),
        borne_by=FreightPayer.SELLER,
    )


def test_freight_is_summed_up_by_carrier_and_month(people: Stage) -> None:
    """Nobody could say which carrier is dear, and for what."""
    fast, slow = CarrierFactory.create(code="FAST"), CarrierFactory.create(code="SLOW")
    carried(people, fast, "10", "30", agreed="100", actual="80")
    carried(people, fast, "20", agreed="40")
    carried(people, fast, "5", agreed=None)
    old = carried(people, slow, "", agreed="50")
    Waybill.objects.filter(pk=old.pk).update(left_on=date(2026, 10, 31))
    now, before = read_freight(Waybill.objects.all())
    assert (now.month, now.carrier, now.waybills, now.orders) == (date(2026, 11, 1), fast, 3, 4)
    assert (now.weight, now.agreed, now.actual, now.cost) == (Decimal(65), Decimal(140), Decimal(80), Decimal(120))
    assert (now.cost_per_kilogram, now.cost_per_order) == (Decimal("2.00"), Decimal("40.00"))
    assert (before.month, before.carrier, before.cost_per_kilogram, before.cost_per_order) == (
        date(2026, 10, 1), slow, None, Decimal("50.00"),
    )  # fmt: skip


def test_the_page_and_its_files(client: Client, people: Stage) -> None:
    """The month's figures would be typed off the screen into a spreadsheet."""
    fast = CarrierFactory.create(code="FAST", name="Fast Freight")
    waybill = carried(people, fast, "10", "30", agreed="100", actual="80")
    client.force_login(DirectorFactory.create())
    page = client.get(reverse("orders:freight"))
    text = page.content.decode()
    assert waybill.number in text
    assert "Fast Freight" in text
    file: Any = client.get(reverse("orders:freight") + "?export=lines")
    lines = b"".join(file.streaming_content).decode()
    assert "2026-11,Fast Freight,FAST,1,2," in lines
    narrowed = client.get(reverse("orders:freight") + "?carrier=FAST&left_on_after=2026-12-01").content.decode()
    assert waybill.number not in narrowed


def test_a_distributor_reads_the_freight_only_where_it_bears_it(client: Client, people: Stage) -> None:
    """What the carriage costs us is the first thing a buyer would ask off the price."""
    waybill = carried(people, CarrierFactory.create(), "10", agreed="123.45", actual="67.89")
    owner = OwnerFactory.create(distributor=people.shop.distributor)
    pages = [waybill.get_absolute_url(), reverse("orders:waybills"), reverse("orders:order", args=[_order(waybill)])]
    for actor in (owner, people.buyer, people.keeper):
        client.force_login(actor)
        for page in pages:
            text = client.get(page).content.decode()
            assert waybill.number in text
            assert "123.45" not in text
            assert "67.89" not in text
        for address in (reverse("api:waybills-detail", args=[waybill.number]), reverse("api:waybills-list")):
            answer: Any = client.get(address)
            assert "123.45" not in answer.content.decode()
        assert client.get(reverse("api:waybills-detail", args=[waybill.number])).json()["freight"] is None
        assert client.get(reverse("orders:freight")).status_code == 403
        assert client.get(reverse("api:waybills-costs")).status_code == 403
    Waybill.objects.filter(pk=waybill.pk).update(borne_by=FreightPayer.BUYER)
    client.force_login(people.buyer)
    assert "123.45" in client.get(waybill.get_absolute_url()).content.decode()
    assert client.get(reverse("api:waybills-detail", args=[waybill.number])).json()["freight"]["actual"] == "67.8900"
    client.force_login(people.keeper)
    assert "123.45" not in client.get(waybill.get_absolute_url()).content.decode()


def _order(waybill: Waybill) -> str:
    return str(waybill.carried.all()[0].shipment.order.number)


def test_the_report_costs_the_same_for_one_and_for_many(client: Client, people: Stage) -> None:
    """The page of a year would read every waybill twice."""
    client.force_login(DirectorFactory.create())
    counts = []
    for _run in range(2):
        for _waybill in range(3):
            carried(people, CarrierFactory.create(), "10", agreed="5")
        client.get(reverse("orders:freight"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("orders:freight"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
