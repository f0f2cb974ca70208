"""The warehouse picks and ships many orders at once, in Chinese: at a desk, and with a phone between the shelves."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from inventory.models import Stock
from orders.models import Order, Pick, Wave
from orders.ordering.services.approval import approve_order
from tests.e2e.conftest import Visitor
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"
MOST_CLICKS = 8


def _scene(orders: int) -> Stage:
    people = stage(products=2)
    people.warehouse.language = LANGUAGE
    people.warehouse.save()
    names = {"绿茶 250 克": ("A", "A-01-02"), "矿泉水 550 毫升": ("B", "B-03-01")}
    for product, (name, (zone, place)) in zip(people.shop.products, names.items(), strict=True):
        product.name_zh = name
        product.save()
        Stock.objects.filter(product=product).update(zone=zone, place=place)
    for number in range(orders):
        approve_order(order_id=people.placed(3 + number % 4).id, actor=people.manager, now=timezone.now())
    return people


def test_five_orders_leave_in_eight_clicks(make_visitor: Callable[..., Visitor]) -> None:
    """Whoever ships two hundred orders a day would click two thousand times."""
    people = _scene(5)
    visitor = make_visitor("desk", LANGUAGE).signed_in(people.warehouse)
    page = visitor.open("/orders/to-ship/")
    expect(page.locator("main")).not_to_contain_text("¥")
    visitor.clicks("before")
    boxes = page.locator("input[name=ids]")
    expect(boxes).to_have_count(5)
    for number in range(5):
        boxes.nth(number).check()
    visitor.shoot("wave-to-ship")
    visitor.follow(page.locator("button[formaction*='of-ticked']"))
    visitor.follow(page.locator("form[action$='/pick-all/'] button"))
    visitor.follow(page.locator("form[action$='/ship/'] button"))
    assert visitor.clicks("ship five orders") <= MOST_CLICKS
    expect(page.locator("h1")).to_contain_text("已发货")
    assert set(Order.objects.values_list("status", flat=True)) == {"shipped"}
    visitor.check()
    visitor.shoot("wave-shipped")


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_a_wave_of_twenty_orders(make_visitor: Callable[..., Visitor], screen: str) -> None:
    """A picker with a scanner in one hand would not get through the shelves, or a missing piece would be charged."""
    people = _scene(20)
    visitor = make_visitor(screen, LANGUAGE).signed_in(people.warehouse)
    page = visitor.open("/orders/to-ship/")
    visitor.check()
    visitor.shoot(f"wave-list-{screen}")
    visitor.follow(page.locator("header a[href$='/orders/waves/new/'], main a[href$='/orders/waves/new/']").first)
    visitor.check()
    visitor.shoot(f"wave-new-{screen}")
    visitor.follow(page.locator("main form.form-page button[type=submit]"))
    wave = Wave.objects.get()
    assert wave.lines.values("order_line__order").distinct().count() == 20
    visitor.check()
    visitor.shoot(f"wave-open-{screen}")
    expect(page.locator("main")).to_contain_text("A-01-02")
    visitor.follow(page.locator("a[href$='/short/']").first)
    page.fill("[name=pieces]", "1")
    page.select_option("[name=reason]", "not_found")
    visitor.check()
    visitor.shoot(f"wave-short-{screen}")
    visitor.follow(page.locator("main form.form-page button[type=submit]"))
    expect(page.locator("main")).to_contain_text("未找到")
    visitor.follow(page.locator("a[href$='/scan/']"))
    for product in people.shop.products:
        page.fill("[name=product]", product.code)
        visitor.check()
        visitor.shoot(f"wave-scan-{screen}")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    wave.refresh_from_db()
    assert wave.status == "picked"
    visitor.follow(page.locator("form[action$='/ship/'] button"))
    expect(page.locator("h1")).to_contain_text("已发货")
    assert sorted(set(Order.objects.values_list("status", flat=True))) == ["partly_shipped", "shipped"]
    assert Pick.objects.filter(short_reason="not_found").count() == 1
    printed = page.request.get(f"{visitor.address}{wave.get_absolute_url()}print/")
    assert printed.headers["content-type"] == "application/pdf"
    visitor.open("/orders/waves/")
    visitor.check()
    visitor.shoot(f"waves-{screen}")
