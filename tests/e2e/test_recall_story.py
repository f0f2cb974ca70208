"""A lot is recalled in Chinese, at the desk and on a phone: what lies there is blocked, and it is seen who has got it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from inventory.models import LotStock
from tests.e2e.conftest import Visitor
from tests.orders.test_lots import Scene

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


def test_a_recall_and_who_has_got_it(make_visitor: Callable[..., Visitor]) -> None:
    """Somebody would have to read all shipments, while the goods are sold."""
    scene = Scene()
    scene.ship(scene.pick(scene.approved(20)))
    lot, keeper = scene.lot("L1"), scene.people.warehouse
    keeper.language = LANGUAGE
    keeper.save()
    desk = make_visitor("desk", LANGUAGE).signed_in(keeper)
    page = desk.open("/stock/lots/")
    desk.check()
    desk.shoot("lots")
    desk.follow(page.locator(f"main a[href='{lot.get_absolute_url()}']").first)
    expect(page.locator("main")).to_contain_text("流向")
    desk.follow(page.locator("a[href$='/recall/']"))
    page.fill("[name=reason]", "玻璃碎片")
    desk.check()
    desk.follow(page.locator("main form[method=post] button[type=submit]"))
    expect(page.locator("h1")).to_contain_text("已召回")
    expect(page.locator("main")).to_contain_text("20")
    desk.check()
    desk.shoot("lot-recalled")
    assert LotStock.objects.get(lot=lot, warehouse=scene.warehouse).blocked == 10
    phone = make_visitor("phone", LANGUAGE).signed_in(keeper)
    for name, address in (
        ("lots", "/stock/lots/"),
        ("lot", lot.get_absolute_url()),
        ("lot-new", "/stock/lots/new/"),
        ("product", scene.products[0].get_absolute_url()),
    ):
        phone.open(address)
        phone.check()
        phone.shoot(f"{name}-phone")
