"""A buyer has goods sent straight to a sub-distributor; its keeper counts them on a phone, in Chinese, and sees no price."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from inventory.models import Stock
from orders.fulfilment.services.shipping import ship_order
from orders.models import DeliveryClaim, Order, Shipment
from orders.ordering.services.approval import approve_order
from tests.e2e.conftest import Visitor
from tests.factories.inventory import WarehouseFactory
from tests.orders.dropping import DropStage, drop_stage

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


def test_ordered_by_one_and_received_by_another(make_visitor: Callable[..., Visitor]) -> None:
    """The truck would go to the wrong ramp, or the sub-distributor read what its supplier pays."""
    scene = drop_stage()
    User.objects.update(language=LANGUAGE)
    type(scene.below).objects.filter(pk=scene.below.pk).update(name_zh="低街二批")
    WarehouseFactory.create(distributor=scene.below)
    office = make_visitor("desk", LANGUAGE).signed_in(scene.people.buyer)
    _ordered(office, scene)
    order = Order.objects.get()
    assert order.consignee == scene.below
    now = timezone.now()
    approve_order(order_id=order.pk, actor=scene.people.manager, now=now)
    ship_order(order_id=order.pk, actor=scene.people.warehouse, now=now)
    page = office.open(f"{reverse('orders:list')}?is_drop_shipment=true")
    expect(page.locator("main")).to_contain_text(str(order))
    office.check()
    office.shoot("drop-list")
    _received(make_visitor("phone", LANGUAGE).signed_in(scene.below_keeper), scene)
    for screen in ("desk", "phone"):
        looker = make_visitor(screen, LANGUAGE).signed_in(scene.people.keeper)
        looker.open(order.get_absolute_url())
        looker.check()
        looker.shoot(f"drop-order-{screen}")


def _ordered(office: Visitor, scene: DropStage) -> None:
    product = scene.people.shop.products[0]
    page = office.open(reverse("orders:entry"))
    page.fill("#quick-q", product.code)
    page.fill("#quick-quantity", "6")
    page.keyboard.press("Enter")
    expect(page.locator("#draft")).to_contain_text(product.code)
    page.fill("[name=consignee]", "没有这家")
    page.keyboard.press("Tab")
    expect(page.locator("#id_consignee_error")).to_contain_text("二级经销商")
    office.check()
    office.shoot("drop-refused")
    page.fill("[name=consignee]", scene.below.code)
    page.keyboard.press("Tab")
    expect(page.locator("[name=consignee]")).to_have_value(f"{scene.below.code} – 低街二批")
    expect(page.locator("[name=delivery_address]")).to_contain_text("Low store")
    office.check()
    office.shoot("drop-entry")
    page.locator("#place-order").click()
    expect(page.locator("h1")).to_contain_text("SO")
    expect(page.locator("main, header").filter(has_text="直发").first).to_contain_text("低街二批")
    office.check()
    office.shoot("drop-order")


def _received(phone: Visitor, scene: DropStage) -> None:
    shipment = Shipment.objects.get()
    price = f"{shipment.order.net_amount:.2f}"
    page = phone.open("/")
    expect(page.locator("main")).to_contain_text(shipment.number)
    phone.check()
    phone.shoot("drop-home")
    page = phone.open(reverse("orders:drop-shipments"))
    expect(page.locator("main")).to_contain_text(shipment.number)
    phone.check()
    phone.shoot("drop-shipments")
    page = phone.open(reverse("orders:drop-shipment", args=[shipment.number]))
    expect(page.locator("body")).not_to_contain_text(price)
    phone.check()
    phone.shoot("drop-shipment")
    phone.follow(page.locator("a[href$='/receive/']").first)
    line = shipment.lines.get()
    page.fill(f"[name=quantity-{line.pk}]", "5")
    page.select_option(f"[name=kind-{line.pk}]", "short")
    expect(page.locator("body")).not_to_contain_text(price)
    phone.check()
    phone.shoot("drop-receive")
    phone.follow(page.locator("main form.form-page button[type=submit]"))
    expect(page.locator("main")).to_contain_text(str(DeliveryClaim.objects.get()))
    phone.check()
    phone.shoot("drop-received")
    assert Stock.objects.get(warehouse__distributor=scene.below).on_hand == 5
