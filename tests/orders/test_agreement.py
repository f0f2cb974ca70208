"""What a person agreed to is what is placed: more than they saw is refused, with both figures."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from inventory.models import Reservation
from orders.models import Order
from orders.ordering.enums import OrderStatus
from tests.orders.people import Stage, stage
from tests.orders.test_api_orders import body_of, caller

pytestmark = pytest.mark.django_db

SEEN, RISEN = Decimal("1419.95"), Decimal("1751.57")  # four pieces of them are 5,679.80 and 7,006.28


@pytest.fixture
def scene() -> Stage:
    people = stage(products=1)
    people.shop.price_list.prices.update(amount=SEEN)
    return people


def _shown(client: Client, name: str) -> str:
    """What the button "Place order" sends along under a name."""
    page = client.get(reverse("orders:entry")).content.decode()
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def _place(client: Client) -> str:
    names = ("draft", "version", "key", "agreed_total", "agreed_prices")
    return str(client.post(reverse("orders:entry-place"), {name: _shown(client, name) for name in names}).url)


def test_a_price_that_rose_meanwhile_is_refused_with_both_figures(client: Client, scene: Stage) -> None:
    """The buyer looked at 5,679.80, pressed, and owed 7,006.28."""
    client.force_login(scene.buyer)
    client.post(reverse("orders:entry-add"), {"q": scene.shop.products[0].code, "quantity": "4"})
    sent = {name: _shown(client, name) for name in ("draft", "version", "key", "agreed_total", "agreed_prices")}
    assert sent["agreed_total"].startswith("5679.80")
    scene.shop.price_list.prices.update(amount=RISEN)

    answer = client.post(reverse("orders:entry-place"), sent)

    assert answer.url == reverse("orders:entry")
    page = client.get(answer.url).content.decode()
    for figure in ("5,679.80", "7,006.28", "1,419.95", "1,751.57"):
        assert figure in page
    assert (Order.objects.get().status, Reservation.objects.count()) == (OrderStatus.DRAFT, 0)
    # The page asks again with what it shows now.
    assert _place(client) == Order.objects.get().get_absolute_url()
    assert Order.objects.get().net_amount == Decimal("7006.28")


def test_a_price_that_fell_is_the_buyers(client: Client, scene: Stage) -> None:
    """Nobody minds to pay less, and a press would do nothing."""
    client.force_login(scene.buyer)
    client.post(reverse("orders:entry-add"), {"q": scene.shop.products[0].code, "quantity": "4"})
    scene.shop.price_list.prices.update(amount=Decimal(1000))
    assert _place(client) == Order.objects.get().get_absolute_url()
    assert Order.objects.get().net_amount == Decimal(4000)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"agreed_total": "5679.80"}, "agreed_total"), ({"price": "1419.95"}, "lines.0.agreed_unit_price")],
)
def test_an_erp_says_what_it_saw(scene: Stage, said: dict[str, str], field: str) -> None:
    """An ERP would book other prices than it is charged."""
    call = caller(scene.buyer)
    body = body_of(scene.shop, quantity=4)
    if "price" in said:
        body["lines"][0]["agreed_unit_price"] = said["price"]
    else:
        body |= said
    scene.shop.price_list.prices.update(amount=RISEN)

    reply = call("post", "orders/", body, Idempotency_Key="once")
    assert (reply.status_code, Order.objects.count()) == (409, 0)
    (problem,) = reply.json()["errors"]
    assert (problem["code"], problem["attr"]) == ("costs_more", field)

    scene.shop.price_list.prices.update(amount=SEEN)
    assert call("post", "orders/", body, Idempotency_Key="twice").status_code == 201


def test_an_erp_says_what_it_saw_of_a_draft(scene: Stage) -> None:
    """A draft that somebody looked at is placed at the prices of another day."""
    call = caller(scene.buyer)
    body = body_of(scene.shop, quantity=4, submit=False)
    call("post", "orders/", body, Idempotency_Key="draft")
    number = Order.objects.get().reference
    code = scene.shop.products[0].code
    scene.shop.price_list.prices.update(amount=RISEN)

    prices = {"agreed_prices": [{"product": code, "unit_price": "1419.95"}]}
    refused = call("post", f"orders/{number}/submit/", prices, Idempotency_Key="one")
    assert refused.status_code == 409
    assert "1,419.95" in refused.json()["errors"][0]["detail"]
    assert "1,751.57" in refused.json()["errors"][0]["detail"]
    unknown = {"agreed_prices": [{"product": "nothing", "unit_price": "1"}]}
    assert call("post", f"orders/{number}/submit/", unknown, Idempotency_Key="two").status_code == 400
    agreed = {"agreed_total": "7006.28", "agreed_prices": [{"product": code, "unit_price": "1751.57"}]}
    assert call("post", f"orders/{number}/submit/", agreed, Idempotency_Key="three").status_code == 200
