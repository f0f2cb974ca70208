"""Packing and waybills on pages and over the API."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orders.fulfilment.waybills.services.waybills import make_waybill
from orders.models import Parcel, ParcelLine, Shipment, Waybill
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.orders.sending import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Stage:
    return stage(on_hand=5000)


@pytest.fixture
def shipment(people: Stage) -> Shipment:
    return sent(people)[0]


@pytest.fixture
def warehouse(client: Client, people: Stage) -> Client:
    client.force_login(people.warehouse)
    return client


def pack_url(shipment: Shipment) -> str:
    return reverse("orders:pack", args=[shipment.number])


def test_the_packing_form_makes_parcels_that_are_alike(warehouse: Client, people: Stage, shipment: Shipment) -> None:
    """Ten cartons would be typed ten times."""
    first, second = people.shop.products
    for product in (first, second):
        type(product).objects.filter(pk=product.pk).update(weight=Decimal("0.5"))
    page = warehouse.get(pack_url(shipment)).content.decode()
    assert 'value="5"' in page  # ten pieces of half a kilogram
    sent_rows = {
        "rows": 2, "count-0": 2, "weight-0": "12.5", "length-0": "60", "width-0": "40", "height-0": "30",
        "contents-0": f"{first.code} 2; {second.code.lower()} 1", "count-1": "", "weight-1": "1", "tracking_number-1": "T9",
    }  # fmt: skip
    assert warehouse.post(pack_url(shipment), sent_rows).status_code == 302
    assert list(Parcel.objects.values_list("weight", "length", "tracking_number")) == [
        (Decimal("12.500"), 60, ""), (Decimal("12.500"), 60, ""), (Decimal("1.000"), None, "T9"),
    ]  # fmt: skip
    assert sorted(ParcelLine.objects.values_list("parcel__position", "pieces")) == [(1, 1), (1, 2), (2, 1), (2, 2)]
    again = warehouse.get(pack_url(shipment)).content.decode()
    assert again.count("<fieldset") == 2
    assert f'value="{first.code} 2; {second.code} 1"' in again
    order_page = warehouse.get(shipment.get_absolute_url()).content.decode()
    assert "3 parcels, 26" in order_page


def test_one_row_more_keeps_what_was_typed(warehouse: Client, shipment: Shipment) -> None:
    """A press on the wrong button, and all weights are gone."""
    page = warehouse.post(pack_url(shipment), {"rows": 1, "weight-0": "7.25", "more": "1"}).content.decode()
    assert page.count("<fieldset") == 2
    assert 'value="7.25"' in page
    assert not Parcel.objects.exists()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"count-0": "2"}, "weight-0"),
        ({"weight-0": "-1"}, "weight-0"),
        ({"weight-0": "abc"}, "weight-0"),
        ({"weight-0": "1", "contents-0": "NOBODY-KNOWS 3"}, "contents-0"),
        ({"weight-0": "1", "contents-0": "{code} 6"}, "contents-0"),
        ({"weight-0": "1", "contents-0": "{code} many"}, "contents-0"),
        ({"weight-0": "1", "count-0": "0"}, "count-0"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    warehouse: Client, people: Stage, shipment: Shipment, fields: dict[str, str], wrong: str
) -> None:
    """The form would come back, and nobody knows which of thirty fields it means."""
    code = people.shop.products[0].code
    typed = {name: value.format(code=code) for name, value in fields.items()}
    answer = warehouse.post(pack_url(shipment), {"rows": 1, **typed})
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {wrong}
    assert not Parcel.objects.exists()


def test_parcels_over_the_api(warehouse: Client, shipment: Shipment) -> None:
    """The scale of the warehouse would need somebody who types."""
    address = reverse("api:packing-parcels", args=[shipment.number])
    line = shipment.lines.order_by("pk")[0]
    parcel = {"weight": "12.5", "length": 60, "lines": [{"line": line.pk, "pieces": 2}, {"line": line.pk, "pieces": 3}]}
    answer = warehouse.put(address, {"parcels": [parcel, {"weight": 1}]}, "application/json")
    assert answer.status_code == 200, answer.content
    assert [one["weight"] for one in answer.json()] == ["12.500", "1.000"]
    assert [(one["line"], one["pieces"]) for one in answer.json()[0]["lines"]] == [(line.pk, 5)]
    assert warehouse.get(address).json() == answer.json()
    for wrong in ({"weight": "1", "lines": [{"line": line.pk, "pieces": 6}]}, {"weight": "0"}, {"weight": "-1"}, {}):
        assert warehouse.put(address, {"parcels": [wrong]}, "application/json").status_code == 400
    assert Parcel.objects.count() == 2


def test_a_waybill_on_the_pages(warehouse: Client, people: Stage) -> None:
    """The warehouse would write three labels by hand."""
    shipments = sent(people, (5, 3, 2))
    page = warehouse.get(reverse("orders:waybill-new") + f"?shipment={shipments[1].number}")
    assert [label for _value, label in page.context["form"].fields["shipments"].choices] == [
        f"{one.number} · {one.order}" for one in (shipments[1], shipments[0], shipments[2])
    ]
    form = {"shipments": [one.pk for one in shipments[:2]], "tracking_number": "SF7", "agreed": "99.5"}
    answer = warehouse.post(reverse("orders:waybill-new") + f"?shipment={shipments[1].number}", form)
    waybill = Waybill.objects.get()
    assert answer["Location"] == waybill.get_absolute_url()
    text = warehouse.get(waybill.get_absolute_url()).content.decode()
    assert "99.50" in text
    assert [one.number in text for one in shipments] == [True, True, False]
    assert waybill.number in warehouse.get(reverse("orders:waybills") + "?q=" + shipments[0].number).content.decode()
    assert waybill.number not in warehouse.get(reverse("orders:waybills") + "?status=delivered").content.decode()
    assert f"Waybill {waybill.number}" in warehouse.get(shipments[0].get_absolute_url()).content.decode()
    freight = {"agreed": "99.5", "actual": "101", "borne_by": "buyer", "version": waybill.version}
    address = reverse("orders:waybill-freight", args=[waybill.number])
    assert warehouse.post(address, freight | {"actual": "0.001"}).status_code == 400
    assert warehouse.post(address, freight).status_code == 302
    waybill.refresh_from_db()
    assert (waybill.actual_amount_company, waybill.borne_by) == (Decimal(101), "buyer")
    assert warehouse.post(reverse("orders:waybill-dissolve", args=[waybill.number])).status_code == 409
    assert warehouse.post(reverse("orders:waybill-deliver", args=[waybill.number])).status_code == 302
    assert list(Shipment.objects.order_by("pk").values_list("status", flat=True)) == [
        "delivered",
        "delivered",
        "shipped",
    ]


def test_a_shipment_that_cannot_go_along_is_refused_on_the_page(warehouse: Client, people: Stage) -> None:
    """A form that was open since yesterday would send a lorry twice."""
    shipments = sent(people, (5, 3))
    address = reverse("orders:waybill-new") + f"?shipment={shipments[0].number}"
    body: dict[str, Any] = {"shipments": [one.pk for one in shipments]}
    assert warehouse.post(address, body).status_code == 302
    assert warehouse.post(address, body).status_code == 400
    assert Waybill.objects.count() == 1
    assert warehouse.get(reverse("orders:waybill-new") + "?shipment=nobody").status_code == 404


def test_a_waybill_over_the_api(warehouse: Client, people: Stage) -> None:
    """The carrier's own program would learn of one order in three."""
    shipments = sent(people, (5, 3, 2))
    address = reverse("api:waybills-list")
    body: dict[str, Any] = {"shipments": [one.number for one in shipments[:2]], "tracking_number": "T1", "agreed": "10"}
    unknown = warehouse.post(address, {"shipments": ["nobody"]}, "application/json")
    assert (unknown.status_code, unknown.json()["errors"][0]["attr"]) == (400, "shipments")
    made = warehouse.post(address, body, "application/json", headers={"Idempotency-Key": "k-1"})
    again = warehouse.post(address, body, "application/json", headers={"Idempotency-Key": "k-1"})
    assert (made.status_code, made.json()) == (201, again.json())
    number = made.json()["number"]
    assert [one["shipment"] for one in made.json()["shipments"]] == body["shipments"]
    assert made.json()["freight"] == {
        "currency": Waybill.objects.get().currency, "borne_by": "seller", "agreed": "10.0000", "actual": None,
    }  # fmt: skip
    shipment = warehouse.get(reverse("api:shipments-detail", args=[shipments[0].number])).json()
    assert (shipment["waybill"], shipment["tracking_number"]) == (number, "T1")
    detail = reverse("api:waybills-detail", args=[number])
    stale = warehouse.post(f"{detail}deliver/", headers={"If-Match": '"99"'})
    assert stale.status_code == 412
    freight = {"agreed": "10", "actual": "12.5", "borne_by": "seller"}
    assert warehouse.put(f"{detail}freight/", freight, "application/json").json()["freight"]["actual"] == "12.5000"
    assert warehouse.delete(detail).status_code == 409
    costs = warehouse.get(reverse("api:waybills-costs")).json()
    assert [(one["month"], one["waybills"], one["orders"], one["cost"]) for one in costs] == [
        ("2026-11-01", 1, 2, "12.5000")
    ]
    assert warehouse.post(f"{detail}deliver/").status_code == 200
    assert warehouse.post(f"{detail}deliver/").status_code == 409
    other = warehouse.post(address, {"shipments": [shipments[2].number]}, "application/json").json()["number"]
    assert warehouse.delete(reverse("api:waybills-detail", args=[other])).status_code == 204
    assert Waybill.objects.get().number == number


def test_the_list_of_waybills_costs_the_same_at_any_length(warehouse: Client, people: Stage) -> None:
    """The warehouse opens it forty times a day."""
    counts = []
    for _run in range(2):
        for shipment in sent(people, (1, 1, 1)):
            make_waybill(shipment_ids=[shipment.pk], actor=people.warehouse, now=NOW)
        for address in (reverse("orders:waybills"), reverse("api:waybills-list")):
            warehouse.get(address)
            with CaptureQueriesContext(connection) as queries:
                warehouse.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 20
