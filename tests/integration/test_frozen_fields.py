"""What gives stored numbers their meaning stays, whoever writes: an import says so at the row, and nothing is changed."""

from typing import Any

import pytest

from accounts.models import Distributor
from catalogue.models import Product
from inventory.models import Warehouse
from pricing.models import PriceList
from tests.factories.accounts import DistributorFactory
from tests.factories.inventory import DistributorWarehouseFactory, ProductFactory, StockFactory
from tests.factories.planning import PriceFactory, PriceListFactory
from tests.integration.conftest import Run, wrong
from tests.orders.people import stage

pytestmark = pytest.mark.django_db


def tried(run: Run, entity: str, row: Any, fields: dict[str, str], **changes: str) -> list[tuple[str, int, str, str]]:
    """What is wrong where two rows come: one that may change, and this one with another value."""
    head = ["code", *fields, *changes]
    cells = [row.code, *fields.values(), *changes.values()]
    names = "\n".join(f"{name} = '{{{name}}}'" for name in head)
    profile = (
        f"[files.rows]\npath = 'rows.csv'\n[[import]]\nentity = '{entity}'\nfile = 'rows'\n[import.fields]\n{names}\n"
    )
    text = ",".join(head) + "\n" + ",".join(cells) + "\n"
    outcome = run(profile, {"rows.csv": text})
    assert outcome.written is not bool(outcome.wrong)
    return wrong(outcome)


def test_the_currency_of_a_distributor_with_orders(run: Run) -> None:
    """Five thousand yuan of open orders became five thousand francs by a list of addresses."""
    people = stage()
    people.placed()
    busy, free = people.shop.distributor, DistributorFactory.create(currency="CNY")
    (fault,) = tried(run, "distributor", busy, {"name": "Another name"}, currency="XOF")
    assert fault[:3] == ("rows.csv", 2, "currency")
    assert "stays" in fault[3]
    kept = Distributor.objects.get(pk=busy.pk)
    assert (kept.currency, kept.name) == (busy.currency, busy.name)
    assert tried(run, "distributor", busy, {"name": "Another name"}, currency=busy.currency) == []
    assert tried(run, "distributor", free, {"name": free.name}, currency="XOF") == []
    assert Distributor.objects.get(pk=free.pk).currency == "XOF"


def test_the_unit_of_a_product_in_stock(run: Run) -> None:
    """Forty pieces became forty boxes."""
    busy, free = StockFactory.create(on_hand=40).product, ProductFactory.create()
    for product in (busy, free):
        known = {"name": "Another", "brand": product.brand.code, "category": product.category.code}
        faults = [fault[2] for fault in tried(run, "product", product, known, unit="box12")]
        assert faults == (["unit"] if product is busy else [])
    assert Product.objects.get(pk=busy.pk).unit == busy.unit
    assert Product.objects.get(pk=busy.pk).name == busy.name
    assert Product.objects.get(pk=free.pk).unit == "box12"


def test_the_currency_of_a_price_list_with_prices(run: Run) -> None:
    """Every price of the list would have become another one, and none of them would show it."""
    busy, free = PriceFactory.create().price_list, PriceListFactory.create()
    assert [fault[2] for fault in tried(run, "price_list", busy, {"name": "Another"}, currency="XOF")] == ["currency"]
    assert PriceList.objects.get(pk=busy.pk).currency == busy.currency
    assert PriceList.objects.get(pk=busy.pk).name == busy.name
    assert tried(run, "price_list", free, {"name": "Another"}, currency="XOF") == []


def test_the_owner_of_a_warehouse(run: Run) -> None:
    """A distributor's stock became the company's."""
    warehouse, other = DistributorWarehouseFactory.create(), DistributorFactory.create()
    assert tried(run, "warehouse", warehouse, {"name": "Another"}, distributor=other.code)
    assert Warehouse.objects.get(pk=warehouse.pk).distributor_id == warehouse.distributor_id
