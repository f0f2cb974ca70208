"""The administration of catalogue, prices and plans. What does not open here can only be corrected in the database."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from catalogue.admin import ProductResource
from pricing.admin import PriceResource
from tests.factories.accounts import AdministratorFactory
from tests.factories.inventory import BuyingRightFactory, ReservationFactory, StockFactory
from tests.factories.planning import (
    PriceFactory,
    PromotionFactory,
    SalesActualFactory,
    SalesPlanFactory,
    SalesPlanMixFactory,
)

pytestmark = pytest.mark.django_db
MODELS = [
    model
    for app in ("catalogue", "inventory", "pricing", "planning")
    for model in apps.get_app_config(app).get_models()
]


@pytest.fixture
def administrator(client: Client) -> Any:
    person = AdministratorFactory()
    client.force_login(person)
    return person


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_record_opens(client: Client, model: Any) -> None:
    """List, search and form of every table, with a row in it."""
    stock = StockFactory()
    BuyingRightFactory(brand=stock.product.brand)
    ReservationFactory()
    SalesPlanMixFactory(plan_period=SalesPlanFactory().periods.first(), amount=1000)
    PriceFactory()
    PromotionFactory()
    SalesActualFactory()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist"), {"q": "P-1"}).status_code == 200
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    row = model._default_manager.first()
    if row is not None:
        assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
    allowed = admin.site._registry[model].has_add_permission(client.get("/").wsgi_request)
    assert client.get(reverse(f"{name}_add")).status_code == (200 if allowed else 403)


@pytest.mark.usefixtures("administrator")
def test_a_price_added_in_the_administration_ends_the_one_before(client: Client) -> None:
    """The same rule wherever a price is set."""
    old = PriceFactory()
    wish = {
        "price_list": old.price_list_id, "product": old.product_id, "from_quantity": "1", "amount": "12",
        "starts_on": "2027-01-01", "ends_on": "",
    }  # fmt: skip
    answer = client.post(reverse("admin:pricing_price_add"), wish)
    assert answer.status_code == 302, answer.context["errors"]
    old.refresh_from_db()
    assert old.ends_on == date(2026, 12, 31)


@pytest.mark.usefixtures("administrator")
def test_products_and_prices_leave_by_sheet_and_do_not_come_in_by_one(client: Client) -> None:
    """A catalogue of thousands is read in a sheet, by codes; what comes in goes through the import with its checks."""
    price = PriceFactory()
    (product,) = ProductResource().export().dict
    assert (product["code"], product["brand"]) == (price.product.code, price.product.brand.code)
    (row,) = PriceResource().export().dict
    assert (row["price_list"], row["product"]) == (price.price_list.code, price.product.code)
    for name in ("catalogue_product", "pricing_price"):
        assert client.get(reverse(f"admin:{name}_export")).status_code == 200
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:{name}_import")
