"""Goods that are followed: a driver signs by phone behind a link; the director reads why orders were late."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from PIL import Image
from playwright.sync_api import expect

from orders.fulfilment.services.shipping import ship_order
from orders.models import Shipment
from orders.ordering.services.approval import approve_order
from tests.e2e.conftest import Visitor
from tests.factories.accounts import DirectorFactory
from tests.factories.orders import CarrierFactory
from tests.orders.clock import NOW
from tests.orders.people import stage
from tests.orders.test_delivery_performance import AFTER, ON_DAY, delivered

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


def test_a_driver_signs_by_phone_and_the_shop_sees_it(
    make_visitor: Callable[..., Visitor], tmp_path: Path, settings: Any
) -> None:
    """The driver stands in the rain before a form that needs an account, and the order page shows yesterday."""
    settings.MEDIA_ROOT = tmp_path
    people = stage()
    for person in (people.warehouse, people.buyer):
        type(person).objects.filter(pk=person.pk).update(language=LANGUAGE)
    type(people.shop.distributor).objects.update(language=LANGUAGE, name_zh="成都锦江商贸")
    order = approve_order(order_id=people.placed().id, actor=people.manager, now=NOW)
    ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)
    shipment = Shipment.objects.get()
    office = make_visitor("desk", LANGUAGE).signed_in(people.warehouse)
    page = office.open(order.get_absolute_url())
    office.follow(page.locator("form[action$='/link/'] button"))
    expect(page.locator("main")).to_contain_text("签收链接已生成")
    office.check()
    office.shoot("delivery-link")
    link = page.locator("#copyable").inner_text()
    watched = make_visitor("desk", LANGUAGE).signed_in(people.buyer)
    shop = watched.open(order.get_absolute_url())
    expect(shop.locator("#order-title")).to_contain_text("运输中")
    photo = BytesIO()
    Image.new("RGB", (320, 240), (200, 200, 190)).save(photo, "JPEG")
    driver = make_visitor("phone", "en")
    phone = driver.open(link[link.index("/delivery/") :])
    expect(phone.locator("main")).to_contain_text("成都锦江商贸")
    driver.check()
    driver.shoot("delivery-open")
    phone.fill("[name=signed_by]", "陈店长")
    phone.set_input_files("[name=photo]", {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()})
    driver.follow(phone.locator("main form button[type=submit]"))
    expect(phone.locator("main")).to_contain_text("已登记签收")
    driver.check()
    driver.shoot("delivery-recorded")
    # The page of the shop, still open, shows it without being touched.
    shop.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(shop.locator("#order-title")).to_contain_text("待收货", timeout=40_000)
    expect(shop.locator("main")).to_contain_text("签收人 陈店长")
    watched.check()
    watched.shoot("order-signed")
    shipment.refresh_from_db()
    assert shipment.proof.signed_by == "陈店长"


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_the_director_reads_where_it_went_wrong(make_visitor: Callable[..., Visitor], screen: str) -> None:
    """A share without its reason: the carrier is blamed for what lay a week in the warehouse."""
    carrier = CarrierFactory.create(code="SF", name_zh="顺丰")
    with transaction.atomic():
        for _number in range(3):
            delivered((10, ON_DAY))
        missed = [delivered((10, AFTER)), delivered((6, ON_DAY))]
    missed[0].shipments.update(carrier=carrier)
    visitor = make_visitor(screen, LANGUAGE).signed_in(DirectorFactory.create(language=LANGUAGE))
    page = visitor.open("/orders/on-time-in-full/?group=carrier")
    expect(page.locator("figcaption")).to_contain_text("应交付 5 单，其中 3 单准时足量")
    expect(page.locator("#delivery-summary")).to_contain_text("顺丰")
    visitor.check()
    visitor.shoot("on-time-in-full")
    visitor.follow(page.locator("#delivery-summary tr", has_text="顺丰").locator("a"))
    expect(page.locator("#results")).to_contain_text(missed[0].number or "")
    expect(page.locator("#results")).not_to_contain_text(missed[1].number or "")
    visitor.check(by_axe=False)
    page = visitor.open("/orders/on-time-in-full/")
    expect(page.locator("#delivery-summary")).to_contain_text("物流延误")
    visitor.shoot("on-time-in-full-steps")
