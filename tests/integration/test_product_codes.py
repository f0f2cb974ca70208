"""Files name products by their codes as they are written there: in small letters, full width, with spaces."""

import pytest

from catalogue.models import Product, ProductCode
from inventory.models import Stock
from tests.factories.accounts import DistributorFactory
from tests.factories.inventory import ProductFactory, WarehouseFactory
from tests.integration.conftest import Run, wrong

pytestmark = pytest.mark.django_db

STOCK = """
[files.stock]
path = "stock.csv"
[[import]]
entity = "stock"
file = "stock"
fields = { warehouse = "Place", product = "Item", on_hand = "Pieces" }
"""
PRODUCTS = """
[files.products]
path = "products.csv"
[[import]]
entity = "product"
file = "products"
fields = { code = "Item", name = "Name", barcode = "EAN", brand = "Brand", category = "Group" }
"""


@pytest.mark.parametrize("written", ["KETTLE-1", "kettle-1", "ＫＥＴＴＬＥ－１", "Kettle\u200b-1", "690 1"])
def test_a_reference_in_any_spelling(run: Run, written: str) -> None:
    """The same file that a person may paste would be refused as an import."""
    ProductFactory.create(code="KETTLE-1", barcode="6901")
    outcome = run(STOCK, {"stock.csv": f"Place,Item,Pieces\n{WarehouseFactory.create().code},{written},5\n"})
    assert wrong(outcome) == []
    assert Stock.objects.get().product.code == "KETTLE-1"


def test_a_known_product_in_another_spelling_is_that_product(run: Run) -> None:
    """A second product would be made of every article that the other program writes in small letters."""
    known = ProductFactory.create(code="KETTLE-1")
    line = f"kettle-1,New name,,{known.brand.code},{known.category.code}"
    outcome = run(PRODUCTS, {"products.csv": f"Item,Name,EAN,Brand,Group\n{line}\n"})
    assert wrong(outcome) == []
    assert [(product.code, product.name) for product in Product.objects.all()] == [("KETTLE-1", "New name")]


def test_a_code_of_another_product_is_refused_with_its_row(run: Run) -> None:
    """The whole file would fail and nobody would know for which row."""
    known = ProductFactory.create(code="KETTLE-1", barcode="6901")
    head, rest = "Item,Name,EAN,Brand,Group", f"{known.brand.code},{known.category.code}"
    rows = [f"A,A,690 1,{rest}", f"B,B,1,{rest}", f"b,B,2,{rest}"]
    outcome = run(PRODUCTS, {"products.csv": "\n".join([head, *rows, ""])})
    assert [(row, column) for _file, row, column, _reason in sorted(wrong(outcome))] == [(2, "Item"), (4, "Item")]
    assert outcome.counts["product"].created == 1


def test_further_codes_come_by_file(run: Run) -> None:
    """Ten thousand own codes of a distributor would have to be typed."""
    product, distributor = ProductFactory.create(), DistributorFactory.create()
    profile = """
[files.codes]
path = "codes.csv"
[[import]]
entity = "product_code"
file = "codes"
fields = { product = "Item", kind = "Kind", distributor = "For", code = "Code" }
"""
    text = (
        f"Item,Kind,For,Code\n{product.code.lower()},own,{distributor.code},x-1\n{product.code},further_barcode,,400\n"
    )
    for _time in range(2):
        assert wrong(run(profile, {"codes.csv": text})) == []
    further = ProductCode.objects.exclude(kind="code").order_by("code").values_list("kind", "code", "distributor")
    assert list(further) == [("further_barcode", "400", None), ("own", "x-1", distributor.pk)]
