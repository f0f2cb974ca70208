"""The first page of every role in a browser, on both screens and in both languages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from accounts.enums import Role
from orders.ordering.enums import Lateness, OrderStatus
from tests.e2e.conftest import Visitor
from tests.factories.accounts import USER_FACTORIES, DutyFactory, ResponsibilityFactory
from tests.factories.orders import OrderFactory
from tests.factories.planning import SalesPlanFactory, calendar_year


@transaction.atomic
def company(role: str, language: str = "en") -> Any:
    """Somebody of a role with a distributor, a plan, a gap, and one order of every kind of work."""
    user: Any = USER_FACTORIES[role](language=language)
    whose = {"user": user} if role == Role.MANAGER else {}
    of = {"distributor": user.distributor} if user.distributor else {}
    held: Any = ResponsibilityFactory(**whose, **of)
    DutyFactory()
    mine = held.distributor
    SalesPlanFactory(distributor=mine, year=calendar_year(timezone.localdate().year))
    for status in (OrderStatus.SUBMITTED, OrderStatus.APPROVED, OrderStatus.PICKING, OrderStatus.SHIPPED):
        OrderFactory(distributor=mine, status=status)
    OrderFactory(distributor=mine, status=OrderStatus.APPROVED, lateness=Lateness.LATE)
    OrderFactory(distributor=mine, is_on_hold=True)
    return user


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", [Role.MANAGER, Role.DIRECTOR, Role.OWNER])
def test_the_first_page(visitor: Visitor, screen: str, language: str, role: str) -> None:
    """The page that people open first would be broken for somebody."""
    user = company(role, language)
    page = visitor.signed_in(user).open("/")
    expect(page.locator("tr[data-row]").first).to_be_visible()
    visitor.check()
    visitor.shoot(f"home-{role}-{screen}-{language}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "role", [Role.WAREHOUSE, Role.FINANCE, Role.ADMINISTRATOR, Role.BUYER, Role.KEEPER, Role.ACCOUNTANT]
)
def test_the_first_page_on_a_phone_at_night(make_visitor: Callable[..., Visitor], role: str) -> None:
    """Who works in a warehouse would not be able to read it."""
    visitor = make_visitor("phone", "en", theme="dark")
    page = visitor.signed_in(company(role)).open("/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.locator("tr[data-row]").first).to_be_visible()
    visitor.check()
    visitor.shoot(f"home-{role}-phone-dark")


@pytest.mark.django_db(transaction=True)
def test_an_order_is_approved_from_the_first_page(make_visitor: Callable[..., Visitor]) -> None:
    """A manager would have to open forty orders a day to press one button in each."""
    visitor = make_visitor()
    page = visitor.signed_in(company(Role.MANAGER)).open("/")
    row = page.locator("tr[data-row]", has_text="To approve")
    expect(row).to_have_count(1)
    row.get_by_role("button").click()
    expect(page.locator(".toast")).to_be_visible()
    expect(row).to_have_count(0)
    visitor.check()


@pytest.mark.django_db(transaction=True)
def test_the_menu_of_a_phone_opens(make_visitor: Callable[..., Visitor]) -> None:
    """On a phone nobody would get past the first page."""
    visitor = make_visitor("phone")
    page = visitor.signed_in(company(Role.MANAGER)).open("/")
    orders = page.locator("#main-navigation").get_by_role("link", name="Orders", exact=True)
    expect(orders).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(orders).to_be_visible()
    visitor.shoot("menu-phone")
    orders.click()
    expect(page.locator("h1")).to_have_text("Orders")
    visitor.check()


@pytest.mark.django_db(transaction=True)
def test_the_search_finds_an_order_as_one_types(make_visitor: Callable[..., Visitor]) -> None:
    """On the telephone, finding an order by its number would take three pages."""
    user = company(Role.MANAGER)
    order: Any = OrderFactory(distributor=user.responsibilities.get().distributor)
    visitor = make_visitor()
    page = visitor.signed_in(user).open("/")
    page.keyboard.press("/")
    page.keyboard.type(order.number)
    hit = page.locator("#search-results a", has_text=order.number)
    expect(hit).to_be_visible()
    visitor.check()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visitor.address}/orders/{order.number}/")
