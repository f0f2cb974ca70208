"""Prices, plans and attainment over the API."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from planning.models import SalesPlan
from pricing.models import Price
from tests.factories.accounts import BuyerFactory, DirectorFactory, DistributorFactory, OwnerFactory
from tests.factories.inventory import BuyingRightFactory, CategoryFactory, ProductFactory
from tests.factories.planning import (
    PriceFactory,
    PriceListFactory,
    SalesActualFactory,
    SalesPlanFactory,
    calendar_year,
)

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_a_distributor_asks_its_own_prices() -> None:
    """Its system shows the price that the order will have, and why."""
    distributor = DistributorFactory.create()
    product, hidden = ProductFactory.create(), ProductFactory.create()
    BuyingRightFactory.create(distributor=distributor, brand=product.brand)
    shelf = PriceListFactory.create(name="Standard")
    PriceFactory.create(product=product, price_list=shelf, amount=Decimal("9.5"))
    PriceFactory.create(product=product, price_list=shelf, amount=9, from_quantity=24)
    client = client_of(BuyerFactory.create(distributor=distributor))
    body: dict[str, Any] = {"lines": [{"product": product.code, "quantity": 5}]}
    (line,) = client.post("/api/v1/prices/quote/", body, format="json").json()
    assert (line["unit_price"], line["reason"]) == ("9.5000", "Standard, for all")
    assert (line["next_quantity"], line["next_unit_price"]) == (24, "9.0000")
    body["lines"].append({"product": hidden.code})
    wrong = client.post("/api/v1/prices/quote/", body, format="json").json()
    assert wrong["errors"][0]["attr"] == "lines.1.product"
    body = {"distributor": DistributorFactory.create().code, "lines": [{"product": product.code}]}
    assert client.post("/api/v1/prices/quote/", body, format="json").status_code == 400
    assert client.get("/api/v1/prices/").json()["results"] == []
    many = {"lines": [{"product": product.code}] * 201}
    assert client.post("/api/v1/prices/quote/", many, format="json").status_code == 400


def test_prices_are_set() -> None:
    """Another system can announce the prices of the next season."""
    old = PriceFactory.create()
    body = {
        "price_list": old.price_list.code,
        "product": old.product.code,
        "amount": "11.2500",
        "starts_on": "2027-01-01",
    }
    made = client_of(DirectorFactory.create()).post("/api/v1/prices/", body, format="json")
    assert made.status_code == 201, made.json()
    old.refresh_from_db()
    assert old.ends_on == date(2026, 12, 31)
    assert Price.objects.count() == 2


def test_a_plan_is_negotiated_over_the_api() -> None:
    """Started, changed against the version that was seen, agreed, replaced."""
    calendar_year(2026)
    distributor, category = DistributorFactory.create(), CategoryFactory.create()
    client = client_of(DirectorFactory.create())
    body = {"level": "distributor", "distributor": distributor.code, "year": "2026", "amount": "1200.00"}
    made = client.post("/api/v1/plans/", {**body, "currency": "USD"}, format="json")
    assert made.status_code == 201, made.json()
    plan = made.json()
    assert plan["actions"] == ["agree"]
    url = f"/api/v1/plans/{plan['id']}/"
    cells = {"cells": [{"period": 1, "category": category.code, "amount": "150.00"}]}
    changed = client.patch(url, cells, format="json", headers={"If-Match": made["ETag"]})
    assert changed.json()["amount"] == "1250.0000"
    assert changed.json()["periods"][0]["mix"] == [{"category": category.code, "amount": "150.0000"}]
    assert client.patch(url, cells, format="json", headers={"If-Match": made["ETag"]}).status_code == 412
    assert client.post(f"{url}agree/").json()["status"] == "agreed"
    assert client.patch(url, cells, format="json").status_code == 409
    new = client.post(f"{url}reopen/", {"reason": "merger"}, format="json").json()
    assert (new["revision"], new["status"]) == (2, "draft")
    assert client.get(url).json()["status"] == "replaced"
    wrong = client.post("/api/v1/plans/", {**body, "currency": "EUR", "level": "company"}, format="json")
    assert wrong.json()["errors"][0]["attr"] == "distributor"
    assert SalesPlan.objects.count() == 2


def test_a_distributor_sees_its_plan_and_how_it_stands() -> None:
    """And nobody else's."""
    year = calendar_year(2026)
    mine, other = SalesPlanFactory.create(year=year), SalesPlanFactory.create(year=year)
    SalesActualFactory.create(distributor=mine.distributor, net_amount=600)
    client = client_of(OwnerFactory.create(distributor=mine.distributor))
    assert [row["id"] for row in client.get("/api/v1/plans/").json()["results"]] == [mine.pk]
    assert client.get(f"/api/v1/plans/{other.pk}/").status_code == 404
    found = client.get(f"/api/v1/attainment/{mine.distributor.code}/?year=2026").json()
    assert (found["plan"], found["total"]["attainment"]) == (mine.pk, "0.050000")
    assert len(found["periods"]) == 12
    assert client.get(f"/api/v1/plans/{mine.pk}/attainment/").json()["total"] == found["total"]
    (row,) = client.get("/api/v1/attainment/?year=2026").json()["results"]
    assert (row["distributor"], row["year"]["actual"]) == (mine.distributor.code, "600.0000")
    assert client.get(f"/api/v1/attainment/{other.distributor.code}/?year=2026").status_code == 404
    assert client.get("/api/v1/attainment/?year=1999").status_code == 404
    (sale,) = client.get("/api/v1/sales/").json()["results"]
    assert sale["net_amount"] == "600.0000"


@pytest.mark.parametrize("count", [1, 30])
def test_lists_cost_the_same_at_any_size(count: int, django_assert_num_queries: Any) -> None:
    """A channel of thousands opens as fast as one of ten."""
    year = calendar_year(2026)
    SalesPlanFactory.create_batch(count, year=year)
    client = client_of(DirectorFactory.create())
    with django_assert_num_queries(1):
        assert len(client.get("/api/v1/plans/").json()["results"]) == count
    with django_assert_num_queries(10):  # one of them reads the forecasts, four what it is sorted by
        assert len(client.get("/api/v1/attainment/?year=2026").json()["results"]) == count
