"""Counts of a warehouse: what is found is compared with what lay there then, approved by another, and posted."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from inventory.models import BackOrder, Stock, StockMove
from inventory.selectors.invariants import INVARIANTS as STOCK_INVARIANTS
from inventory.services.blocks import block_stock
from inventory.services.stock import receive_stock
from inventory.services.stock_moves import adjust_stock
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from stocktaking.models import StockCount, StockCountLine
from stocktaking.selectors.figures import with_figures
from stocktaking.selectors.invariants import INVARIANTS
from stocktaking.services.approving import approve_count
from stocktaking.services.counting import Counted, record_counts
from stocktaking.services.counts import cancel_count, open_count, reopen_count, submit_count
from tests.factories.accounts import (
    AdministratorFactory,
    BuyerFactory,
    DirectorFactory,
    GrantFactory,
    ManagerFactory,
    WarehouseUserFactory,
)
from tests.factories.company import CompanyFactory
from tests.factories.inventory import CategoryFactory, ProductFactory, ProductUnitFactory, StockFactory
from tests.inventory.test_api import client_of
from tests.orders.people import stage
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


def consistent() -> None:
    assert offending_rows((*STOCK_INVARIANTS, *INVARIANTS)) == {}


class Hall:
    """A warehouse with three products, who counts, and who approves."""

    def __init__(self, *on_hand: int) -> None:
        CompanyFactory.create()
        self.keeper, self.boss, self.now = WarehouseUserFactory.create(), DirectorFactory.create(), timezone.now()
        first = StockFactory.create(on_hand=on_hand[0], product__unit_cost=Decimal("2.50"))
        self.warehouse = first.warehouse
        self.stock = [first, *(StockFactory.create(warehouse=self.warehouse, on_hand=pieces) for pieces in on_hand[1:])]

    def open(self, **options: Any) -> StockCount:
        return open_count(warehouse_id=self.warehouse.pk, actor=self.keeper, now=self.now, **options)

    def count(self, count: StockCount, place: int, pieces: int, **options: Any) -> StockCount:
        row = Counted(product_id=self.stock[place].product_id, pieces=pieces, **options)
        return record_counts(count_id=count.pk, rows=[row], actor=self.keeper, now=timezone.now())

    def submit(self, count: StockCount, **options: Any) -> StockCount:
        return submit_count(count_id=count.pk, actor=self.keeper, now=timezone.now(), **options)

    def approve(self, count: StockCount, **options: Any) -> StockCount:
        given = {"actor": self.boss, "reason": "unknown", **options}
        return approve_count(count_id=count.pk, now=timezone.now(), **given)

    def on_hand(self) -> list[int]:
        return [Stock.objects.get(pk=stock.pk).on_hand for stock in self.stock]


def test_a_count_from_opening_to_the_stock() -> None:
    """The stock would stay wrong, or become wrong by goods that moved while people counted."""
    hall = Hall(100, 50, 30)
    count = hall.open()
    assert (count.number, count.lines.count()) == ("SC100001", 3)
    with pytest.raises(Conflict):  # a difference would be posted twice
        hall.open()
    receive_stock(
        warehouse_id=hall.warehouse.pk,
        product_ids=[hall.stock[0].product_id],
        quantities=[20],
        reference="A",
        actor=hall.keeper,
    )
    hall.count(count, 0, 117)  # 120 lay there
    adjust_stock(
        warehouse_id=hall.warehouse.pk,
        product_id=hall.stock[0].product_id,
        difference=-7,
        reason="x",
        actor=hall.keeper,
    )
    hall.count(count, 1, 50)
    with pytest.raises(InvalidInput) as left:
        hall.submit(count)
    assert left.value.problems[0].field == "uncounted"
    count = hall.submit(count, uncounted="zero")
    (shown,) = with_figures([count])
    figures = shown.figures
    assert (figures["rows"], figures["right"], figures["differing"]) == (3, 1, 2)
    assert figures["net_value"] == Decimal("-187.50")
    with pytest.raises(NotAllowed):  # a keeper does not approve
        hall.approve(count, actor=WarehouseUserFactory.create())
    with pytest.raises(InvalidInput) as missing:
        hall.approve(count, reason="")
    assert missing.value.problems[0].field == "reason"
    assert StockMove.objects.filter(kind="count").count() == 0
    count = hall.approve(count, note="As found")
    assert (count.status, hall.on_hand()) == ("posted", [110, 50, 0])
    moves = dict(StockMove.objects.filter(kind="count", reference=count.number).values_list("product_id", "quantity"))
    assert moves == {hall.stock[0].product_id: -3, hall.stock[2].product_id: -30}
    for step in (hall.approve, hall.submit):
        with pytest.raises(Conflict):
            step(count)
    consistent()
    again = hall.open(scope="moved")  # the first moved after it was counted
    assert list(again.lines.values_list("product_id", flat=True)) == [hall.stock[0].product_id]
    cancel_count(count_id=again.pk, actor=hall.keeper, now=hall.now)
    assert StockCountLine.objects.filter(open_warehouse__isnull=False).count() == 0
    consistent()


def test_who_counted_does_not_approve_and_amounts_have_limits() -> None:
    """Whoever takes goods could count them away."""
    hall = Hall(100)
    counter = AdministratorFactory.create()
    count = open_count(warehouse_id=hall.warehouse.pk, actor=counter, now=hall.now)
    record_counts(
        count_id=count.pk,
        rows=[Counted(product_id=hall.stock[0].product_id, pieces=60)],
        actor=counter,
        now=timezone.now(),
    )
    submit_count(count_id=count.pk, actor=hall.keeper, now=timezone.now())
    with pytest.raises(NotAllowed):
        hall.approve(count, actor=counter)
    GrantFactory.create(
        role="", person=hall.boss, permission="stocktaking.approve_counts", amount_limit=Decimal("99.99")
    )
    hall.boss = type(hall.boss).objects.get(pk=hall.boss.pk)
    with pytest.raises(NotAllowed):  # 40 × 2.50 = 100
        hall.approve(count)
    hall.approve(count, actor=DirectorFactory.create())
    assert hall.on_hand() == [60]
    consistent()


def test_rows_beyond_the_tolerance_are_counted_twice() -> None:
    """A mistyped number would become a loss."""
    hall = Hall(100, 200)
    count = hall.open(tolerance=Decimal(5))
    hall.count(count, 0, 10)
    hall.count(count, 1, 195)
    count = hall.submit(count)
    assert count.status == "recounting"
    with pytest.raises(Conflict):  # not before it was counted again
        hall.submit(count)
    with pytest.raises(Conflict):  # this one was near enough
        hall.count(count, 1, 200)
    hall.count(count, 0, 99)
    count = hall.submit(count)
    line = count.lines.get(product=hall.stock[0].product_id)
    assert (count.status, line.first_counted, line.counted) == ("waiting", 10, 99)
    reopen_count(count_id=count.pk, actor=hall.boss, now=timezone.now(), note="Shelf 3")
    hall.count(count, 1, 200)
    hall.submit(count)
    hall.approve(count)
    assert hall.on_hand() == [99, 200]
    consistent()


def test_two_people_at_one_row() -> None:
    """One would overwrite what the other found, or pieces be counted twice."""
    hall = Hall(100)
    count = hall.open()
    hall.count(count, 0, 40, seen=0)
    with pytest.raises(Conflict) as quicker:
        hall.count(count, 0, 41, seen=0)
    assert quicker.value.problems[0].code == "counted_meanwhile"
    hall.count(count, 0, 30, is_more=True)
    assert count.lines.get().counted == 70
    adjust_stock(
        warehouse_id=hall.warehouse.pk,
        product_id=hall.stock[0].product_id,
        difference=-1,
        reason="x",
        actor=hall.keeper,
    )
    with pytest.raises(Conflict) as moved:
        hall.count(count, 0, 29, is_more=True)
    assert moved.value.problems[0].code == "moved"
    earlier = hall.now - timedelta(minutes=1)
    for row, wrong in (
        ({"pieces": -1}, "rows.0.pieces"),
        ({"pieces": 1, "reason": "whim"}, "rows.0.reason"),
        ({"pieces": 1, "at": earlier}, "rows.0.at"),
        ({"pieces": 1, "at": timezone.now() + timedelta(days=1)}, "rows.0.at"),
    ):
        values: dict[str, Any] = dict(row)
        pieces = values.pop("pieces")
        with pytest.raises(DomainError) as refused:
            hall.count(count, 0, pieces, **values)
        assert refused.value.problems[0].field == wrong
    with pytest.raises(NotAllowed):
        record_counts(
            count_id=count.pk,
            rows=[Counted(product_id=hall.stock[0].product_id, pieces=1)],
            actor=ManagerFactory.create(),
            now=timezone.now(),
        )


def test_what_is_reserved_or_blocked_is_not_counted_away() -> None:
    """Orders would be short and nobody know which; what is missing would be taken from blocked goods."""
    people = stage(products=1, on_hand=50)
    shop, keeper, boss = people.shop, AdministratorFactory.create(), DirectorFactory.create()
    product = shop.products[0].pk
    order = place_order(
        distributor_id=shop.distributor.pk, actor=people.buyer, lines=[LineInput(product, 30)], now=timezone.now()
    )
    block_stock(
        warehouse_id=shop.warehouse.pk, product_id=product, pieces=15, reason="damage", actor=keeper, now=timezone.now()
    )
    count = open_count(warehouse_id=shop.warehouse.pk, actor=keeper, now=timezone.now())
    record_counts(count_id=count.pk, rows=[Counted(product_id=product, pieces=38)], actor=keeper, now=timezone.now())
    submit_count(count_id=count.pk, actor=keeper, now=timezone.now())

    def approve(**options: Any) -> StockCount:
        return approve_count(count_id=count.pk, actor=boss, now=timezone.now(), reason="loss", **options)

    with pytest.raises(Conflict) as short:
        approve()
    assert f"{order.number} (7)" in str(short.value.problems[0].message)
    approve(from_orders=True)
    stock = Stock.objects.get()
    assert (stock.on_hand, stock.for_orders, stock.blocked, stock.waiting) == (38, 23, 15, 7)
    assert BackOrder.objects.get().is_displaced
    consistent()
    again = open_count(warehouse_id=shop.warehouse.pk, actor=keeper, now=timezone.now())
    record_counts(count_id=again.pk, rows=[Counted(product_id=product, pieces=10)], actor=keeper, now=timezone.now())
    submit_count(count_id=again.pk, actor=keeper, now=timezone.now())
    with pytest.raises(Conflict) as blocked:
        approve_count(count_id=again.pk, actor=boss, now=timezone.now(), reason="loss", from_orders=True)
    assert blocked.value.problems[0].code == "blocked"
    consistent()


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(0, 1), st.integers(-20, 40)),
        st.tuples(st.just("count"), st.integers(0, 1), st.integers(0, 150)),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(steps=_STEPS)
def test_the_stock_afterwards_is_what_was_counted_and_what_moved_since(steps: list[tuple[str, int, int]]) -> None:
    """Goods that come and go while people count would falsify the difference."""
    hall = Hall(60, 80)
    count = hall.open()
    wanted: dict[int, int] = {}
    for kind, place, pieces in steps:
        product = hall.stock[place].product_id
        if kind == "count":
            hall.count(count, place, pieces)
            wanted[place] = pieces
        elif pieces and hall.on_hand()[place] + pieces >= 0:
            adjust_stock(
                warehouse_id=hall.warehouse.pk, product_id=product, difference=pieces, reason="x", actor=hall.keeper
            )
            if place in wanted:
                wanted[place] += pieces
    before = hall.on_hand()
    if wanted:
        hall.submit(count, uncounted="leave")
        expected = [wanted.get(place, before[place]) for place in range(2)]
        if min(expected) < 0:
            with pytest.raises(Conflict):
                hall.approve(count)
        else:
            hall.approve(count)
            assert hall.on_hand() == expected
    consistent()


def test_a_count_on_the_pages_and_over_the_api() -> None:
    """A keeper with a scanner, one with a spreadsheet and an ERP would each need the others."""
    hall = Hall(100, 50, 30)
    ProductUnitFactory.create(product=hall.stock[0].product, code="case", pieces=24, barcode="4006381333931")
    browser = Client()
    browser.force_login(hall.keeper)
    form = {"warehouse": hall.warehouse.pk, "scope": "all", "is_blind": "on"}
    page = browser.post("/stock/counts/new/", form, follow=True)
    count = StockCount.objects.get()
    assert count.number is not None
    assert count.number in page.content.decode()
    address = f"/stock/counts/{count.pk}/"
    assert browser.post(f"{address}entry/", {"code": "4006381333931"}).status_code == 400  # the quantity is asked for
    page = browser.post(f"{address}entry/", {"code": "4006381333931", "quantity": "4"}, follow=True)
    assert "96 counted" in page.content.decode()
    line = count.lines.get(product=hall.stock[1].product)
    row = {f"row-{line.pk}": "48", f"seen-{line.pk}": "0", f"reason-{line.pk}": "damage"}
    assert browser.post(f"{address}entry/", row, follow=True).status_code == 200
    again = browser.post(f"{address}entry/", {**row, f"row-{line.pk}": "47"})
    assert (again.status_code, "Somebody else counted this" in again.content.decode()) == (409, True)
    code = hall.stock[2].product.code
    assert browser.post(f"{address}paste/", {"lines": f"{code}\t20\n{code}\t9"}, follow=True).status_code == 200
    shown = browser.get(f"{address}rows/").content.decode()
    assert "expected" not in shown.lower().split("<main")[1]
    api, boss = client_of(hall.keeper), client_of(hall.boss)
    rows = api.get(f"/api/v1/stock-count-rows/?count={count.number}").json()["results"]
    assert {row["counted"] for row in rows} == {96, 48, 29}
    assert {row["expected"] for row in rows} == {None}
    newer = {"rows": [{"product": code, "quantity": 28, "seen": 1}]}
    assert api.post(f"/api/v1/stock-counts/{count.pk}/record/", newer, format="json").status_code == 200
    assert api.post(f"/api/v1/stock-counts/{count.pk}/record/", newer, format="json").status_code == 409
    assert browser.post(f"{address}submit/", {"uncounted": "refuse"}, follow=True).status_code == 200
    assert api.post(f"/api/v1/stock-counts/{count.pk}/approve/", {}, format="json").status_code == 403
    office = Client()
    office.force_login(hall.boss)
    assert "differs" in office.get(f"{address}approve/").content.decode()
    assert office.get(f"{address}rows/?state=differs&sort=-value&export=csv").status_code == 200
    answer = boss.post(f"/api/v1/stock-counts/{count.pk}/approve/", {"reason": "loss"}, format="json")
    assert (answer.status_code, answer.json()["status"], hall.on_hand()) == (200, "posted", [96, 48, 28])
    assert "SC100001" in office.get("/stock/counts/?status=posted").content.decode()
    new = {"warehouse": hall.warehouse.code, "scope": "products", "products": [code]}
    assert api.post("/api/v1/stock-counts/", new, format="json").status_code == 201
    assert client_of(BuyerFactory.create()).get("/api/v1/stock-counts/").json()["results"] == []
    consistent()


def test_what_a_count_begins_with() -> None:
    """Somebody would count a whole warehouse for one shelf."""
    hall = Hall(10, 10, 0)
    below = CategoryFactory.create(parent=hall.stock[0].product.category)
    hall.stock.append(
        StockFactory.create(warehouse=hall.warehouse, on_hand=4, product=ProductFactory.create(category=below))
    )
    options: dict[str, Any]
    for options, places in (
        ({"scope": "all"}, [0, 1, 3]),
        ({"scope": "categories", "category_ids": [hall.stock[0].product.category_id]}, [0, 3]),
        ({"scope": "products", "product_ids": [hall.stock[2].product_id]}, [2]),
    ):
        count = hall.open(**options)
        products = set(count.lines.values_list("product_id", flat=True))
        assert products == {hall.stock[place].product_id for place in places}
        cancel_count(count_id=count.pk, actor=hall.keeper, now=hall.now)
    for options, wrong in (
        ({"scope": "categories"}, "categories"),
        ({"scope": "products"}, "products"),
        ({"scope": "whim"}, "scope"),
        ({"tolerance": Decimal(101)}, "tolerance"),
    ):
        with pytest.raises(InvalidInput) as refused:
            hall.open(**options)
        assert refused.value.problems[0].field == wrong
