"""What a product still lacks: on its page, in the list and over the API, by one rule."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from catalogue.rules.completeness import criteria, is_incomplete
from catalogue.selectors import missing_by_product
from pricing.models import Price, PriceList
from tests.factories.accounts import AdministratorFactory
from tests.factories.inventory import (
    ProductAttributeFactory,
    ProductFactory,
    ProductFamilyFactory,
    ProductFileFactory,
    ProductUnitFactory,
)

pytestmark = pytest.mark.django_db
WHOLE = {"barcode": "6901234567892", "weight": Decimal(1), "volume": Decimal(1), "pack_size": 6, "shelf_life_days": 90}


def _whole(**other: Any) -> Product:
    """A product that lacks nothing, but for what is named otherwise."""
    product = ProductFactory.create(**(WHOLE | other))
    ProductFileFactory.create(product=product, media_type="image/png")
    ProductUnitFactory.create(product=product)
    listed, _made = PriceList.objects.get_or_create(code="ALL", defaults={"name": "All", "currency": "CNY"})
    Price.objects.create(price_list=listed, product=product, amount=1, starts_on=date(2020, 1, 1))
    return product


def test_each_rule_names_what_is_missing(client: Client) -> None:
    """A product without a picture, price or weight would be found out by the buyers."""
    whole = _whole()
    family = ProductFamilyFactory.create(category=whole.category)
    ProductAttributeFactory.create(category=whole.category, code="size")
    cases = {
        "gtin": _whole(barcode="6901234567891"),
        "translation": _whole(barcode="6901234567908", name_zh=""),
        "weight": _whole(barcode="6901234567915", weight=None),
        "shelf_life": _whole(barcode="6901234567922", shelf_life_days=None, category=whole.category),
        "family": _whole(barcode="6901234567939", category=whole.category, family=family),
        "picture": _whole(barcode="6901234567946"),
        "unit": _whole(barcode="6901234567953"),
        "price": _whole(barcode="6901234567960"),
    }
    assert {criterion.key for criterion in criteria()} == set(cases), "each rule has its case"
    cases["picture"].files.all().delete()
    cases["unit"].units.all().delete()
    Price.objects.filter(product=cases["price"]).update(ends_on=date(2021, 1, 1))
    shirt = _whole(barcode="6901234567977", shelf_life_days=None)  # of a category where nothing has one
    products = [whole, shirt, *cases.values()]
    found = missing_by_product([product.pk for product in products])
    assert {key: [one.key for one in found[product.pk]] for key, product in cases.items()} == {
        key: [key] for key in cases
    }
    assert (found[whole.pk], found[shirt.pk]) == ([], [])
    assert set(Product.objects.filter(is_incomplete())) == set(cases.values())
    client.force_login(AdministratorFactory.create())
    listed = client.get(reverse("inventory:products"), {"missing": "weight"})
    assert [row.record.code for row in listed.context["table"].rows] == [cases["weight"].code]
    page = client.get(cases["family"].get_absolute_url()).content.decode()
    assert reverse("catalogue:product-family", args=[cases["family"].code]) in page
    reply = client.get("/api/v1/products/", {"missing": "any"}).json()["results"]
    assert {row["code"]: row["missing"] for row in reply} == {product.code: [key] for key, product in cases.items()}
    assert client.get("/api/v1/products/", {"missing": "colour"}).status_code == 400
