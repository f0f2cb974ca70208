"""Catalogue and stock over the API, as another system uses them."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from catalogue.models import Product
from inventory.models import Stock
from tests.factories.accounts import AdministratorFactory, BuyerFactory, DistributorFactory, WarehouseUserFactory
from tests.factories.inventory import (
    BrandFactory,
    BuyingRightFactory,
    CategoryFactory,
    ProductFactory,
    StockFactory,
    SupplyRouteFactory,
    WarehouseFactory,
)

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_a_distributor_sees_its_own_assortment_with_a_light() -> None:
    """What it may not buy, what it costs us and how much we have are none of its business."""
    distributor = DistributorFactory.create()
    mine, other = ProductFactory.create(minimum_quantity=10), ProductFactory.create()
    BuyingRightFactory.create(distributor=distributor, brand=mine.brand)
    route = SupplyRouteFactory.create(distributor=distributor)
    StockFactory.create(product=mine, warehouse=route.warehouse, on_hand=20)
    StockFactory.create(product=mine, on_hand=5000)
    client = client_of(BuyerFactory.create(distributor=distributor))
    (row,) = client.get("/api/v1/products/").json()["results"]
    assert (row["code"], row["availability"], row["unit_cost"]) == (mine.code, "few", None)
    assert client.get(f"/api/v1/products/{mine.code}/").json()["availability"] == "few"
    assert client.get(f"/api/v1/products/{other.code}/").status_code == 404
    assert client.get("/api/v1/stock/").json()["results"] == []


def test_product_data_flow_in() -> None:
    """A product of the brand's own system is listed at once, and changed by its code."""
    client = client_of(AdministratorFactory.create())
    brand, category = BrandFactory.create(), CategoryFactory.create()
    body = {"code": "T-1", "name": "Tea", "name_zh": "茶叶", "brand": brand.code, "category": category.code}
    made = client.post("/api/v1/products/", body, format="json")
    assert made.status_code == 201, made.json()
    assert Product.objects.get(code="T-1").pinyin == "cy"
    changed = client.patch("/api/v1/products/T-1/", {"minimum_quantity": 6, "order_multiple": 3}, format="json")
    assert changed.json()["minimum_quantity"] == 6
    wrong = client.patch("/api/v1/products/T-1/", {"minimum_quantity": 7}, format="json")
    assert wrong.json()["errors"][0]["attr"] == "minimum_quantity"
    assert client.post("/api/v1/products/", body, format="json").status_code == 409


def test_goods_are_received_and_corrected() -> None:
    """The warehouse system books what comes in, and what was miscounted."""
    client, warehouse, product = (
        client_of(WarehouseUserFactory.create()),
        WarehouseFactory.create(),
        ProductFactory.create(),
    )
    line = {"product": product.code, "quantity": 12}
    body: dict[str, Any] = {"warehouse": warehouse.code, "reference": "GR-1", "lines": [line, line]}
    made = client.post("/api/v1/stock/receipts/", body, format="json")
    assert made.status_code == 201, made.json()
    assert [row["on_hand"] for row in made.json()] == [24]
    body = {"warehouse": warehouse.code, "product": product.code, "difference": -30, "reason": "counted"}
    assert client.post("/api/v1/stock/adjustments/", body, format="json").json()["errors"][0]["attr"] == "difference"
    assert client.post("/api/v1/stock/adjustments/", {**body, "difference": -4}, format="json").status_code == 201
    assert Stock.objects.get().on_hand == 20
    moves = client.get(f"/api/v1/stock-moves/?product={product.code}").json()["results"]
    assert [move["quantity"] for move in moves] == [-4, 24]


@pytest.mark.parametrize("words", ["P-TEA", "绿茶", "lc", "green", "6901"])
def test_products_are_found_by_what_people_type(words: str) -> None:
    """Code, either name, pinyin initials or barcode: whatever is at hand."""
    client = client_of(AdministratorFactory.create())
    found = ProductFactory.create(code="P-TEA", name="Green tea", name_zh="绿茶", pinyin="lc", barcode="6901234")
    ProductFactory.create(name="Cup", name_zh="杯子")
    rows = client.get("/api/v1/products/", {"q": words}).json()["results"]
    assert [row["code"] for row in rows] == [found.code]


def test_a_category_holds_those_below_it() -> None:
    """Looking for drinks finds the teas."""
    drinks = CategoryFactory.create()
    tea = ProductFactory.create(category=CategoryFactory.create(parent=drinks))
    ProductFactory.create()
    rows = (
        client_of(AdministratorFactory.create()).get("/api/v1/products/", {"category": drinks.code}).json()["results"]
    )
    assert [row["code"] for row in rows] == [tea.code]


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_of_products_costs_the_same(count: int, django_assert_num_queries: Any) -> None:
    """A catalogue of thousands opens as fast as one of ten."""
    for product in ProductFactory.create_batch(count):
        StockFactory.create(product=product)
    client = client_of(AdministratorFactory.create())
    with django_assert_num_queries(5):  # two of them read what each product lacks
        assert len(client.get("/api/v1/products/").json()["results"]) == count
