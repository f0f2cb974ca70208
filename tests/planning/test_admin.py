"""The administration of catalogue, prices and plans. What does not open here can only be mended in the database."""

from datetime import date
from typing import Any

import pytest
import tablib
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from inventory.admin import ProductResource
from inventory.models import Product
from planning.admin import PriceResource
from planning.models import Price
from tests.factories.accounts import AdministratorFactory
from tests.factories.inventory import BuyingRightFactory, ProductFactory, ReservationFactory, StockFactory
from tests.factories.planning import (
    PriceFactory,
    PriceListFactory,
    PromotionFactory,
    SalesActualFactory,
    SalesPlanFactory,
    SalesPlanMixFactory,
)

pytestmark = pytest.mark.django_db
MODELS = [model for app in ("inventory", "planning") for model in apps.get_app_config(app).get_models()]


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
    answer = client.post(reverse("admin:planning_price_add"), wish)
    assert answer.status_code == 302, answer.context["errors"]
    old.refresh_from_db()
    assert old.ends_on == date(2026, 12, 31)


def test_products_and_prices_come_in_by_sheet(administrator: Any) -> None:
    """A catalogue of thousands is not typed."""
    product = ProductFactory(code="P-1", name="Tea")
    sheet = tablib.Dataset(headers=["code", "name", "name_zh", "brand", "category"])
    sheet.append(["P-1", "Green tea", "绿茶", product.brand.code, product.category.code])
    sheet.append(["P-2", "Cup", "", product.brand.code, product.category.code])
    result = ProductResource().import_data(sheet, user=administrator, raise_errors=True)
    assert not result.has_errors()
    assert Product.objects.get(code="P-1").pinyin == "lc"
    assert Product.objects.count() == 2
    shelf = PriceListFactory(code="STD")
    prices = tablib.Dataset(headers=["price_list", "product", "from_quantity", "starts_on", "amount", "ends_on"])
    prices.append(["STD", "P-1", "1", "2026-01-01", "10", ""])
    prices.append(["STD", "P-1", "1", "2026-06-01", "11", ""])
    result = PriceResource().import_data(prices, user=administrator, raise_errors=True)
    assert not result.has_errors()
    assert Price.objects.get(amount=10, price_list=shelf).ends_on == date(2026, 5, 31)
