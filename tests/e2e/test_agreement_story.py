"""An agreement on a phone, in Chinese: sent, accepted by the owner, put in force with its scan, applied in orders, in grace."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from catalogue.models import BuyingRight
from channel.models import Agreement
from channel.services.agreements import create_agreement
from channel.services.calendar import move_agreements
from orders.models import Order
from tests.e2e.conftest import Visitor
from tests.factories.accounts import DirectorFactory, OwnerFactory, TerritoryFactory
from tests.factories.channel import agreement_in_force, terms
from tests.factories.inventory import BrandFactory
from tests.factories.orders import Shop, shop

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"
WARNED = "按其条款可下单至"
PDF = {"name": "盖章协议.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 stamped"}


class Scene:
    """A distributor that agreed about another brand already, and is to get this one for three weeks, with grace."""

    def __init__(self) -> None:
        self.shop: Shop = shop()
        self.product = self.shop.products[0]
        place, today = TerritoryFactory.create(name="Jiangsu", name_zh="江苏"), timezone.localdate()
        agreement_in_force(self.shop.distributor, terms(brand=BrandFactory.create(), territory=place, ends_on=None))
        self.director = DirectorFactory.create(language=LANGUAGE)
        self.owner = OwnerFactory.create(distributor=self.shop.distributor, language=LANGUAGE)
        self.agreement = create_agreement(
            distributor_id=self.shop.distributor.pk,
            terms=terms(
                brand=self.shop.brand,
                territory=place,
                starts_on=today,
                ends_on=today + timedelta(days=5),
                grace_days=31,
            ),
            actor=self.director,
        )

    def now(self) -> Agreement:
        return Agreement.objects.get(pk=self.agreement.pk)


def test_an_agreement_is_lived_under(make_visitor: Callable[..., Visitor]) -> None:
    """What was signed decides what can be ordered, and everybody reads why."""
    scene = Scene()

    def at(person: Any) -> Visitor:
        return make_visitor("phone", LANGUAGE).signed_in(person)

    director, owner = at(scene.director), at(scene.owner)
    _refused_with_the_clause(owner, scene)
    page = director.open(scene.agreement.get_absolute_url())
    page.locator("form[action$='/send/'] button").click()
    expect(page.locator("form[action$='/send/']")).to_have_count(0)
    director.check()
    _owner_accepts(owner, scene)
    _put_in_force(director, scene)
    placed = _ordered(owner, scene)
    expect(placed.locator("body")).not_to_contain_text(WARNED)
    with time_machine.travel(timezone.now() + timedelta(days=10), tick=True):
        move_agreements(today=timezone.localdate())
        assert scene.now().status == "in_grace"
        owner = at(scene.owner)
        page = _ordered(owner, scene)
        expect(page.locator("body")).to_contain_text(WARNED)
        expect(page.locator("body")).to_contain_text(str(scene.now()))
        owner.shoot("agreement-grace-warned")
        owner.check()
    assert Order.objects.exclude(number=None).count() == 2


def _choose(page: Page, scene: Scene) -> None:
    page.fill("#quick-q", scene.product.code)
    page.press("#quick-q", "Enter")
    expect(page.locator("#quick-quantity")).to_be_focused()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.locator(f"#quantity-{scene.product.pk}")).to_have_value("5")


def _refused_with_the_clause(visitor: Visitor, scene: Scene) -> None:
    """The draft was begun while a right was left over from before; it went, and the line says why."""
    page = visitor.open("/orders/new/")
    _choose(page, scene)
    BuyingRight.objects.exclude(source_type="agreement").delete()
    page.reload()
    expect(page.locator("#place-order")).to_have_attribute("data-first-problem", "")
    expect(page.locator(f"#line-{scene.product.pk}")).to_contain_text("DA100001 R1")
    visitor.shoot("agreement-refused-with-clause")
    visitor.check()


def _owner_accepts(visitor: Visitor, scene: Scene) -> None:
    page = visitor.open(scene.agreement.get_absolute_url())
    page.locator("a[href$='/accept/']").first.click()
    expect(page.locator("main")).to_contain_text("江苏")
    visitor.shoot("agreement-accept")
    visitor.check()
    page.fill("[name=name]", "李明")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("李明")
    assert (scene.now().status, scene.now().accepted_name) == ("accepted", "李明")


def _put_in_force(visitor: Visitor, scene: Scene) -> None:
    page = visitor.open(scene.agreement.get_absolute_url())
    page.locator("a[href$='/put-in-force/']").first.click()
    page.set_input_files("[name=scan]", files=[PDF])
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("盖章协议.pdf")
    visitor.shoot("agreement-in-force")
    visitor.check()
    assert scene.now().status == "in_force"


def _ordered(visitor: Visitor, scene: Scene) -> Page:
    page = visitor.open("/orders/new/")
    if not page.locator(f"#quantity-{scene.product.pk}").count():
        _choose(page, scene)
    expect(page.locator("#place-order")).to_be_enabled()
    page.locator("#place-order").click()
    expect(page.locator("h1")).to_contain_text("SO")
    return page
