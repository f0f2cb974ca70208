"""A keeper on a phone, in Chinese, moves goods to another warehouse and receives one case less; the office looks on."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor
from tests.factories.accounts import WarehouseUserFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import ProductFactory, ProductUnitFactory, StockFactory, WarehouseFactory
from transfers.models import Transfer

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


def test_goods_are_sent_and_received_with_a_difference(make_visitor: Callable[..., Visitor]) -> None:
    """A keeper with a phone in one hand would not find the number to correct, or the missing case would vanish."""
    CompanyFactory.create()
    keeper = WarehouseUserFactory.create(language=LANGUAGE)
    tea = ProductFactory.create(code="LC-001", name_zh="绿茶 250 克")
    water = ProductFactory.create(code="QS-002", name_zh="矿泉水 550 毫升")
    ProductUnitFactory.create(product=tea, code="case", pieces=24)
    here = WarehouseFactory.create(name_zh="上海总仓")
    there = WarehouseFactory.create(name_zh="成都分仓")
    for product in (tea, water):
        StockFactory.create(warehouse=here, product=product, on_hand=500)
    visitor = make_visitor("phone", LANGUAGE).signed_in(keeper)
    page = visitor.open("/stock/transfers/")
    expect(page.locator("main")).to_contain_text("还没有调拨单")
    visitor.check()
    visitor.follow(page.locator("main a[href$='/stock/transfers/new/'], header a[href$='/stock/transfers/new/']").first)
    page.select_option("[name=source]", str(here.pk))
    page.select_option("[name=destination]", str(there.pk))
    page.fill("[name=expected_on]", timezone.localdate().isoformat())
    page.fill("[name=lines]", "LC-001 3箱\nQS-002 12")
    visitor.check()
    visitor.shoot("transfer-new")
    visitor.follow(page.locator("main form button[type=submit]"))
    visitor.follow(page.locator("form[action$='/send/'] button"))
    expect(page.locator("h1")).to_contain_text("在途")
    visitor.check()
    visitor.shoot("transfer-sent")
    transfer = Transfer.objects.get()
    first = transfer.lines.order_by("pk").first()
    assert first is not None
    visitor.follow(page.locator("a[href$='/receive/']"))
    page.fill(f"[name=line-{first.pk}]", "48")
    visitor.check()
    visitor.shoot("transfer-receive")
    visitor.follow(page.locator("main form button[type=submit]"))
    expect(page.locator("main")).to_contain_text("请填写差异原因")
    visitor.complaints.clear()  # the browser notes the 400
    page.fill("[name=reason]", "一箱破损")
    visitor.follow(page.locator("main form button[type=submit]"))
    expect(page.locator("main")).to_contain_text("短缺 24")
    visitor.check()
    visitor.shoot("transfer-received")
    for screen in ("desk", "phone"):
        visitor = make_visitor(screen, LANGUAGE).signed_in(keeper)
        for name, address in (
            ("transfers", "/stock/transfers/"),
            ("transfer", transfer.get_absolute_url()),
            ("stock-of-a-day", f"/stock/?on={timezone.localdate()}"),
        ):
            visitor.open(address)
            visitor.check()
            visitor.shoot(f"{name}-{screen}")
