"""A basket of two sellers' goods on a phone, in Chinese: address, wanted day and a gift; placed, and seen as one."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.enums import Role
from orders.models import Order, OrderType
from tests.e2e.conftest import Visitor
from tests.factories.accounts import BuyerFactory, DistributorFactory
from tests.factories.channel import AddressFactory
from tests.factories.inventory import StockFactory, SupplyRouteFactory, WarehouseFactory
from tests.factories.orders import shop
from tests.factories.planning import PriceFactory, PriceListFactory

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


def test_a_basket_of_two_sellers(make_visitor: Callable[..., Visitor]) -> None:
    """A sub-distributor would write one order for each seller, and find none of what it chose on the second."""
    parent = DistributorFactory.create(name="Parent", name_zh="上级经销商")
    place = shop(products=2, distributor=DistributorFactory.create(parent=parent), lead_days=4)
    ours, theirs = place.products
    theirs.prices.all().delete()
    warehouse = WarehouseFactory.create(distributor=parent)
    SupplyRouteFactory.create(distributor=place.distributor, warehouse=warehouse, priority=2, lead_days=2)
    prices = PriceListFactory.create(currency=place.distributor.currency, owner=parent)
    PriceFactory.create(price_list=prices, product=theirs, amount=Decimal(4))
    StockFactory.create(warehouse=warehouse, product=theirs, on_hand=100)
    OrderType.objects.filter(code="gift").update(roles=[Role.BUYER])
    AddressFactory.create(distributor=place.distributor, is_default=True, name="总店")
    second = AddressFactory.create(distributor=place.distributor, name="分店")
    buyer = BuyerFactory.create(distributor=place.distributor, language=LANGUAGE)
    today = timezone.localdate()

    visitor = make_visitor("phone", LANGUAGE).signed_in(buyer)
    page = visitor.open("/orders/new/")
    for product, quantity in ((ours, 10), (theirs, 5)):
        page.fill("#quick-q", product.code)
        page.fill("#quick-quantity", str(quantity))
        page.press("#quick-quantity", "Enter")
        expect(page.locator(f"#quantity-{product.pk}")).to_have_value(str(quantity))
    page.get_by_text("添加搭赠").click()
    page.select_option("#gift-with", str(ours.pk))
    page.fill("#gift-code", ours.code)
    page.fill("#gift-quantity", "1")
    page.press("#gift-quantity", "Enter")
    expect(page.locator("#lines")).to_contain_text("搭赠")
    page.select_option("[name=delivery_address]", str(second.pk))
    page.fill("[name=wanted_on]", (today + timedelta(days=1)).isoformat())
    page.locator("[name=note]").focus()
    expect(page.locator("#summary")).to_contain_text("期望到货日过早")
    visitor.check()
    visitor.shoot("group-entry")
    page.locator("#summary button[name=fix]").click()
    expect(page.locator("[name=wanted_on]")).to_have_value((today + timedelta(days=4)).isoformat())
    expect(page.locator("[name=delivery_address]")).to_have_value(str(second.pk))
    page.locator("#place-order").click()
    page.wait_for_url("**/orders/groups/**")
    first, other = Order.objects.exclude(group_number="").order_by("group_position")
    expect(page.locator("main")).to_contain_text("上级经销商")
    for order in (first, other):
        expect(page.locator("main")).to_contain_text(str(order.number))
        assert (order.ship_to["label"], order.wanted_on) == ("分店", today + timedelta(days=4))
    visitor.check()
    visitor.shoot("group-placed")
    page.get_by_role("link", name=str(other.number)).click()
    expect(page.locator("main")).to_contain_text(first.group_number)
    visitor.check()
    assert (first.net_amount, other.net_amount) == (Decimal(100), Decimal(20))
