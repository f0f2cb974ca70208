"""A short line on both screens, in Chinese: it waits with its day, the goods come in, it is filled before anybody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from catalogue.models import Product
from inventory.models import BackOrder, Reservation
from orders.models import Order
from orders.ordering.services.approval import approve_order
from tests.e2e.conftest import Visitor
from tests.factories.inventory import ExpectedReceiptFactory
from tests.orders.people import stage

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_what_is_short_waits_and_is_filled(make_visitor: Callable[..., Visitor], screen: str) -> None:
    """The distributor would be refused what comes in on Thursday, or hear nothing of it when it is there."""
    scene = stage(products=1, on_hand=60)
    (product,) = scene.shop.products
    receipt = ExpectedReceiptFactory.create(
        warehouse=scene.shop.warehouse, product=product, expected_on=timezone.localdate() + timedelta(days=2)
    )
    for person in (scene.buyer, scene.warehouse):
        person.language = LANGUAGE
        person.save()

    def at(person: Any) -> Visitor:
        return make_visitor(screen, LANGUAGE).signed_in(person)

    buyer, keeper = at(scene.buyer), at(scene.warehouse)
    _ordered(buyer, product, screen)
    order = Order.objects.get()

    approve_order(order_id=order.pk, actor=scene.manager, now=timezone.now())
    page = keeper.open(f"{order.get_absolute_url()}ship/")
    expect(page.locator("fieldset input")).to_have_value("60")
    expect(page.locator("fieldset")).to_contain_text("欠货")
    expect(page.locator("fieldset .state-yellow")).to_contain_text("40")
    keeper.check()
    keeper.shoot(f"back-order-shipping-{screen}")
    page = keeper.open("/stock/expected/")
    keeper.check()
    page = keeper.open(receipt.get_absolute_url())
    keeper.check()
    keeper.shoot(f"expected-receipt-{screen}")
    page.locator(f"a[href$='/{receipt.pk}/receive/']").click()
    expect(page.locator("#id_quantity")).to_have_value("100")
    keeper.check()
    page.locator("form.form-page button[type=submit]").click()
    expect(page.locator("form.form-page")).to_have_count(0)
    assert BackOrder.objects.get().quantity == 0
    assert Reservation.objects.get(source_id=order.pk).quantity == 100

    page = buyer.open(order.get_absolute_url())
    expect(page.locator("td .state-yellow")).to_have_count(0)
    buyer.check()
    buyer.shoot(f"back-order-filled-{screen}")


def _ordered(buyer: Visitor, product: Product, screen: str) -> None:
    """What is there now, and the rest as it comes."""
    page = buyer.open("/orders/new/")
    page.fill("#quick-q", product.code)
    page.fill("#quick-quantity", "100")
    page.keyboard.press("Enter")
    line = page.locator(f"#line-{product.pk}")
    expect(line.locator("button[value$=':wait']")).to_contain_text("等全部 100")
    buyer.check()
    buyer.shoot(f"back-order-choices-{screen}")
    line.locator("button[value$=':part']").click()
    expect(line.locator("button[value$=':part']")).to_have_count(0)
    expect(line).to_contain_text("再到 40")
    buyer.check()
    buyer.shoot(f"back-order-chosen-{screen}")
    page.locator("#place-order").click()
    expect(page.locator("h1")).to_contain_text("SO")
    buyer.clicks("buyer: a short line, part now and the rest as a back order")
    expect(page.locator("td .state-yellow")).to_contain_text("40")
    buyer.check()
    buyer.shoot(f"back-order-placed-{screen}")
