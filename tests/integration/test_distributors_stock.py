"""What lies at distributors, out of a company's own files."""

import pytest

from inventory.models import Stock, SupplyRoute
from inventory.selectors.invariants import INVARIANTS
from tests.integration.conftest import Run, wrong
from tests.integration.test_orders import MASTER
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db

STOCK = """
[[import]]
entity = "warehouse"
file = "sales"
group = true
fields = { code = "Place", name = "Place", distributor = "Owner" }
[[import]]
entity = "stock"
file = "sales"
fields = { warehouse = "Place", product = "Item", on_hand = "Qty" }
"""
COUNTED = "Place,Owner,Item,Qty\nOURS,,P1,10\nALPHA,A,P1,3\nALPHA,A,P2,0\n"
ROUTE = """
[[import]]
entity = "supply_route"
rows = [{ distributor = "A", warehouse = "ALPHA" }]
"""


def test_a_count_of_the_whole_channel_is_taken(run: Run) -> None:
    """Who reports by file to the brand owner today would have to type it all into pages."""
    for _twice in range(2):
        assert wrong(run(MASTER + STOCK, {"sales.csv": COUNTED})) == []
        owners = Stock.objects.values_list("warehouse__distributor__code", "product__code", "on_hand")
        assert set(owners) == {(None, "P1", 10), ("A", "P1", 3), ("A", "P2", 0)}
    assert offending_rows(INVARIANTS) == {}


def test_an_owner_that_changes_and_a_route_to_itself_are_told(run: Run) -> None:
    """A distributor's goods would change hands, or be promised to itself, by a slip in a file."""
    assert wrong(run(MASTER + STOCK, {"sales.csv": COUNTED})) == []
    ((_file, row, _column, reason),) = wrong(run(MASTER + STOCK, {"sales.csv": "Place,Owner,Item,Qty\nOURS,A,P1,1\n"}))
    assert (row, reason) == (2, "A warehouse's owner cannot be changed. Create a new warehouse.")
    ((_file, row, _column, reason),) = wrong(run(MASTER + STOCK + ROUTE, {"sales.csv": COUNTED}))
    assert (row, reason) == (1, "A distributor cannot be supplied from a warehouse of its own.")
    assert not SupplyRoute.objects.exists()
