"""Serial numbers: asked for when goods leave, by form, API and wave; out once until they come back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from core.errors import Conflict, InvalidInput
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.services.serials import record_serials, serials_came_back
from orders.fulfilment.services.shipping import ChosenPieces, ship_order
from orders.fulfilment.waves.services.shipping import ship_wave
from orders.models import Carrier, Order, Shipment, ShipmentLine, ShipmentLot, ShipmentSerial
from orders.pages.views.order_search import find_serials
from orders.papers.selectors.shipment_papers import delivery_notes
from papers.contents import Size
from tests.factories.orders import CarrierFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage
from tests.orders.test_lots import Scene, shipped, whole
from tests.orders.waving import all_picked, approved, line_of, scene, waved

pytestmark = pytest.mark.django_db


def numbered(*, products: int = 1) -> Stage:
    people = scene(products=products)
    Product.objects.filter(pk=people.shop.products[0].pk).update(tracks_serials=True)
    return people


def ship(people: Stage, order: Order, *serials: str, **options: Any) -> Shipment:
    chosen = ChosenPieces(serials={line_of(order).pk: serials})
    return ship_order(order_id=order.pk, actor=people.warehouse, now=NOW, chosen=chosen, **options)


def out() -> list[str]:
    return sorted(ShipmentSerial.objects.filter(returned_at=None).values_list("serial", flat=True))


@pytest.mark.parametrize(
    ("serials", "code", "said"),
    [
        ((), "missing", "2 serial numbers are missing"),
        (("A",), "missing", "1 serial number is missing"),
        (("A", "B", "C"), "too_many", "1 serial number too many"),
        (("A", " ａ"), "twice", "a piece is there twice"),
        (("A", "x" * 65), "too_long", "at most 64 characters"),
    ],
)
def test_as_many_different_serial_numbers_as_pieces_leave(serials: tuple[str, ...], code: str, said: str) -> None:
    """A machine would leave that nobody can name afterwards."""
    people = numbered(products=2)
    order = approved(people, 2)
    with pytest.raises(ShipmentRefused) as refused:
        ship(people, order, *serials)
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == (f"serials.{line_of(order).pk}", code)
    assert said in str(problem.message)
    assert not Shipment.objects.exists()


def test_a_line_without_serial_numbers_takes_none() -> None:
    """Numbers of one machine would stand at another product."""
    people = scene()
    with pytest.raises(ShipmentRefused) as refused:
        ship(people, approved(people, 2), "A", "B")
    assert refused.value.problems[0].code == "unknown"


def test_a_serial_number_is_out_once_until_it_comes_back() -> None:
    """Two customers would have the same machine."""
    people = numbered()
    ship(people, approved(people, 2), "A", "B")
    second = approved(people, 2)
    with pytest.raises(ShipmentRefused) as refused:
        ship(people, second, "ｂ", "C")
    (problem,) = refused.value.problems
    assert (problem.code, "ｂ: shipped already" in str(problem.message)) == ("shipped", True)
    assert serials_came_back(product_id=people.shop.products[0].pk, serials=["b"], at=NOW) == 1
    ship(people, second, "b", "C")
    assert out() == ["A", "C", "b"]
    whole()


def test_what_was_noted_wrongly_is_put_right() -> None:
    """A misread number would stay for ever."""
    people = numbered()
    first, second = ship(people, approved(people, 2), "A", "B"), ship(people, approved(people, 2), "C", "D")
    line, other = ShipmentLine.objects.get(shipment=first), ShipmentLine.objects.get(shipment=second)
    for wrong in ({line.pk: ["A", "B", "C"]}, {other.pk: ["A"]}):
        with pytest.raises(ShipmentRefused):
            record_serials(shipment_id=first.pk, serials=wrong, actor=people.warehouse, now=NOW)
    with pytest.raises(Conflict):
        record_serials(shipment_id=second.pk, serials={other.pk: [" a", "D"]}, actor=people.warehouse, now=NOW)
    record_serials(shipment_id=first.pk, serials={line.pk: ["A", "E"]}, actor=people.warehouse, now=NOW)
    assert out() == ["A", "C", "D", "E"]


def test_a_wave_asks_for_them_line_by_line_and_takes_a_carrier() -> None:
    """A hundred orders in one go would leave without their numbers, and nobody would know with whom."""
    people = numbered()
    carrier = CarrierFactory.create()
    first, second = approved(people, 1), approved(people, 2)
    wave = all_picked(people, waved(people, first, second))
    wanted = {line_of(first).pk: ["A"], line_of(second).pk: ["B", "C"]}
    who = {"wave_id": wave.pk, "actor": people.warehouse, "now": NOW, "carrier_id": carrier.pk}
    with pytest.raises(ShipmentRefused) as refused:
        ship_wave(**who, serials={line_of(first).pk: ["A"]})
    assert [problem.field for problem in refused.value.problems] == [f"serials.{line_of(second).pk}"]
    with pytest.raises(InvalidInput):
        ship_wave(**who, serials={**wanted, 1: ["D"]})
    shipments = ship_wave(**who, serials=wanted)
    assert {one.carrier_id for one in shipments} == {carrier.pk}
    assert out() == ["A", "B", "C"]
    whole()


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_form_says_how_many_are_missing_and_keeps_what_was_scanned() -> None:
    """Forty numbers would be scanned once more."""
    people = numbered()
    order = approved(people, 3)
    line, client, url = line_of(order), client_of(people.warehouse), reverse("orders:ship", args=[order.number])
    assert f'name="serials-{line.pk}"' in client.get(url).content.decode()
    sent = {f"quantity-{line.pk}": 3, f"serials-{line.pk}": "SN-1\nSN-2"}
    refused = client.post(url, sent)
    page = refused.content.decode()
    assert (refused.status_code, "1 serial number is missing" in page, "SN-2" in page) == (400, True, True)
    assert client.post(url, {**sent, f"serials-{line.pk}": "SN-1\nSN-2 SN-3"}).status_code == 302
    assert out() == ["SN-1", "SN-2", "SN-3"]
    page = client.get(reverse("orders:order", args=[order.number])).content.decode()
    assert "SN-1 SN-2 SN-3" in page


def test_the_api_takes_them_and_names_them() -> None:
    """A warehouse system could not ship machines."""
    people = numbered()
    order = approved(people, 1)
    client, url = client_of(people.warehouse), reverse("api:orders-ship", kwargs={"number": order.number})
    refused = client.post(url, {}, content_type="application/json")
    assert refused.status_code == 400
    body = {"serials": [{"line": line_of(order).pk, "serials": ["SN-9"]}]}
    assert client.post(url, body, content_type="application/json").status_code == 200
    shipment = Shipment.objects.get()
    (row,) = client.get(reverse("api:shipments-serials", kwargs={"number": shipment.number})).json()
    assert (row["serial"], row["returned_at"]) == ("SN-9", None)


def test_a_serial_number_leads_to_where_it_went() -> None:
    """Whoever stands before a broken machine would not learn whose it is."""
    people = numbered()
    shipment = ship(people, approved(people, 1), "SN-7")
    (hit,) = find_serials(people.warehouse, "sn-7 ", 5)
    assert (hit.title, shipment.number in hit.subtitle, hit.url) == (
        "SN-7", True, shipment.order.get_absolute_url(),
    )  # fmt: skip
    assert find_serials(people.warehouse, "sn-8", 5) == []
    (note,) = delivery_notes([shipment.pk], size=Size.A4, has_prices=False)
    assert note.rows[0].cells[-1] == "SN-7"


def test_the_ship_form_shows_the_lots_and_takes_others() -> None:
    """Whoever took another pallet would have to ask the office to change it."""
    stock = Scene()
    order = stock.pick(stock.approved(10))
    line, client = line_of(order), client_of(stock.people.warehouse)
    l1, l2 = stock.lot("L1"), stock.lot("L2")
    url = reverse("orders:ship", args=[order.number])
    page = client.get(url).content.decode()
    assert f'name="lot-{line.pk}-{l1.pk}" value="10"' in page
    assert f'name="lot-{line.pk}-{l2.pk}"' in page
    sent = {f"quantity-{line.pk}": 10, f"lot-{line.pk}-{l1.pk}": 4, f"lot-{line.pk}-{l2.pk}": 5}
    refused = client.post(url, sent)
    assert (refused.status_code, "add up to 9 pieces, 10 are shipped" in refused.content.decode()) == (400, True)
    assert client.post(url, {**sent, f"lot-{line.pk}-{l2.pk}": 6}).status_code == 302
    assert shipped(Shipment.objects.get()) == {"L1": 4, "L2": 6}
    page = client.get(reverse("orders:order", args=[order.number])).content.decode()
    assert "L2 × 6" in page
    whole()


def test_fewer_pieces_leave_in_the_lots_they_were_bound_to() -> None:
    """Whoever ships half would have to type the lots as well."""
    stock = Scene()
    order = stock.pick(stock.approved(40))
    line, client = line_of(order), client_of(stock.people.warehouse)
    sent = {
        f"quantity-{line.pk}": 20,
        f"lot-{line.pk}-{stock.lot('L1').pk}": 30,
        f"lot-{line.pk}-{stock.lot('L2').pk}": 10,
    }
    assert client.post(reverse("orders:ship", args=[order.number]), sent).status_code == 302
    assert shipped(Shipment.objects.get()) == {"L1": 20}
    whole()


def test_lots_by_the_api() -> None:
    """The outside warehouse would ship what it has, and the lots here would be wrong."""
    stock = Scene()
    order = stock.approved(10)
    client, url = client_of(stock.people.warehouse), reverse("api:orders-ship", kwargs={"number": order.number})
    lots = [{"lot": stock.lot("L2").pk, "pieces": 10}]
    body = {"lines": [{"line": line_of(order).pk, "quantity": 10, "lots": lots}]}
    assert client.post(url, body, content_type="application/json").status_code == 200
    assert dict(ShipmentLot.objects.values_list("lot__code", "pieces")) == {"L2": 10}


def test_the_page_of_a_wave_ships_it_with_a_carrier() -> None:
    """The carrier would be typed into each of a hundred shipments."""
    people = scene()
    carrier: Carrier = CarrierFactory.create()
    wave = all_picked(people, waved(people, approved(people, 1), approved(people, 2)))
    client = client_of(people.warehouse)
    page = client.get(wave.get_absolute_url()).content.decode()
    assert carrier.display_name in page
    sent = {"carrier": carrier.pk, "version": wave.version}
    assert client.post(reverse("orders:wave-ship", args=[wave.number]), sent).status_code == 302
    assert set(Shipment.objects.values_list("carrier", flat=True)) == {carrier.pk}
