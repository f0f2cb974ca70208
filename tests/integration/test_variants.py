"""Product families with the values of their variants come in as a file."""

import pytest

from tests.factories.inventory import CategoryFactory, ProductFactory
from tests.integration.conftest import Run, wrong

VARIANTS = """
[files.rows]
path = "variants.csv"
[[import]]
entity = "product_attribute"
rows = [
  { category = "TEA", code = "size", name = "Size" },
  { category = "TEA", code = "kind", name = "Kind", position = "2", choices = "green|Green|绿茶; black" },
]
[[import]]
entity = "product_family"
file = "rows"
group = true
fields = { code = "Family", name = "Family", category = { value = "TEA" } }
[[import]]
entity = "product_variant"
file = "rows"
fields = { product = "Product", family = "Family", first = "Size", second = "Kind" }
"""


@pytest.mark.django_db
def test_families_and_values_come_by_file(run: Run) -> None:
    """Three hundred variants would be typed one by one; a wrong value would be found nowhere."""
    CategoryFactory.create(code="TEA")
    one, two, three = [ProductFactory.create(code=code) for code in ("T-1", "T-2", "T-3")]
    lines = ["T-1,JASMINE,100 g,绿茶", "t-2,JASMINE,250 g,BLACK", "T-3,JASMINE,100 g,white"]
    text = "\n".join(["Product,Family,Size,Kind", *lines, ""])
    outcome = run(VARIANTS, {"variants.csv": text})
    assert [(row, column) for _file, row, column, _reason in wrong(outcome)] == [(4, "Kind")]
    text = text.replace("white", "black")
    assert wrong(run(VARIANTS, {"variants.csv": text})) == []
    for product in (one, two, three):
        product.refresh_from_db()
    assert one.variant == {"size": "100 g", "kind": "green"}
    assert two.variant == {"size": "250 g", "kind": "black"}
    assert one.family.code == "JASMINE"
    again = run(VARIANTS, {"variants.csv": text})
    assert (again.counts["product_variant"].changed, again.counts["product_variant"].unchanged) == (0, 3)
    swapped = "Product,Family,Size,Kind\nT-1,JASMINE,250 g,black\nT-2,JASMINE,100 g,green\n"
    assert wrong(run(VARIANTS, {"variants.csv": swapped})) == []
    doubled = "Product,Family,Size,Kind\nT-1,JASMINE,100 g,green\n"
    assert [row for _file, row, *_rest in wrong(run(VARIANTS, {"variants.csv": doubled}))] == [2]
