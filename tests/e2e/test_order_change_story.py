"""An order changed on both screens, in Chinese: before the approval, after it by request, and above its buyer's limit."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from accounts.models import User
from accounts.services.grants import limit_orders
from core.outbox import relay
from orders.changes.services.hold_questions import ask_about_hold
from orders.models import Order
from orders.ordering.services.approval import approve_order
from orders.ordering.services.holds import place_hold
from orders.ordering.services.placing import PlacedOrder, place_order
from tests.e2e.conftest import Visitor
from tests.factories.accounts import BuyerFactory, DutyFactory, ManagerFactory, OwnerFactory, ResponsibilityFactory
from tests.factories.orders import ApprovalRuleFactory, Shop, shop

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


class Scene:
    """A distributor with an owner and a buyer, and the manager who answers for it."""

    def __init__(self) -> None:
        self.shop: Shop = shop(products=2)
        duty = DutyFactory.create(position=0)
        self.manager = ManagerFactory.create(language=LANGUAGE, full_name="Wang Fang", full_name_zh="王芳")
        ResponsibilityFactory.create(distributor=self.shop.distributor, duty=duty, user=self.manager)
        people = {"distributor": self.shop.distributor, "language": LANGUAGE}
        self.owner = OwnerFactory.create(full_name="Li Ming", full_name_zh="李明", **people)
        self.buyer = BuyerFactory.create(full_name="Zhao Lei", full_name_zh="赵磊", **people)

    def placed(self, quantity: int) -> PlacedOrder:
        return place_order(
            distributor_id=self.shop.distributor.pk,
            actor=User.objects.get(pk=self.buyer.pk),
            lines=self.shop.wishes(quantity),
            now=timezone.now(),
        )


def _submit(visitor: Visitor) -> None:
    visitor.follow(visitor.page.locator("main form.form-page button[type=submit]"))


def _main(visitor: Visitor) -> Locator:
    return visitor.page.locator("main")


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_an_order_is_changed_and_approves_itself(make_visitor: Callable[..., Visitor], screen: str) -> None:
    """A typing mistake would cost a telephone call, a new order, or goods that nobody wanted."""
    scene = Scene()

    def at(person: Any) -> Visitor:
        return make_visitor(screen, LANGUAGE).signed_in(person)

    buyer, manager, owner = at(scene.buyer), at(scene.manager), at(scene.owner)
    placed = scene.placed(5)
    page = f"/orders/{placed.number}/"
    first, second = placed.lines
    _changed_before_approval(buyer, page, first.id, second.id)
    _asked_on_a_hold(buyer, manager, page, scene, placed.id)
    approve_order(order_id=placed.id, actor=scene.manager, now=timezone.now())
    _changed_by_request(buyer, manager, page, first.id)
    assert Order.objects.get(pk=placed.id).net_amount == Decimal("30.00")
    _confirmed_above_the_limit(owner, scene)
    _asked_for_above_the_limit(buyer, owner, manager, page, first.id)


def _changed_before_approval(buyer: Visitor, page: str, first: int, second: int) -> None:
    buyer.open(f"{page}change/")
    buyer.check()
    buyer.page.fill(f"#id_quantity-{first}", "8")
    buyer.page.fill(f"#id_quantity-{second}", "0")
    buyer.shoot("order-change")
    _submit(buyer)
    expect(_main(buyer)).to_contain_text("5 → 8")
    buyer.check()


def _asked_on_a_hold(buyer: Visitor, manager: Visitor, page: str, scene: Scene, order_id: int) -> None:
    place_hold(order_id=order_id, actor=scene.manager, reason="数量异常", now=timezone.now())
    ask_about_hold(order_id=order_id, actor=scene.manager, text="真的要八件吗？", now=timezone.now())
    buyer.open(page)
    buyer.follow(_main(buyer).locator("a[href$='/answer/']"))
    buyer.check()
    buyer.page.fill("[name=text]", "新店开业。")
    _submit(buyer)
    manager.open(page)
    expect(_main(manager)).to_contain_text("新店开业。")
    manager.shoot("order-hold-answered")
    manager.check()


def _changed_by_request(buyer: Visitor, manager: Visitor, page: str, first: int) -> None:
    buyer.open(f"{page}request-change/")
    buyer.page.fill(f"#id_quantity-{first}", "3")
    buyer.page.fill("[name=reason]", "门店停业一周")
    buyer.check()
    _submit(buyer)
    manager.open(page)
    expect(_main(manager)).to_contain_text("门店停业一周")
    manager.shoot("order-request")
    manager.check()
    manager.follow(manager.page.locator("form[action$='/request/accept/'] button"))
    expect(_main(manager)).to_contain_text("8 → 3")


def _asked_for_above_the_limit(buyer: Visitor, owner: Visitor, manager: Visitor, page: str, first: int) -> None:
    """The distributor's approver first, then the seller."""
    buyer.open(f"{page}request-change/")
    buyer.page.fill(f"#id_quantity-{first}", "7")
    buyer.page.fill("[name=reason]", "新店开业")
    _submit(buyer)
    expect(_main(buyer)).to_contain_text("超出申请人的额度")
    buyer.check()
    manager.open(page)
    expect(manager.page.locator("form[action$='/request/accept/']")).to_have_count(0)
    owner.open("/")
    owner.follow(owner.page.locator(f"a[href='{page}']").first)
    owner.shoot("order-request-above-limit")
    owner.check()
    owner.follow(owner.page.locator("form[action$='/request/confirm/'] button"))
    owner.clicks("owner: a change above the buyer's limit confirmed, from the home page")
    manager.open(page)
    manager.follow(manager.page.locator("form[action$='/request/accept/'] button"))
    expect(_main(manager)).to_contain_text("3 → 7")


def _confirmed_above_the_limit(owner: Visitor, scene: Scene) -> None:
    limit_orders(actor=scene.owner, person_id=scene.buyer.pk, amount=Decimal(50), on=timezone.localdate())
    ApprovalRuleFactory.create(name_zh="常规订单", most_amount_company=Decimal(500))
    placed = scene.placed(4)
    while relay():
        pass
    owner.open(f"/orders/{placed.number}/")
    expect(_main(owner)).to_contain_text("50.00")
    owner.shoot("order-above-limit")
    owner.check()
    owner.page.locator("form[action$='/act/confirm/'] button").first.click()
    expect(owner.page.locator("form[action$='/act/confirm/']")).to_have_count(0)
    while relay():
        pass
    owner.page.reload()
    expect(_main(owner)).to_contain_text("常规订单")
    owner.shoot("order-approved-by-rule")
    owner.check()
