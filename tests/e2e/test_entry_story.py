"""How people really order, in Chinese: out of a chat with mistakes, last month's again, and a manager for a distributor."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from orders.models import Order, OrderLine
from orders.ordering.enums import OrderStatus
from tests.e2e.conftest import Visitor
from tests.factories.orders import OrderFactory, OrderLineFactory
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"
MOST_CLICKS = 10
MOST_AGAIN = 3
KINDS = (
    "西湖龙井",
    "信阳毛尖",
    "碧螺春",
    "安溪铁观音",
    "云南普洱",
    "茉莉花茶",
    "祁门红茶",
    "白毫银针",
    "武夷岩茶",
    "六安瓜片",
)
GRADES = ("特级 250g", "一级 250g", "特级 100g", "礼盒 500g")


def _scene() -> Stage:
    made = stage(products=40, on_hand=100_000)
    for number, product in enumerate(made.shop.products):
        kind, grade = KINDS[number // 4], GRADES[number % 4]
        product.code, product.name, product.name_zh = f"TEA{number + 1:03d}", f"Tea {number + 1}", f"{kind} {grade}"
        product.save()
    stepped, short = made.shop.products[4], made.shop.products[5]
    stepped.order_multiple = stepped.minimum_quantity = 12
    stepped.save()
    made.shop.warehouse.stock.filter(product=short).update(on_hand=30)
    last_month = timezone.now().replace(day=1) - timedelta(days=3)
    with transaction.atomic():  # an order adds up with its lines
        for days in range(5):
            order = OrderFactory.create(
                distributor=made.shop.distributor,
                status=OrderStatus.RECEIVED,
                ordered_at=last_month - timedelta(days=days),
            )
            for product in made.shop.products[6:9]:
                OrderLineFactory.create(order=order, product=product, units=24, ordered=24)
    for person in (made.buyer, made.manager):
        person.language = LANGUAGE
        person.save()
    return made


REST = range(9, 40)
"""The lines without a mistake: by code, one each."""
PASTED = {
    "TEA001": 10,
    "TEA002": 20,
    "TEA003": 12,
    "TEA018": 6,
    "TEA005": 108,
    "TEA006": 30,
    "TEA007": 24,
    "TEA008": 36,
    **{f"TEA{number + 1:03d}": number + 3 for number in REST if number != 17},
    "TEA009": 24,
    "TEA040": 43,
}
"""What the buyer means, after each mistake was put right."""


def _chat() -> str:
    """Forty lines as they come: with a greeting, sizes, prices, dates, and six mistakes."""
    return "\n".join(
        [
            "张经理 10:32:15",
            "您好，麻烦 11月30日前发货，谢谢！",
            "给我来10盒 西湖龙井特级250g",
            "西湖龙井一级250g　２０　单价68元",
            "TEA0O3 12",  # the letter O: near codes
            "云南普洱 6盒",  # four of them: which?
            "TEA005 一百",  # in steps of 12
            "TEA006 50",  # thirty are there
            "TEA007 240盒",  # 24 as always?
            "TEA008 24 36",  # which number?
            "碧螺春特级250g 两打",
            *(f"TEA{number + 1:03d} x {number + 3}" for number in REST if number != 17),
            "TEA040 x 1",  # once more
        ]
    )


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_as_people_really_order(make_visitor: Callable[..., Visitor], screen: str) -> None:
    """Whoever must type forty lines, or correct six of them by hand, phones the manager instead."""
    scene = _scene()
    buyer = make_visitor(screen, LANGUAGE).signed_in(scene.buyer)
    _out_of_a_chat(buyer, scene, screen)
    _last_month_again(buyer, screen)
    _on_behalf(make_visitor(screen, LANGUAGE).signed_in(scene.manager), scene, screen)


def _out_of_a_chat(buyer: Visitor, scene: Stage, screen: str) -> None:
    page = buyer.open(reverse("orders:entry"))
    page.locator("#quick summary").click()
    page.locator("#pasted").fill(_chat())
    page.locator("button[form='paste-form']").click()
    problems = page.locator("#place-order[data-first-problem]")
    expect(problems).to_contain_text("6")
    _says_what_to_do(page)
    buyer.check()
    buyer.shoot(f"entry-chat-{screen}")
    problems.click()
    first = page.locator("#draft input[name=code]").first
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport()
    _put_right(page, problems, scene)
    buyer.shoot(f"entry-lines-{screen}")
    buyer.check()
    buyer.follow(page.locator("#place-order"))
    assert buyer.clicks("buyer: 40 lines out of a chat, 6 mistakes") <= MOST_CLICKS
    placed = Order.objects.get(status=OrderStatus.SUBMITTED)
    assert dict(OrderLine.objects.filter(order=placed).values_list("product__code", "ordered")) == PASTED


def _says_what_to_do(page: Page) -> None:
    """Each mistake has its reason and a way out beside it; a wrong code has the three nearest."""
    rows = page.locator("form[action*='/correct/']")
    expect(rows).to_have_count(3)
    for row, reason, offered in zip(
        rows.all(), ("可订产品中没有“TEA0O3”", "有多个产品与", "请填写数量"), (3, 3, 0), strict=True
    ):
        expect(row).to_contain_text(reason)
        expect(row.locator("button[name=meant]")).to_have_count(offered)
    expect(rows.first.locator("button[name=meant]").first).to_contain_text("TEA003")
    expect(page.locator("#lines tr .state-red ~ button[name=fix]")).not_to_have_count(0)
    expect(page.locator("#lines tr [data-check] button")).to_have_count(2)


def _put_right(page: Page, problems: Locator, scene: Stage) -> None:
    """By one click each, and once by typing."""
    page.locator("button[name=meant][value=TEA003]").click()
    expect(problems).to_contain_text("5")
    page.locator("button[name=meant][value=TEA018]").click()
    expect(problems).to_contain_text("4")
    page.locator("form[action*='/correct/'] input[name=quantity]").fill("36")
    page.keyboard.press("Enter")
    expect(problems).to_contain_text("3")
    for code, quantity in (("TEA005", 108), ("TEA006", 30), ("TEA007", 24)):
        product = next(one for one in scene.shop.products if one.code == code)
        page.locator(f"button[name=fix][value='{product.pk}:{quantity}']").first.click()
        expect(page.locator(f"#quantity-{product.pk}")).to_have_value(str(quantity))
    expect(problems).to_have_count(0)


def _last_month_again(buyer: Visitor, screen: str) -> None:
    """Three clicks from the home page."""
    page = buyer.open("/")
    buyer.follow(page.locator(f"a[href='{reverse('orders:entry-again')}']").first)
    buyer.follow(page.locator("a[href*='q=']", has_text="上月"))
    expect(page.locator("li[data-row]")).to_have_count(5)
    buyer.check()
    buyer.shoot(f"entry-again-{screen}")
    buyer.follow(page.locator("li[data-row] form button").first)
    expect(page.locator("#lines tbody tr")).to_have_count(3)
    assert buyer.clicks("buyer: last month's order again, from the home page") <= MOST_AGAIN
    buyer.check()
    page.locator("#template-name").fill("每月茶单")
    buyer.follow(page.locator("form[action*='/templates/save/'] button"))
    expect(page.locator("li[data-row]")).to_contain_text("每月茶单")
    buyer.check()
    buyer.shoot(f"entry-templates-{screen}")
    buyer.open(reverse("orders:entry-catalogue"))
    star = page.locator("button[name=product]").first
    star.click()
    expect(page.locator("button[name=product][aria-pressed=true]")).to_have_count(1)
    buyer.check()
    buyer.shoot(f"entry-catalogue-{screen}")


def _on_behalf(manager: Visitor, scene: Stage, screen: str) -> None:
    distributor = scene.shop.distributor
    page: Page = manager.open(distributor.get_absolute_url())
    manager.follow(page.get_by_role("link", name="代客下单"))
    expect(page.locator("h1, .page-title").first).to_contain_text("代客下单")
    page.locator("#quick-q").fill("TEA040 12")
    page.locator("#quick-q").press("Enter")
    expect(page.locator("#lines tbody tr")).to_have_count(1)
    manager.check()
    manager.shoot(f"entry-on-behalf-{screen}")
    manager.follow(page.locator("#place-order"))
    manager.clicks("manager: an order on behalf, from the distributor's page, one line")
    expect(page.locator("body")).to_contain_text(f"代{distributor.name_zh}下单")
    assert Order.objects.filter(created_by=scene.manager, status=OrderStatus.SUBMITTED).count() == 1
