"""What lay where on a past day, out of the moves since."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.models import Stock
from tests.factories.accounts import WarehouseUserFactory
from tests.factories.inventory import StockFactory, StockMoveFactory
from tests.inventory.test_api import client_of

pytestmark = pytest.mark.django_db


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 23), st.integers(-20, 30).filter(bool)), max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_stock_of_a_day_is_the_sum_of_the_moves_until_then(moves: list[tuple[int, int, int]]) -> None:
    """An auditor would be told another figure for the end of the year than the books have."""
    total = sum(quantity for _days, _hours, quantity in moves)
    stock = StockFactory.create(on_hand=max(total, 0) or 1, opening=False)
    Stock.objects.filter(pk=stock.pk).update(on_hand=max(total, 0))
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = timezone.localdate()
    if total < 0:
        moves = [*moves, (0, 0, -total)]
    for days, hours, quantity in moves:
        at = midnight - timedelta(days=days) + timedelta(hours=hours)
        StockMoveFactory.create(warehouse=stock.warehouse, product=stock.product, quantity=quantity, at=at)
    for back in range(12):
        row = Stock.objects.as_of(today - timedelta(days=back)).get(pk=stock.pk)
        assert row.then == sum(quantity for days, _hours, quantity in moves if days >= back)
    assert Stock.objects.as_of(today).get(pk=stock.pk).then == max(total, 0)


def test_page_file_and_api_show_the_same_day(client: Client) -> None:
    """Reserved stock of today would stand beside what lay there last year; and each row would cost a query."""
    keeper = WarehouseUserFactory.create()
    rows = [StockFactory.create(on_hand=12, opening=False) for _ in range(3)]
    now = timezone.now()
    for row in rows:
        for days, quantity in ((5, 100), (2, -88)):
            at = now - timedelta(days=days)
            StockMoveFactory.create(warehouse=row.warehouse, product=row.product, quantity=quantity, at=at)
    day = (timezone.localdate() - timedelta(days=3)).isoformat()
    client.force_login(keeper)
    for address, shown, times in (
        (f"/stock/?on={day}", "100", 1),
        (f"/stock/?on={day}&sort=-then", "100", 1),
        ("/stock/", "12", 2),  # on hand and available
    ):
        page = client.get(address).content.decode()
        assert page.count(f">{shown}<") == len(rows) * times, address
    assert client.get("/stock/?on=nonsense").status_code == 200
    exported = client.get(f"/stock/?on={day}&export=csv").getvalue().decode("utf-8-sig")
    assert exported.count(",100") == len(rows)
    api = client_of(keeper)
    long_ago = (timezone.localdate() - timedelta(days=30)).isoformat()
    asked = {"": 3, f"?on={day}": 3, f"?on={day}&free=true": 3, f"?on={long_ago}&free=true": 0}
    for query, count in asked.items():
        with CaptureQueriesContext(connection) as queries:
            found = api.get(f"/api/v1/stock/{query}").json()["results"]
        assert len(found) == count, query
        assert len(queries) <= 4
    assert {(row["on_hand"], row["reserved"]) for row in api.get(f"/api/v1/stock/?on={day}").json()["results"]} == {
        (100, None)
    }
    assert api.get("/api/v1/stock/?on=nonsense").status_code == 400
