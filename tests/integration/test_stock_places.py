"""The places of a warehouse come in by an import."""

import pytest

from inventory.models import Stock
from tests.factories.inventory import StockFactory
from tests.integration.conftest import Run

pytestmark = pytest.mark.django_db


PROFILE = """
[profile]
currency = "CNY"
[[import]]
entity = "stock_place"
rows = [{{warehouse='{warehouse}', product='{product}', zone='A', place='A-01'}}]
"""


def test_places_are_imported(run: Run) -> None:
    """A warehouse of ten thousand products would be typed in."""
    stock = StockFactory.create(on_hand=3)
    profile = PROFILE.format(warehouse=stock.warehouse.code, product=stock.product.code)
    first, again = run(profile), run(profile)
    assert (first.counts["stock_place"].changed, again.counts["stock_place"].unchanged) == (1, 1)
    assert list(Stock.objects.filter(pk=stock.pk).values_list("zone", "place")) == [("A", "A-01")]
    wrong = run(profile.replace(stock.product.code, StockFactory.create().product.code))
    assert not wrong.written
