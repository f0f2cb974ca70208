"""Signing in, the first page, and getting about by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.enums import Role
from tests.e2e.conftest import Visitor
from tests.factories.accounts import PASSWORD, UserFactory


@pytest.mark.django_db(transaction=True)
def test_somebody_signs_in(visitor: Visitor, screen: str, language: str) -> None:
    """Without this nobody gets in, on a phone or in Chinese."""
    user: Any = UserFactory.create(role=Role.DIRECTOR, language=language)
    page = visitor.open("/")
    visitor.check()
    visitor.shoot(f"sign-in-{screen}-{language}")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    expect(page.locator("h1")).to_be_visible()
    expect(page).to_have_url(f"{visitor.address}/")
    visitor.shoot(f"home-{screen}-{language}")
    visitor.check()


@pytest.mark.django_db(transaction=True)
def test_a_wrong_password_says_so_and_keeps_the_address(make_visitor: Callable[..., Visitor]) -> None:
    """People would type everything again, or believe that they are locked out."""
    page = make_visitor().open("/accounts/login/")
    page.fill("input[name=login]", "somebody@example.com")
    page.fill("input[name=password]", "wrong")
    page.press("input[name=password]", "Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("input[name=login]")).to_have_value("somebody@example.com")


@pytest.mark.django_db(transaction=True)
def test_keys_lead_about(make_visitor: Callable[..., Visitor]) -> None:
    """Who works here all day would have to reach for the mouse."""
    visitor = make_visitor().signed_in(UserFactory.create(role=Role.DIRECTOR))
    page = visitor.open("/")
    page.keyboard.press("/")
    expect(page.locator("#global-search")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("b")
    expect(page).to_have_url(f"{visitor.address}/jobs/")
    visitor.check()


@pytest.mark.django_db(transaction=True)
def test_the_choice_of_dark_stays(make_visitor: Callable[..., Visitor]) -> None:
    """At night the screen would be white again on every page."""
    visitor = make_visitor().signed_in(UserFactory.create(role=Role.DIRECTOR))
    page = visitor.open("/")
    with page.expect_response("**/theme/"):
        page.locator("form[data-theme-switch] button:visible").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    visitor.open("/jobs/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    visitor.check()
