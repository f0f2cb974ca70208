"""A buyer gives goods of two orders back, in Chinese; the warehouse receives and inspects them on a phone."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from inventory.models import Stock
from orders.returns.models import Return
from tests.e2e.conftest import Visitor
from tests.orders.returning import returning

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


def test_a_return_over_two_orders(make_visitor: Callable[..., Visitor]) -> None:  # noqa: PLR0915 - one story
    """Goods would come back without a paper, or be credited at another price than they were sold for."""
    scene = returning("0.5")
    for person in (scene.buyer, scene.keeper, scene.manager):
        person.language = LANGUAGE
        person.save(update_fields=["language"])
    lines = [scene.line(pieces=20, net="2000", tax="260") for _ in range(2)]
    buyer = make_visitor("desk", LANGUAGE).signed_in(scene.buyer)
    page = buyer.open("/returns/")
    expect(page.locator("main")).to_contain_text("暂无退货")
    buyer.check()
    buyer.follow(page.locator("a[href$='/returns/new/']").first)
    expect(page.locator("#return-room")).to_contain_text("2,260.00")
    for line, pieces in zip(lines, (8, 2), strict=True):
        page.fill(f"[name=pieces-{line.pk}]", str(pieces))
        page.select_option(f"[name=reason-{line.pk}]", "unsold")
    page.locator("[name=note]").focus()
    expect(page.locator("#return-room")).to_contain_text("1,130.00")
    buyer.check()
    buyer.shoot("return-new")
    buyer.follow(page.locator("#return-form button[type=submit]"))
    expect(page.locator("h1")).to_contain_text("待寄回")
    buyer.check()
    buyer.shoot("return-authorised")
    made = Return.objects.get()
    assert made.asked_amount == Decimal(1130)
    buyer.follow(page.locator("a[href$='/send/']").first)
    page.fill("[name=tracking_number]", "SF1234567890")
    buyer.check()
    buyer.follow(page.locator("main form.form-page button[type=submit]"))
    expect(page.locator("h1")).to_contain_text("退回途中")

    keeper = make_visitor("phone", LANGUAGE).signed_in(scene.keeper)
    page = keeper.open("/")
    expect(page.locator("main")).to_contain_text(made.number or "")
    keeper.check()
    page = keeper.open(made.get_absolute_url())
    keeper.follow(page.locator("a[href$='/receive/']").first)
    keeper.check()
    keeper.shoot("return-receive")
    keeper.follow(page.locator("main form.form-page button[type=submit]"))
    expect(page.locator("h1")).to_contain_text("待验收")
    keeper.follow(page.locator("a[href$='/inspect/']").first)
    second, first = made.lines.order_by("pieces")
    page.fill(f"[name=restocked-{first.pk}]", "7")
    page.fill(f"[name=sent_back-{first.pk}]", "1")
    page.fill(f"[name=lot-{second.pk}]", "L20260701")
    page.select_option("[name=warehouse]", str(scene.shop.pk))
    keeper.check()
    keeper.shoot("return-inspect")
    keeper.follow(page.locator("main form.form-page button[type=submit]"))
    expect(page.locator("h1")).to_contain_text("待开贷项")
    keeper.check()
    keeper.shoot("return-inspected")
    made.refresh_from_db()
    assert made.total_amount == Decimal(9 * 113)
    assert sum(Stock.objects.filter(warehouse=scene.shop).values_list("on_hand", flat=True)) == 9

    lines.append(scene.line(pieces=5))
    page = buyer.open("/returns/new/")
    page.fill(f"[name=pieces-{lines[-1].pk}]", "1")
    page.select_option(f"[name=reason-{lines[-1].pk}]", "damaged")
    page.select_option(f"[name=condition-{lines[-1].pk}]", "damaged")
    buyer.follow(page.locator("#return-form button[type=submit]"))
    expect(page.locator("h1")).to_contain_text("待审核")
    waiting = Return.objects.get(status="requested")
    manager = make_visitor("desk", LANGUAGE).signed_in(scene.manager)
    page = manager.open(waiting.get_absolute_url())
    expect(page.locator("main")).to_contain_text("照片")
    manager.check()
    manager.shoot("return-waiting")
    manager.follow(page.locator("a[href$='/authorise/']").first)
    page.fill("[name=note]", "客户已发来照片")
    manager.check()
    manager.shoot("return-authorise")
    manager.follow(page.locator("main form.form-page button[type=submit]"))
    expect(page.locator("h1")).to_contain_text("待寄回")
    for screen in ("phone", "desk"):
        looker = make_visitor(screen, LANGUAGE).signed_in(scene.buyer)
        for name, address in (("returns", "/returns/"), ("return-new", "/returns/new/")):
            looker.open(address)
            looker.check()
            looker.shoot(f"{name}-{screen}")
