"""Orders as other programs export them."""

from datetime import UTC, date, datetime

import pytest

from orders.models import Order, OrderLine
from orders.ordering.enums import OrderStatus
from planning.models import SalesPlan
from tests.integration.conftest import Run, wrong

pytestmark = pytest.mark.django_db

MASTER = """
[[import]]
entity = "distributor"
rows = [{ code = "A", name = "Alpha" }]
[[import]]
entity = "brand"
rows = [{ code = "B", name = "Brand" }]
[[import]]
entity = "category"
rows = [{ code = "C", name = "Category" }]
[[import]]
entity = "product"
rows = [
  { code = "P1", name = "One", brand = "B", category = "C" },
  { code = "P2", name = "Two", brand = "B", category = "C" },
]
[files.sales]
path = "sales.csv"
"""

IN_PARTS = """
[[import]]
entity = "order"
file = "sales"
group = true
fields = { number = "No", distributor = { value = "A" }, ordered_at = "Day", promised_on = { value = 2024-01-31 } }
[[import]]
entity = "order_line"
file = "sales"
group = true
fields = { order = "No", product = "Item", ordered = "Qty", net_amount = "Net" }
[[import]]
entity = "shipment"
file = "sales"
where = "Sent > 0"
group = true
fields = { number = "No & '/' & SentOn", order = "No", shipped_at = "SentOn", received_at = "SentOn" }
[[import]]
entity = "shipment_line"
file = "sales"
where = "Sent > 0"
fields = { shipment = "No & '/' & SentOn", product = "Item", quantity = "Sent" }
"""
SALES = """No,Day,Item,Qty,Net,Sent,SentOn
1,2024-01-02,P1,10,100.00,6,2024-01-05
1,2024-01-02,P1,10,100.00,4,2024-02-05
1,2024-01-02,P2,3,30.33,3,2024-01-05
2,2024-01-03,P1,1,10.00,0,
"""


def test_lines_repeated_for_each_part_without_line_numbers(run: Run) -> None:
    """One row a delivery is how many programs export: ten pieces must not become twenty."""
    outcome = run(MASTER + IN_PARTS, {"sales.csv": SALES})
    assert wrong(outcome) == []
    lines = [
        (line.position, line.ordered, line.shipped, line.received)
        for line in OrderLine.objects.filter(order__number="1")
    ]
    assert lines == [(1, 10, 10, 10), (2, 3, 3, 3)]
    first = Order.objects.get(number="1")
    assert (str(first.net_amount), first.status, first.shipments.count()) == ("130.3300", OrderStatus.RECEIVED, 2)
    assert Order.objects.get(number="2").status == OrderStatus.APPROVED
    assert run(MASTER + IN_PARTS).changes == 0


FLAT = """
[[import]]
entity = "order"
file = "sales"
group = true
fields = { number = "No", distributor = { value = "A" }, ordered_at = "Day" }
[[import]]
entity = "order_line"
file = "sales"
fields = { order = "No", product = "Item", ordered = "Qty", net_amount = "Net" }
[[import]]
entity = "shipment"
file = "sales"
where = "not empty(SentOn)"
group = true
fields = { number = "No & '/1'", order = "No", shipped_at = "SentOn", received_at = "SentOn" }
[[import]]
entity = "shipment_line"
file = "sales"
where = "not empty(SentOn)"
fields = { shipment = "No & '/1'", product = "Item", quantity = "Qty" }
"""


def test_a_product_twice_in_an_order_without_line_numbers(run: Run) -> None:
    """Tills export no line numbers, and the same article twice: each line is shipped as it was ordered."""
    sales = "No,Day,Item,Qty,Net,SentOn\n1,2024-01-02,P1,5,50,2024-01-03\n1,2024-01-02,P2,1,9,2024-01-03\n"
    sales += "1,2024-01-02,P1,7,63,2024-01-03\n2,2024-01-02,P2,1,9,2024-01-03\n"
    assert wrong(run(MASTER + FLAT, {"sales.csv": sales})) == []
    lines = OrderLine.objects.order_by("order__number", "position").values_list("ordered", "shipped", "received")
    assert list(lines) == [(5, 5, 5), (1, 1, 1), (7, 7, 7), (1, 1, 1)]
    assert run(MASTER + FLAT).changes == 0
    half = run(MASTER + FLAT, {"sales.csv": sales.replace("P1,7,63,2024-01-03", "P1,7,63,")})
    assert wrong(half) == [
        ("sales.csv", 2, "Item", "The order has this product on several lines. Give the line by position.")
    ]


def test_more_shipped_than_ordered_is_named(run: Run) -> None:
    """A typing error in a delivery must not become stock that nobody ordered."""
    outcome = run(MASTER + IN_PARTS, {"sales.csv": SALES.replace(",4,2024-02-05", ",5,2024-02-05")})
    reason = "The shipments of this order line add up to more than was ordered."
    assert wrong(outcome) == [("sales.csv", 2, "Sent", reason), ("sales.csv", 3, "Sent", reason)]
    assert not Order.objects.exists()


def test_a_column_for_each_month(run: Run) -> None:
    """Plans are mostly kept as a sheet with twelve columns."""
    year = (
        '[[import]]\nentity = "business_year"\nrows = [{ code = "2024", starts_on = 2024-01-01, ends_on = 2024-12-31, '
    )
    profile = (
        MASTER
        + year
        + 'periods = "months" }]\n'
        + "".join(
            f'[[import]]\nentity = "plan"\nfile = "sales"\nfields = {{ distributor = "Shop", year = {{ value = "2024" }}, '
            f'period = {number}, amount = "{month}" }}\n'
            for number, month in enumerate(("Jan", "Feb"), 1)
        )
    )
    files = {"sales.csv": "Shop,Jan,Feb\nA,100.50,200\n"}
    assert run(profile, files).counts["plan"].created == 2
    assert str(SalesPlan.objects.get().amount) == "300.5000"
    assert run(profile).changes == 0


def test_shipped_without_a_shipment_is_refused(run: Run) -> None:
    """What was shipped is the sum of the shipments: a file must not bring in what `verify` finds wrong afterwards."""
    only_lines = FLAT.split('[[import]]\nentity = "shipment"', maxsplit=1)[0].replace('"Qty"', '"Qty", shipped = "Qty"')
    outcome = run(MASTER + only_lines, {"sales.csv": "No,Day,Item,Qty,Net\n1,2024-01-02,P1,5,50\n"})
    assert [row[:3] for row in wrong(outcome)] == [("(profile)", 0, "order_line.shipped")]
    assert "(order/line: 1/1, …)" in outcome.wrong[0].reason
    assert not Order.objects.exists()


def test_a_moment_is_one_of_the_profiles_time_zone(run: Run) -> None:
    """An order of the last evening of a month would be hours, and with it a month, off."""
    profile = (
        '[profile]\nname = "test"\ncurrency = "EUR"\ntimezone = "Asia/Tokyo"\n'
        + MASTER.replace("[files.sales]", "").replace('path = "sales.csv"', "")
        + '[[import]]\nentity = "order"\nrows = [{ number = "1", distributor = "A", ordered_at = 2024-01-31T23:30:00 }]\n'
    )
    assert run(profile).written
    order = Order.objects.get()
    assert order.ordered_at == datetime(2024, 1, 31, 14, 30, tzinfo=UTC)
    assert order.ordered_on == date(2024, 1, 31)


def test_gifts_come_in_with_the_line_that_earned_them(run: Run) -> None:
    """A gift of the old system would be a sale at nothing, and left behind where its line is cancelled."""
    profile = (
        MASTER
        + """
[[import]]
entity = "order"
file = "sales"
group = true
fields = { number = "No", distributor = { value = "A" }, ordered_at = "Day" }
[[import]]
entity = "order_line"
file = "sales"
fields = { order = "No", product = "Item", ordered = "Qty", unit_price = "Price", net_amount = "Net", gift_with = "For" }
"""
    )
    sales = """No,Day,Item,Qty,Price,Net,For
1,2024-01-02,P1,10,10,100,
1,2024-01-02,P1,1,10,,P1
1,2024-01-02,P2,2,5,0,P1
2,2024-01-02,P2,2,5,10,
2,2024-01-02,P2,2,5,1,P2
3,2024-01-02,P2,2,5,10,
3,2024-01-02,P2,1,5,,P1
"""
    refused = run(profile, {"sales.csv": sales})
    assert [(row, column) for _file, row, column, _reason in wrong(refused)] == [(6, "For"), (8, "For")]
    right = "\n".join(
        line for line in sales.splitlines() if line not in ("2,2024-01-02,P2,2,5,1,P2", "3,2024-01-02,P2,1,5,,P1")
    )
    for _time in range(2):
        assert wrong(run(profile, {"sales.csv": right})) == []
        paid, same, other = OrderLine.objects.filter(order__number="1").order_by("position")
        assert {same.gift_of_id, other.gift_of_id} == {paid.pk}
        assert [(line.gross_amount, line.net_amount) for line in (paid, same, other)] == [(100, 100), (10, 0), (10, 0)]
        kinds = [(row.kind, row.amount) for line in (paid, same, other) for row in line.adjustments.all()]
        assert kinds == [("gift", -10), ("gift", -10)]
    unearned = right.replace("P2,2,5,0,P1", "P2,2,5,10,")
    assert wrong(run(profile, {"sales.csv": unearned})) == []
    assert OrderLine.objects.filter(gift_of__isnull=False).count() == 1
