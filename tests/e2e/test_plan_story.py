"""Plans, prices and stock as people meet them, on a desk's screen and on a phone, in both languages."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from planning.models import SalesPlan
from tests.e2e.conftest import Visitor
from tests.factories.accounts import (
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    KeeperFactory,
    WarehouseUserFactory,
)
from tests.factories.inventory import (
    BuyingRightFactory,
    CategoryFactory,
    ProductFactory,
    StockFactory,
)
from tests.factories.planning import (
    PriceFactory,
    PriceListFactory,
    SalesActualFactory,
    SalesPlanFactory,
    SalesPlanMixFactory,
    calendar_year,
)

pytestmark = pytest.mark.django_db(transaction=True)


def plan_of_this_year() -> SalesPlan:
    today = timezone.localdate()
    calendar_year(today.year - 1)
    plan = SalesPlanFactory.create(year=calendar_year(today.year), amount=Decimal(12000))
    tea = CategoryFactory.create(name="Tea", name_zh="茶叶")
    for part in plan.periods.all():
        SalesPlanMixFactory.create(plan_period=part, category=tea)
    for year in (today.year - 1, today.year):
        SalesActualFactory.create(distributor=plan.distributor, category=tea, month=today.replace(year, 1, 1))
    return plan


def test_a_draft_is_negotiated_and_agreed(visitor: Visitor, screen: str, language: str) -> None:
    """The manager could not get the year down to the months, nor see where it stands."""
    plan = plan_of_this_year()
    page = visitor.signed_in(DirectorFactory.create(language=language)).open(reverse("planning:plan", args=[plan.pk]))
    visitor.shoot(f"plan-{screen}-{language}")
    visitor.check()
    page.locator("input[name^=cell-]").first.fill("1500")
    page.locator("button[value=save]").click()
    expect(page.locator("input[name^=cell-]").first).to_have_value("1500")
    plan.refresh_from_db()
    assert plan.amount == Decimal(12500)
    page.locator("input[name^=keep-]").first.check()
    page.locator("input[name=amount]").fill("14700")
    page.locator("button[value=spread]").click()
    expect(page.locator("input[name^=cell-]").nth(1)).to_have_value("1200")
    page.locator(f"form[action='{reverse('planning:plan-agree', args=[plan.pk])}'] button").click()
    expect(page.locator("input[name^=cell-]")).to_have_count(0)
    visitor.check()
    visitor.open(reverse("planning:attainment"))
    visitor.check()
    visitor.open(reverse("planning:distributor-attainment", args=[plan.distributor.code]))
    visitor.shoot(f"standing-{screen}-{language}")
    visitor.check()
    visitor.open(reverse("planning:plans"))
    visitor.check()


def test_the_sheet_adds_up_and_takes_a_block_from_a_spreadsheet(make_visitor: Callable[..., Visitor]) -> None:
    """A year of numbers would be typed cell by cell, and the sums be those from before."""
    plan = plan_of_this_year()
    page = make_visitor().signed_in(DirectorFactory.create()).open(reverse("planning:plan", args=[plan.pk]))
    cells, total = page.locator("input[name^=cell-]"), page.locator("[data-total]")
    expect(total).to_have_text("12,000")
    cells.first.fill("1500")
    expect(page.locator("[data-row-total]")).to_have_text("12,500")
    expect(page.locator("[data-column-total]").first).to_have_text("1,500")
    expect(total).to_have_text("12,500")
    paste(page, "input[name^=cell-] >> nth=10", "1,100\t¥ 1,200\t9,999\n1\t2")
    expect(cells.nth(10)).to_have_value("1100")
    expect(cells.nth(11)).to_have_value("1200")
    expect(total).to_have_text("12,800")
    paste(page, "input[name^=cell-] >> nth=0", "7")
    expect(cells.first).to_have_value("1500")  # one value is pasted by the browser, as into any field
    page.locator("button[value=save]").click()
    expect(cells.nth(11)).to_have_value("1200")
    plan.refresh_from_db()
    assert plan.amount == Decimal(12800)


def paste(page: Page, selector: str, text: str) -> None:
    page.locator(selector).evaluate(
        """(field, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def test_a_buyer_finds_a_product_and_why_it_costs_what_it_costs(visitor: Visitor, screen: str, language: str) -> None:
    """The question of every call to the manager would stay without an answer."""
    distributor = DistributorFactory.create()
    product = ProductFactory.create(name="Green tea", name_zh="绿茶")
    shelf = PriceListFactory.create()
    PriceFactory.create(product=product, price_list=shelf)
    PriceFactory.create(product=product, price_list=shelf, from_quantity=24, amount=Decimal(9))
    BuyingRightFactory.create(distributor=distributor, brand=product.brand)
    buyer = BuyerFactory.create(distributor=distributor, language=language)
    page = visitor.signed_in(buyer).open(reverse("inventory:product", args=[product.code]))
    visitor.check()
    page.locator(f"a[href='{reverse('pricing:product-prices', args=[product.code])}']").click()
    expect(page.locator(".figure-large")).to_contain_text("10.00")
    visitor.shoot(f"price-{screen}-{language}")
    visitor.check()


def test_the_warehouse_receives_goods(visitor: Visitor, screen: str, language: str) -> None:
    """What stands on the ramp could not be sold."""
    stock = StockFactory.create(on_hand=5)
    page = visitor.signed_in(WarehouseUserFactory.create(language=language)).open(reverse("inventory:receive"))
    visitor.check()
    page.locator("select[name=warehouse]").select_option(str(stock.warehouse_id))
    page.locator("input[name=reference]").fill("GR-1")
    page.locator("textarea[name=lines]").fill(f"{stock.product.code} 7")
    page.locator("form.form-page button.btn-primary").click()
    expect(page.locator("#rows")).to_contain_text("12")
    visitor.shoot(f"stock-{screen}-{language}")
    visitor.check()


def test_a_keeper_reports_what_was_counted(visitor: Visitor, screen: str, language: str) -> None:
    """The manager would learn of an empty warehouse from the customers."""
    keeper = KeeperFactory.create(language=language)
    tea = ProductFactory.create(name="Green tea", name_zh="绿茶")
    BuyingRightFactory.create(distributor=keeper.distributor, brand=tea.brand)
    page = visitor.signed_in(keeper).open("/")
    visitor.check()
    visitor.follow(page.locator(f"a[href='{reverse('channel_stock:report-stock')}']"))
    visitor.check()
    page.locator("textarea[name=lines]").fill(f"{tea.code} 7\nnone 3")
    page.locator("form.form-page button.btn-primary").click()
    expect(page.locator(".invalid-feedback")).to_contain_text("none")
    visitor.complaints.clear()  # Chromium writes the refusal's status to the console
    visitor.shoot(f"report-wrong-{screen}-{language}")
    visitor.check()
    page.locator("textarea[name=lines]").fill(f"{tea.code} 7")
    page.locator("form.form-page button.btn-primary").click()
    expect(page.locator("#rows")).to_contain_text("7")
    visitor.shoot(f"channel-stock-{screen}-{language}")
    visitor.check()
    page.locator("#rows a[href$='tab=stock']").click()
    expect(page.locator("main")).to_contain_text(tea.code)
    visitor.shoot(f"stock-tab-{screen}-{language}")
    visitor.check()
