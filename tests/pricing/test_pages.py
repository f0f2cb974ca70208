"""The pages of prices."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import AdministratorFactory, BuyerFactory
from tests.factories.inventory import BuyingRightFactory, ProductFactory

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="sign_in.backends.PasswordBackend")
    return client


def test_a_new_product_gets_its_price_from_its_own_page() -> None:
    """Whoever made it would look for the way, and give its code again."""
    product = ProductFactory.create(code="NEW")
    page = reverse("pricing:product-prices", args=["NEW"])
    set_price = f"{reverse('pricing:price-set')}?product=NEW"
    admin = client_of(AdministratorFactory.create())
    assert set_price in admin.get(page).content.decode()
    assert admin.get(set_price).context["form"]["product"].value() == "NEW"
    buyer = BuyerFactory.create()
    BuyingRightFactory.create(distributor=buyer.distributor, brand=product.brand)
    assert set_price not in client_of(buyer).get(page).content.decode()
