"""What an ERP does that trusts nobody: it repeats what it got no answer to, and sends what its users typed."""

from typing import Any

import pytest
from django.test import Client

from core.models import Event
from orders.models import Order
from tests.factories.accounts import ApiTokenFactory
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db


def post(person: Any, address: str, body: Any, **headers: str) -> Any:
    token = ApiTokenFactory.create(user=person).secret
    client = Client(headers={"Authorization": f"Token {token}"} | headers, raise_request_exception=False)
    return client.post(f"/api/v1/orders/{address}", body, content_type="application/json")


def test_a_step_that_is_repeated_gets_the_answer_it_had() -> None:
    """An ERP that lost the answer to its approval would be told 409, and somebody would look for an error."""
    scene = stage()
    address = f"{scene.placed().number}/approve/"
    first = post(scene.manager, address, {}, **{"Idempotency-Key": "once"})
    again = post(scene.manager, address, {}, **{"Idempotency-Key": "once"})
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert Event.objects.filter(kind="order.approved").count() == 1
    assert post(scene.manager, address, {}).status_code == 409


ODD_CODES = ["茶", "😀", "\x00", "\u202e", " ", "'; DROP TABLE", "%s", "x" * 64, "x" * 65, "ﬁ", "0", "-1", "\ud800"]


@pytest.mark.parametrize("address", ["", "quote/"])
@pytest.mark.parametrize("code", ODD_CODES, ids=ascii)
def test_an_odd_code_is_a_wrong_line(code: str, address: str) -> None:
    """Whatever was scanned or pasted, the buyer must read which line is wrong."""
    scene: Stage = stage(products=1)
    lines = [{"product": scene.shop.products[0].code, "quantity": 1}, {"product": code, "quantity": 2}]
    reply = post(scene.buyer, address, {"lines": lines, "submit": True})
    assert reply.status_code in ({400} if address == "" else {200, 400}), reply.content
    assert "lines" in reply.content.decode()
    assert not Order.objects.exists()
