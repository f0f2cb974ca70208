"""Pages of products and stock, as people use them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import BuyingRight, Product
from core.ui.search import search
from inventory.enums import WarehouseKind
from inventory.models import Stock
from tests.factories.accounts import (
    AdministratorFactory,
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    KeeperFactory,
    ManagerFactory,
    WarehouseUserFactory,
)
from tests.factories.inventory import (
    BrandFactory,
    BuyingRightFactory,
    CategoryFactory,
    ProductFactory,
    StockFactory,
    WarehouseFactory,
)

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_catalogue_is_the_readers_own() -> None:
    """A distributor sees what it may buy and whether it is there, not how much we have."""
    distributor, stock, other = DistributorFactory(), StockFactory(on_hand=4321), ProductFactory(name="Secret")
    BuyingRightFactory(distributor=distributor, brand=stock.product.brand)
    url = reverse("inventory:products")
    brand = client_of(DirectorFactory()).get(url).content.decode()
    assert "4,321" in brand
    assert other.name in brand
    own = client_of(KeeperFactory(distributor=distributor)).get(url).content.decode()
    assert stock.product.name in own
    assert "4,321" not in own
    assert other.name not in own


def test_a_product_shows_where_it_lies() -> None:
    """The keeper finds the stock of each warehouse, the distributor only the light."""
    distributor, stock = DistributorFactory(), StockFactory(on_hand=4321)
    BuyingRightFactory(distributor=distributor, brand=stock.product.brand)
    url = reverse("inventory:product", args=[stock.product.code])
    page = client_of(WarehouseUserFactory()).get(url).content.decode()
    assert stock.warehouse.name in page
    assert "Adjust stock" in page
    stock.warehouse.name_zh = "上海仓"
    stock.warehouse.save()
    chinese = client_of(WarehouseUserFactory(language="zh-hans")).get(url).content.decode()
    assert "上海仓" in chinese
    assert stock.warehouse.name not in chinese
    own = client_of(BuyerFactory(distributor=distributor)).get(url).content.decode()
    assert "4,321" not in own
    assert "Out of stock" in own


def test_a_product_is_made_and_changed() -> None:
    """A new article is listed in a minute, and a wrong figure is told beside its field."""
    client, brand, category = client_of(AdministratorFactory()), BrandFactory(), CategoryFactory()
    wish = {
        "code": "T-1", "name": "Tea", "name_zh": "", "barcode": "", "brand": brand.pk, "category": category.pk,
        "status": "active", "unit": "pcs", "pack_size": 1, "minimum_quantity": 5, "order_multiple": 2,
        "unit_cost": "1", "description": "", "description_zh": "",
    }  # fmt: skip
    wrong = client.post(reverse("catalogue:product-new"), wish)
    assert wrong.status_code == 400
    assert "minimum_quantity" in wrong.context["form"].errors
    assert client.post(reverse("catalogue:product-new"), {**wish, "minimum_quantity": 4}).status_code == 302
    change = reverse("catalogue:product-change", args=["T-1"])
    assert client.get(change).status_code == 200
    assert client.post(change, {**wish, "minimum_quantity": 6}).status_code == 302
    assert Product.objects.get().minimum_quantity == 6


def test_goods_are_received_by_pasting_two_columns() -> None:
    """What the delivery note says is typed once; a line that cannot be read is told by its number."""
    client, warehouse, product = client_of(WarehouseUserFactory()), WarehouseFactory(), ProductFactory(code="P-1")
    url = reverse("inventory:receive")
    wish = {"warehouse": warehouse.pk, "reference": "GR-1", "lines": "P-1\t12\nnope 3\nP-1 x"}
    wrong = client.post(url, wish)
    assert wrong.status_code == 400
    assert [str(error)[:7] for error in wrong.context["form"].errors["lines"]] == ["Line 2:", "Line 3:"]
    assert client.post(url, {**wish, "lines": "p-1\t12\n\nP-1, 3"}).status_code == 302
    assert Stock.objects.get().on_hand == 15
    page = client.get(reverse("inventory:moves"))
    assert product.code in page.content.decode()


@pytest.mark.parametrize("page", ["inventory:adjust", "inventory:receive", "inventory:expected-receipt-new"])
def test_only_warehouses_that_goods_may_come_to_are_offered(page: str) -> None:
    """What is in transit would be chosen, and refused."""
    ours, transit = WarehouseFactory(), WarehouseFactory(kind=WarehouseKind.TRANSIT)
    form = client_of(WarehouseUserFactory()).get(reverse(page)).context["form"]
    offered = set(form.fields["warehouse"].queryset)
    assert ours in offered
    assert transit not in offered


def test_stock_is_corrected_never_below_what_is_reserved() -> None:
    """The page says why it cannot be done."""
    client, stock = client_of(WarehouseUserFactory()), StockFactory(on_hand=10)
    url = reverse("inventory:adjust")
    wish = {"warehouse": stock.warehouse_id, "product": stock.product.code, "difference": "-11", "reason": "counted"}
    wrong = client.post(url, wish)
    assert "difference" in wrong.context["form"].errors
    assert client.post(url, {**wish, "difference": "-3"}).status_code == 302
    stock.refresh_from_db()
    assert stock.on_hand == 7
    assert client_of(ManagerFactory()).get(url).status_code == 403


def test_buying_rights_are_set() -> None:
    """What is unticked ends, what is ticked starts, what stays is left alone."""
    right, new = BuyingRightFactory(), BrandFactory()
    single = ProductFactory()
    url = reverse("catalogue:buying-rights", args=[right.distributor.code])
    client = client_of(DirectorFactory())
    assert client.get(url).status_code == 200
    wish = {"starts_on": "2026-06-01", "brands": [new.pk], "products": [single.pk]}
    assert client.post(url, wish).status_code == 302
    right.refresh_from_db()
    assert str(right.ends_on) == "2026-05-31"
    assert BuyingRight.objects.filter(ends_on=None).count() == 2
    assert client.post(url, wish).status_code == 302
    assert BuyingRight.objects.count() == 3


def test_products_are_found_by_the_search_of_every_page() -> None:
    """Typing pinyin initials finds the product, but never one that may not be seen."""
    ProductFactory(name_zh="绿茶", pinyin="lc")
    (group,) = search(DirectorFactory(), "lc")
    assert [hit.title for hit in group.hits] == [Product.objects.get().display_name]
    assert search(BuyerFactory(), "lc") == []


@pytest.mark.parametrize("count", [1, 30])
def test_lists_cost_the_same_at_any_size(count: int, django_assert_max_num_queries: Any) -> None:
    """A catalogue of thousands opens as fast as one of ten."""
    StockFactory.create_batch(count)
    client = client_of(DirectorFactory())
    for name, most in (("products", 14), ("stock", 10), ("moves", 12)):
        with django_assert_max_num_queries(most):
            assert client.get(reverse(f"inventory:{name}")).status_code == 200
