"""The warehouse packs, in Chinese, puts two orders on one waybill, records the freight; the driver signs once for both."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from orders.models import Parcel, Shipment, Waybill
from tests.e2e.conftest import Visitor
from tests.factories.accounts import DirectorFactory
from tests.factories.orders import CarrierFactory
from tests.orders.people import Stage, stage
from tests.orders.sending import sent

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"
SUBMIT = "main form.form-page button[type=submit].btn-primary"


def _chinese(scene: Stage) -> None:
    scene.shop.distributor.name_zh, scene.shop.distributor.language = "杭州骑行", LANGUAGE
    scene.shop.distributor.save()
    for product, name in zip(scene.shop.products, ("山地车", "头盔"), strict=True):
        product.name_zh, product.weight = name, Decimal("1.5")
        product.save()
    for person in (scene.warehouse, scene.buyer):
        person.language = LANGUAGE
        person.save()


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_two_orders_on_one_waybill(
    make_visitor: Callable[..., Visitor], screen: str, settings: Any, tmp_path: Any
) -> None:
    """Whoever cannot pack and send together on the page writes waybills by hand, and the freight stands nowhere."""
    settings.MEDIA_ROOT = tmp_path
    scene = stage()
    _chinese(scene)
    carrier = CarrierFactory.create(code="SF", name="SF Express", name_zh="顺丰速运")
    shipments = sent(scene, (4, 2), carrier=carrier)
    visitor = make_visitor(screen, LANGUAGE).signed_in(scene.warehouse)
    page = visitor.open(shipments[0].get_absolute_url())
    visitor.check()
    visitor.shoot(f"waybill-order-{screen}")
    _pack(visitor, scene, screen)
    visitor.follow(page.locator("a[href*='/waybills/new/']"))
    page.fill("[name=tracking_number]", "SF1000200030")
    page.fill("[name=agreed]", "88")
    visitor.check()
    visitor.shoot(f"waybill-new-{screen}")
    visitor.follow(page.locator(SUBMIT))
    waybill = Waybill.objects.get()
    expect(page.locator("h1")).to_contain_text(waybill.number)
    for shipment in shipments:
        expect(page.locator("main")).to_contain_text(shipment.number)
    visitor.check()
    visitor.shoot(f"waybill-{screen}")
    visitor.follow(page.locator("a[href$='/freight/']").last)
    page.fill("[name=actual]", "90.5")
    visitor.check()
    visitor.shoot(f"waybill-freight-{screen}")
    visitor.follow(page.locator(SUBMIT))
    expect(page.locator("main")).to_contain_text("90.50")
    page = visitor.open(reverse("orders:waybills"))
    expect(page.locator("main")).to_contain_text(waybill.number)
    visitor.check()
    visitor.shoot(f"waybills-{screen}")
    _sign_once(make_visitor, visitor, waybill, screen, tmp_path)
    assert Parcel.objects.count() == 3
    assert set(Shipment.objects.values_list("tracking_number", "status")) == {("SF1000200030", "delivered")}
    director = make_visitor(screen, LANGUAGE).signed_in(DirectorFactory.create(language=LANGUAGE))
    page = director.open(reverse("orders:freight"))
    expect(page.locator("main")).to_contain_text("顺丰速运")
    director.check()
    director.shoot(f"freight-{screen}")
    buyer = make_visitor(screen, LANGUAGE).signed_in(scene.buyer)
    page = buyer.open(waybill.get_absolute_url())
    expect(page.locator("main")).not_to_contain_text("90.50")
    buyer.check()
    buyer.shoot(f"waybill-buyer-{screen}")


def _pack(visitor: Visitor, scene: Stage, screen: str) -> None:
    """Two parcels that are alike, and one of which it is noted what is in it."""
    page = visitor.page
    visitor.follow(page.locator("a[href$='/pack/']"))
    expect(page.locator("main")).to_contain_text("按产品资料计 12.0 公斤")
    page.fill("[name=count-0]", "2")
    page.fill("[name=weight-0]", "6.25")
    visitor.follow(page.locator("button[name=more]"))
    expect(page.locator("[name=weight-0]")).to_have_value("6.25")
    page.fill("[name=weight-1]", "1.5")
    page.fill("[name=contents-1]", f"{scene.shop.products[1].code} 1")
    visitor.check()
    visitor.shoot(f"waybill-pack-{screen}")
    visitor.follow(page.locator(SUBMIT))
    expect(page.locator("main")).to_contain_text("3 个包裹，14.0 公斤")


def _sign_once(
    make_visitor: Callable[..., Visitor], visitor: Visitor, waybill: Waybill, screen: str, folder: Any
) -> None:
    """The driver's link of the waybill, used without signing in."""
    page = visitor.open(waybill.get_absolute_url())
    visitor.follow(page.locator("form[action$='/link/'] button[type=submit]"))
    link = page.locator("main").inner_text()
    address = next(word for word in link.split() if "/delivery/" in word)
    photo = folder / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 a photo of six cartons")
    driver = make_visitor(screen, LANGUAGE)
    page = driver.open(address[address.index("/delivery/") :])
    expect(page.locator("main")).to_contain_text("同一运单")
    page.fill("[name=signed_by]", "李明")
    page.set_input_files("[name=photo]", str(photo))
    driver.check()
    driver.shoot(f"waybill-driver-{screen}")
    driver.follow(page.locator("main form button[type=submit]"))
