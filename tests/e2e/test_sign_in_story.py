"""Single sign-on, the second step and sessions in a real browser, on a phone's screen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import Visitor
from tests.factories.accounts import PASSWORD, AdministratorFactory, ManagerFactory
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, running_provider

EMAIL = "anna@brand.example"


@pytest.mark.django_db(transaction=True)
def test_from_the_button_to_the_first_page(make_visitor: Callable[..., Visitor], live_server: LiveServer) -> None:
    """Chinese, 390 px: the way to the provider and back is one that the policy of our pages lets a browser go."""
    ManagerFactory.create(email=EMAIL, language="zh-hans")
    with running_provider() as there:
        there.configure(claims={"email": EMAIL, "email_verified": True})
        values: dict[str, Any] = {
            "OIDC_ISSUER": there.url,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        }
        with override_settings(**values, OIDC_NAME="品牌账号", PUBLIC_URL=live_server.url):
            visitor = make_visitor("phone", "zh-hans")
            page = visitor.open("/accounts/login/")
            visitor.check()
            visitor.shoot("sso-button")
            page.locator("a[href^='/accounts/sso/login/']").click()
            expect(page).to_have_url(f"{live_server.url}/")
            visitor.check()
            there.configure(claims={"email": "nobody@brand.example", "email_verified": True, "sub": "s-9"})
            other = make_visitor("phone", "zh-hans")
            page = other.open("/accounts/login/")
            page.locator("a[href^='/accounts/sso/login/']").click()
            expect(page.locator("a[href='/accounts/sso/login/']")).to_be_visible()
            other.shoot("sso-refused")


@pytest.mark.django_db(transaction=True)
def test_sessions_and_the_second_step(make_visitor: Callable[..., Visitor]) -> None:
    """Whoever is led to the second step sees only the way there; a session is recognised on the phone."""
    admin = AdministratorFactory.create(language="en")
    with override_settings(TWO_STEP_ROLES=frozenset({"administrator"})):
        visitor = make_visitor("phone", "en").signed_in(admin)
        page = visitor.open("/people/")
        expect(page.locator("a[href='/accounts/2fa/totp/activate/']")).to_be_visible()
        visitor.check()
        visitor.shoot("two-step")
    visitor = make_visitor("phone", "en")
    page = visitor.open("/accounts/login/?next=/accounts/sessions/")
    page.locator("[name=login]").fill(admin.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form[action='/accounts/login/'] [type=submit]").click()
    expect(page.locator(".list-group-item")).to_contain_text("This session")
    visitor.check()
    visitor.shoot("sessions")
