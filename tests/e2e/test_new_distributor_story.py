"""A new distributor is made ready from its own page, on a phone, in Chinese: item after item, until its owner orders."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Distributor, User
from accounts.services.invitations import join
from catalogue.models import BuyingRight
from channel.models import Agreement
from orders.models import Order
from tests.e2e.conftest import Visitor
from tests.factories.accounts import PASSWORD, AdministratorFactory, DutyFactory, ManagerFactory, TerritoryFactory
from tests.factories.orders import Shop, shop

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


class Scene:
    """A company that sells already, with its stock and a list of prices for everybody."""

    def __init__(self) -> None:
        self.shop: Shop = shop()
        self.product = self.shop.products[0]
        self.territory = TerritoryFactory.create(name="Jiangsu", name_zh="江苏")
        self.duty = DutyFactory.create(name="Sales", name_zh="销售")
        self.manager = ManagerFactory.create(full_name="Lin Wei", full_name_zh="林伟")
        self.admin = AdministratorFactory.create(language=LANGUAGE)


def _send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").last.click()


def _item(visitor: Visitor, route: str) -> Page:
    """Follow an item of the checklist."""
    visitor.open(reverse("accounts:distributor", args=["NEW"]))
    visitor.follow(visitor.page.locator(f"#checklist a[href^='{route}']"))
    return visitor.page


def test_a_new_distributor_orders(make_visitor: Callable[..., Visitor]) -> None:
    """It would be made, and its first order refused for reasons that nobody named."""
    scene = Scene()
    admin = make_visitor("phone", LANGUAGE).signed_in(scene.admin)
    page = admin.open(reverse("accounts:distributor-new"))
    page.fill("[name=code]", "NEW")
    page.fill("[name=name]", "新商贸")
    page.select_option("[name=channel_kind]", "wholesale")
    page.select_option("[name=status]", "active")
    page.select_option("[name=territory]", str(scene.territory.pk))
    page.fill("[name=currency]", scene.shop.distributor.currency)
    _send(page)
    expect(page.locator("#checklist")).to_be_visible()
    admin.shoot("new-distributor-checklist")
    admin.check()
    new = Distributor.objects.get(code="NEW")
    page = _item(admin, reverse("responsibility:assign"))
    page.check(f"[name=duties][value='{scene.duty.pk}']")
    page.select_option("[name=user]", str(scene.manager.pk))
    _send(page)
    expect(page.locator("#checklist")).to_be_visible()
    page = _item(admin, reverse("inventory:supply-route", args=["NEW"]))
    page.select_option("[name=warehouse]", str(scene.shop.warehouse.pk))
    admin.shoot("new-distributor-supply-route")
    admin.check()
    _send(page)
    expect(page.locator("#checklist")).to_be_visible()
    page = _item(admin, reverse("catalogue:buying-rights", args=["NEW"]))
    page.check(f"[name=brands][value='{scene.shop.brand.pk}']")
    _send(page)
    expect(page.locator("#checklist")).to_be_visible()
    assert BuyingRight.objects.filter(distributor=new).exists()
    page = _item(admin, reverse("channel:address-new", args=["NEW"]))
    page.fill("[name=name]", "总仓")
    page.fill("[name=address]", "文三路 1 号")
    page.select_option("[name=territory]", str(scene.territory.pk))
    _send(page)
    _priced(admin, scene)
    owner = _invited(admin, scene)
    _agreed(make_visitor, admin, owner, scene)
    page = admin.open(reverse("accounts:distributor", args=["NEW"]))
    expect(page.locator("#checklist")).to_have_count(0)
    _orders(make_visitor("phone", LANGUAGE).signed_in(owner), scene)


def _priced(admin: Visitor, scene: Scene) -> None:
    """A list for this distributor, preset in its currency, with its first price."""
    page = _item(admin, reverse("pricing:price-list-new"))
    expect(page.locator("[name=currency]")).to_have_value(scene.shop.distributor.currency)
    expect(page.locator("[name=distributor]")).to_have_value("NEW")
    page.fill("[name=code]", "NEW-LIST")
    page.fill("[name=name]", "新商贸价目表")
    admin.shoot("new-distributor-price-list")
    admin.check()
    _send(page)
    admin.follow(page.locator(f"a[href^='{reverse('pricing:price-set')}']").first)
    page.fill("[name=product]", scene.product.code)
    page.fill("[name=amount]", "12.50")
    _send(page)


def _invited(admin: Visitor, scene: Scene) -> User:
    page = _item(admin, reverse("accounts:invite"))
    page.fill("[name=full_name]", "李明")
    expect(page.locator("[name=role]")).to_have_value("owner")
    page.locator("main form:has([name=full_name]) button[type=submit]").click()
    link = page.locator("code").inner_text()
    admin.shoot("new-distributor-invited")
    admin.check()
    secret = link.rstrip("/").rsplit("/", 1)[1]
    person: Any = join(
        secret=secret,
        full_name="李明",
        email="li@example.test",
        password=PASSWORD,
        language=LANGUAGE,
        now=timezone.now(),
    ).person
    owner: User = User.objects.get(pk=person.pk)
    return owner


def _agreed(make_visitor: Callable[..., Visitor], admin: Visitor, owner: User, scene: Scene) -> None:
    """Drafted and sent from the checklist, accepted by the owner, put in force."""
    page = _item(admin, reverse("channel:agreement-new"))
    page.fill("[name=starts_on]", timezone.localdate().isoformat())
    page.fill("[name=ends_on]", (timezone.localdate() + timedelta(days=365)).isoformat())
    page.fill("[name=currency]", scene.shop.distributor.currency)
    page.check("[name=channel_kinds][value=wholesale]")
    page.select_option("[name=territories]", str(scene.territory.pk))
    page.select_option("[name=subject_1_brand_id]", str(scene.shop.brand.pk))
    _send(page)
    agreement = Agreement.objects.get()
    with page.expect_navigation():
        page.locator("form[action$='/send/'] button").click()
    at_owner = make_visitor("phone", LANGUAGE).signed_in(owner)
    page = at_owner.open(reverse("channel:agreement-accept", args=[agreement.pk]))
    page.fill("[name=name]", "李明")
    _send(page)
    page = admin.open(reverse("channel:agreement-put-in-force", args=[agreement.pk]))
    page.fill("[name=signature_reference]", "E-SIGN 1")
    _send(page)
    agreement.refresh_from_db()
    assert agreement.status == "in_force"


def _orders(visitor: Visitor, scene: Scene) -> None:
    page = visitor.open("/orders/new/")
    page.fill("#quick-q", scene.product.code)
    page.press("#quick-q", "Enter")
    expect(page.locator("#quick-quantity")).to_be_focused()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.locator("#place-order")).to_be_enabled()
    page.locator("#place-order").click()
    expect(page.locator("h1")).to_contain_text("SO")
    placed = Order.objects.exclude(number=None).get()
    assert (placed.distributor.code, placed.is_on_hold) == ("NEW", False)
