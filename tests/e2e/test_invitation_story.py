"""A buyer without an e-mail address on a phone, in Chinese: invited, limited, signed in by a code, ordering within the limit."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from core.models import OutboxMessage
from messaging.services.sms import SMS_TOPIC
from orders.models import Order
from tests.e2e.conftest import Visitor
from tests.factories.accounts import OwnerFactory
from tests.factories.orders import shop

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGE = "zh-hans"


def test_from_the_link_to_an_order_within_the_limit(make_visitor: Callable[..., Visitor]) -> None:
    """Buyers often have no e-mail; an owner who cannot limit them orders everything alone."""
    scene = shop()
    owner = OwnerFactory.create(distributor=scene.distributor, language=LANGUAGE)
    inviting = make_visitor("phone", LANGUAGE).signed_in(owner)
    buyer = make_visitor("phone", LANGUAGE)
    _buyer_joins(buyer, _owner_invites(inviting))
    person = User.objects.get(phone="+8613912345678")
    _owner_limits(inviting, person)
    _buyer_signs_in(buyer)
    _buyer_orders(buyer, scene)


def _owner_invites(visitor: Visitor) -> str:
    page = visitor.open(reverse("accounts:invite"))
    page.fill("[name=full_name]", "小陈")
    page.select_option("[name=role]", "buyer")
    visitor.check()
    visitor.follow(page.locator("main form.form-page button.btn-primary"))
    visitor.check()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copy]")).to_have_text("已复制")
    visitor.shoot("invitation-link")
    return urlsplit(str(page.evaluate("navigator.clipboard.readText()"))).path


def _buyer_joins(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    visitor.check()
    page.fill("[name=phone]", "139 1234 5678")
    visitor.shoot("invitation-join")
    visitor.follow(page.locator("form button.btn-primary"))
    expect(page.locator("[name=login]")).to_be_visible()


def _owner_limits(visitor: Visitor, person: Any) -> None:
    page = visitor.open(reverse("accounts:person", args=[person.pk]))
    visitor.follow(page.locator(f"a[href='{reverse('accounts:order-limit', args=[person.pk])}']").first)
    page.fill("[name=amount]", "50")
    visitor.check()
    visitor.follow(page.locator("main form.form-page button.btn-primary"))
    visitor.check()


def _buyer_signs_in(visitor: Visitor) -> None:
    page = visitor.page
    visitor.follow(page.locator(f"a[href^='{reverse('account_request_login_code')}']"))
    page.fill("[name=phone]", "13912345678")
    visitor.check()
    visitor.follow(page.locator("form button[type=submit].btn-primary"))
    code = OutboxMessage.objects.filter(topic=SMS_TOPIC).latest("pk").payload["code"]
    page.fill("[name=code]", code)
    visitor.check()
    visitor.shoot("sign-in-code")
    visitor.follow(page.locator("form button[type=submit].btn-primary").first)
    expect(page).to_have_url(f"{visitor.address}/")


def _buyer_orders(visitor: Visitor, scene: Any) -> None:
    """Ten yuan a piece: six are beyond the limit and would wait for the owner, as the page says; five are placed."""
    product = scene.products[0]
    page = visitor.open("/orders/new/")
    page.fill("#quick-q", product.code)
    page.press("#quick-q", "Enter")
    expect(page.locator("#quick-quantity")).to_be_focused()
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    quantity = page.locator(f"#quantity-{product.pk}")
    expect(quantity).to_have_value("6")
    expect(page.locator("#summary")).to_contain_text("需经销商的审批人确认")
    visitor.shoot("order-above-limit")
    visitor.check()
    quantity.fill("5")
    quantity.press("Tab")
    expect(page.locator("#summary")).not_to_contain_text("需经销商的审批人确认")
    page.locator("#place-order").click()
    expect(page.locator("h1")).to_contain_text("SO")
    assert Order.objects.get().net_amount == Decimal(50)
