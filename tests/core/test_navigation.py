"""The menu: few entries in groups, nothing a role cannot use, four of them in reach of a thumb."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.ui.navigation import IN_BAR, menu_for
from tests.factories.accounts import USER_FACTORIES, BuyerFactory, KeeperFactory
from tests.factories.planning import calendar_year

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role.values)
def test_a_menu_has_few_entries_and_each_opens(role: str, client: Client) -> None:
    """Fourteen entries of equal weight are read every time; one that ends at "not allowed" is a dead end."""
    user: Any = USER_FACTORIES[role].create()
    calendar_year(timezone.localdate().year)
    menu = menu_for(user, "/")
    assert 5 <= len(menu.sections) <= 8
    assert len({link.key for link in menu.links}) == len(menu.links)
    client.force_login(user, backend="sign_in.backends.PasswordBackend")
    for link in menu.links:
        assert client.get(link.url).status_code == 200, link.key


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        (Role.BUYER, ["home", "order-entry", "orders", "catalogue"]),
        (Role.MANAGER, ["home", "orders", "distributors", "attainment"]),
        (Role.WAREHOUSE, ["home", "orders", "stock", "distributors"]),
        (Role.KEEPER, ["home", "orders", "my-stock", "products"]),
    ],
)
def test_a_phone_has_the_four_that_a_role_uses_most(role: str, keys: list[str]) -> None:
    """Whoever stands in a warehouse with one hand free should not open a menu for the stock."""
    bar = menu_for(USER_FACTORIES[role].create(), "/").bar
    assert len(bar) == IN_BAR
    assert [section.links[0].key for section in bar] == keys


def test_the_open_group_lists_its_pages_and_marks_the_one_that_is_open(client: Client) -> None:
    manager: Any = USER_FACTORIES[Role.MANAGER].create()
    menu = menu_for(manager, reverse("responsibility:radar"))
    assert {link.key: link.current for section in menu.sections for link in section.opened} == {
        "distributors": False,
        "agreements": False,
        "departures": False,
        "announcements": False,
        "applications": False,
        "outlets": False,
        "certificates": False,
        "onboardings": False,
        "radar": True,
    }
    client.force_login(manager, backend="sign_in.backends.PasswordBackend")
    text = client.get(reverse("responsibility:radar")).content.decode()
    assert text.count('aria-current="page"') == 1


def test_who_moves_goods_has_no_plans_and_no_evaluations() -> None:
    """What one does not use stands in the way of what one does."""
    for role in (Role.WAREHOUSE, Role.KEEPER):
        keys = {link.key for link in menu_for(USER_FACTORIES[role].create(), "/").links}
        assert not keys & {"plans", "attainment", "scorecards"}


def test_a_buyer_has_one_catalogue_with_prices(client: Client) -> None:
    """A second list of products without price and button is a dead end."""
    client.force_login(BuyerFactory.create(), backend="sign_in.backends.PasswordBackend")
    assert client.get(reverse("inventory:products")).headers["Location"] == reverse("orders:entry-catalogue")
    client.force_login(KeeperFactory.create(), backend="sign_in.backends.PasswordBackend")
    assert client.get(reverse("inventory:products")).status_code == 200
