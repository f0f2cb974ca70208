"""Exports that overlap, come again, leave something out or lie outside of the years: nothing is lost or added twice."""

from decimal import Decimal

import pytest

from orders.models import Order, OrderLine
from tests.integration.conftest import Run, wrong
from tests.integration.test_orders import MASTER

pytestmark = pytest.mark.django_db

YEAR = """
[[import]]
entity = "business_year"
rows = [{ code = "2024", starts_on = 2024-01-01, ends_on = 2024-12-31, periods = "months" }]
"""
SALES = (
    MASTER
    + YEAR
    + """
[[import]]
entity = "order"
file = "sales"
group = true
fields = { number = "Order", distributor = { value = "A" }, ordered_at = "Day" }
[[import]]
entity = "order_line"
file = "sales"
fields = { order = "Order", product = "SKU", ordered = "Qty", unit_price = "Price" }
"""
)
HEAD = "Order,Day,SKU,Qty,Price\n"
FIRST = HEAD + "R5,2024-05-01,P1,1,10\nR5,2024-05-01,P2,2,20\n"


def lines() -> list[tuple[int, str, int]]:
    return list(OrderLine.objects.order_by("position").values_list("position", "product__code", "ordered"))


def test_a_partial_export_of_an_order_finds_its_lines_by_product(run: Run) -> None:
    """A later export with one of two lines overwrote the other: an order of 50 became one of 60."""
    assert run(SALES, {"sales.csv": FIRST}).written
    assert run(SALES, {"sales.csv": HEAD + "R5,2024-05-01,P2,2,20\n"}).written
    assert Order.objects.get().net_amount == 50
    assert lines() == [(1, "P1", 1), (2, "P2", 2)]
    again = run(SALES, {"sales.csv": FIRST})
    assert again.counts["order_line"].unchanged == 2


def test_a_product_on_several_lines_is_found_by_sequence_or_refused(run: Run) -> None:
    """Where it cannot be known which line is meant, somebody must say it."""
    twice = HEAD + "R5,2024-05-01,P1,1,10\nR5,2024-05-01,P1,2,10\n"
    assert run(SALES, {"sales.csv": twice}).written
    assert run(SALES, {"sales.csv": twice}).counts["order_line"].unchanged == 2
    ((_file, _row, column, reason),) = wrong(run(SALES, {"sales.csv": HEAD + "R5,2024-05-01,P1,2,10\n"}))
    assert column == "SKU"
    assert "position" in reason
    assert Order.objects.get().net_amount == 30


def test_rows_of_overlapping_files_are_reported_and_not_added(run: Run) -> None:
    """May's export ends with the first days of June: these orders would be doubled."""
    profile = SALES.replace('path = "sales.csv"', 'path = "sales-*.csv"')
    files = {"sales-1.csv": FIRST, "sales-2.csv": HEAD + "R5,2024-05-01,P2,2,20\nR6,2024-06-01,P1,1,10\n"}
    done = run(profile, files)
    assert done.written
    assert sorted(Order.objects.values_list("number", "net_amount")) == [("R5", 50), ("R6", 10)]
    assert any("sales-2.csv: 1 row" in note and "row 2" in note for note in done.notes)


def test_net_and_rate_without_a_price(run: Run) -> None:
    """An export with net and discount only: the gross is what it was before, not the net once more."""
    profile = SALES.replace('unit_price = "Price"', 'net_amount = "Price", discount_rate = "Rate"')
    rows = "Order,Day,SKU,Qty,Price,Rate\nS1,2024-10-11,P1,5,957.5775,0.45\n"
    assert run(profile, {"sales.csv": rows}).written
    line = OrderLine.objects.get()
    assert (line.gross_amount, line.net_amount) == (Decimal("1741.0500"), Decimal("957.5775"))
    assert line.unit_price == Decimal("348.2100")


def test_orders_outside_of_every_business_year_are_warned_of(run: Run) -> None:
    """They are in no plan and no evaluation, and nobody would see why the sums differ."""
    done = run(SALES, {"sales.csv": HEAD + "T1,2024-05-01,P1,1,10\nT2,2025-05-01,P1,1,99\n"})
    assert done.written
    (note,) = done.notes
    assert "1 order" in note
    assert "99" in note
    assert "EUR" in note
    assert not run(SALES, {"sales.csv": FIRST}).notes


def test_a_heading_between_the_rows_becomes_a_column(run: Run) -> None:
    """A list by customer says the customer once, above its rows."""
    profile = SALES.replace('path = "sales.csv"', 'path = "sales.csv"\nsection = "Customer"').replace(
        '{ value = "A" }', '"left(Customer, 1)"'
    )
    rows = HEAD + "A Shop,,,,\nT1,2024-05-01,P1,1,10\nA Other,,,,\nT2,2024-05-01,P1,1,99\n"
    done = run(profile, {"sales.csv": rows})
    assert done.written
    assert done.files[0].left_out == 2
    assert Order.objects.filter(distributor__code="A").count() == 2


def test_one_row_is_left_out_by_hand_and_named(run: Run) -> None:
    """One customer that is wrong in the source must not hold up ten thousand orders."""
    rows = HEAD + "T1,2024-05-01,P1,1,10\nT2,2024-05-01,nowhere,1,99\nT3,2024-05-01,P1,1,1,too,wide\n"
    assert len(run(SALES, {"sales.csv": rows}).wrong) == 2
    done = run(SALES, {"sales.csv": rows}, corrected={("sales.csv", 3): None, ("sales.csv", 4): None})
    assert done.written
    assert list(Order.objects.values_list("number", flat=True)) == ["T1"]
    assert "2 rows were left out by hand (rows 3, 4)" in done.notes[0]
    assert done.files[0].rows == 3
