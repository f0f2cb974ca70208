"""A keeper counts on a phone, in Chinese; the director approves the differences, and the stock is right."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from inventory.models import Stock
from stocktaking.models import StockCount
from tests.e2e.conftest import Visitor
from tests.factories.accounts import DirectorFactory, WarehouseUserFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import ProductFactory, ProductUnitFactory, StockFactory, WarehouseFactory

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


def test_counted_by_phone_and_approved_by_another(make_visitor: Callable[..., Visitor]) -> None:
    """A keeper with a scanner in one hand would not get through a shelf, or nobody would see what is missing."""
    CompanyFactory.create()
    keeper, director = WarehouseUserFactory.create(language=LANGUAGE), DirectorFactory.create(language=LANGUAGE)
    here = WarehouseFactory.create(name_zh="上海总仓")
    tea = ProductFactory.create(code="LC-001", name_zh="绿茶 250 克", unit_cost=Decimal(8))
    water = ProductFactory.create(code="QS-002", name_zh="矿泉水 550 毫升", unit_cost=Decimal(2))
    ProductUnitFactory.create(product=tea, code="case", pieces=24, barcode="4006381333931")
    for product in (tea, water):
        StockFactory.create(warehouse=here, product=product, on_hand=100)
    visitor = make_visitor("phone", LANGUAGE).signed_in(keeper)
    page = visitor.open("/stock/counts/")
    expect(page.locator("main")).to_contain_text("还没有盘点")
    visitor.check()
    visitor.follow(page.locator("main a[href$='/stock/counts/new/'], header a[href$='/stock/counts/new/']").first)
    page.select_option("[name=warehouse]", str(here.pk))
    visitor.check()
    visitor.shoot("count-new")
    visitor.follow(page.locator("main form.form-page button[type=submit]"))
    visitor.follow(page.locator("a[href$='/entry/']").first)
    page.fill("[name=code]", "4006381333931")
    page.fill("[name=quantity]", "4")
    visitor.follow(page.locator("main form[method=post] button[type=submit]"))
    expect(page.locator("body")).to_contain_text("已盘 96")
    visitor.check()
    visitor.shoot("count-entry")
    page.locator("[name^=row-]").first.fill("100")
    visitor.follow(page.locator("main form[method=post] button[type=submit]"))
    count = StockCount.objects.get()
    page = visitor.open(count.get_absolute_url())
    visitor.follow(page.locator("a[href$='/submit/']"))
    visitor.follow(page.locator("main form[method=post] button[type=submit]"))
    expect(page.locator("h1")).to_contain_text("等待审核")
    expect(page.locator("a[href$='/approve/']")).to_have_count(0)
    visitor.check()
    visitor.shoot("count-waiting")
    office = make_visitor("desk", LANGUAGE).signed_in(director)
    page = office.open(count.get_absolute_url())
    office.follow(page.locator("a[href$='/approve/']"))
    office.check()
    office.shoot("count-approve")
    page.select_option("[name=reason]", "loss")
    office.follow(page.locator("main form[method=post] button[type=submit]"))
    expect(page.locator("h1")).to_contain_text("已过账")
    office.check()
    office.shoot("count-posted")
    assert dict(Stock.objects.values_list("product__code", "on_hand")) == {"LC-001": 96, "QS-002": 100}
    for name, address in (
        ("counts", "/stock/counts/"),
        ("count-rows", f"{count.get_absolute_url()}rows/"),
        ("scrap-new", "/stock/scrap/new/"),
        ("block-new", "/stock/blocked/new/"),
        ("stock", "/stock/"),
    ):
        for screen, person in (("phone", keeper), ("desk", keeper)):
            looker = make_visitor(screen, LANGUAGE).signed_in(person)
            looker.open(address)
            looker.check()
            looker.shoot(f"{name}-{screen}")
