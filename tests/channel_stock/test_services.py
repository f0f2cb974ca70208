"""What lies at the distributors: reported by them, seen with them, and never what orders are promised from."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from channel_stock.selectors.cover import covers_in, products_by_state, read_cover
from channel_stock.services.stock_reports import MOST_LINES, report_stock
from core.errors import InvalidInput, NotAllowed, NotVisible
from core.models import Event, OutboxMessage
from inventory.enums import Cover, MoveKind
from inventory.models import Stock, StockMove, SupplyRoute, Warehouse
from inventory.rules import COVER_CONDITIONS, cover_of, days_of_cover
from inventory.selectors.catalogue import available_by_warehouse, stock_sums
from inventory.selectors.invariants import INVARIANTS
from inventory.services.channel_stock import SellIn, keep_sell_in, receive_at_distributor
from inventory.services.stock import adjust_stock, receive_stock
from tests.factories.accounts import (
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    KeeperFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    RolelessFactory,
    WarehouseUserFactory,
)
from tests.factories.inventory import (
    BuyingRightFactory,
    DistributorWarehouseFactory,
    ProductFactory,
    StockFactory,
    SupplyRouteFactory,
)
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _books_are_right_after_every_test(db: Any) -> Iterator[None]:
    yield
    assert offending_rows(INVARIANTS) == {}


@pytest.fixture
def keeper() -> Any:
    return KeeperFactory.create()


def bought_by(distributor: Any, **facts: Any) -> Any:
    product = ProductFactory.create(**facts)
    BuyingRightFactory.create(distributor=distributor, brand=product.brand)
    return product


def report(keeper: Any, *counts: tuple[str, int]) -> Any:
    return report_stock(distributor_id=keeper.distributor_id, counts=counts, actor=keeper, now=NOW, reference="JUNE")


def on_hand(product: Any) -> int:
    return Stock.objects.get(product=product).on_hand


def test_the_first_report_makes_the_warehouse(keeper: Any) -> None:
    """A distributor could not begin to report before somebody had set it up."""
    tea = bought_by(keeper.distributor)
    done = report(keeper, (tea.code, 12))
    place = Warehouse.objects.get(distributor=keeper.distributor)
    assert (done.warehouse_id, done.products, done.changed, done.difference) == (place.pk, 1, 1, 12)
    assert (place.code, place.counted_at) == (keeper.distributor.code, NOW)
    move = StockMove.objects.get()
    assert (move.kind, move.quantity, move.reference, move.actor) == (MoveKind.COUNT, 12, "JUNE", keeper)


def test_a_report_books_the_difference(keeper: Any) -> None:
    """On hand would no longer be the sum of its moves, and nobody could say where goods went."""
    tea, rice, oil = (bought_by(keeper.distributor) for _ in range(3))
    report(keeper, (tea.code, 12), (rice.code, 5), (oil.code, 0))
    done = report(keeper, (tea.code.lower(), 9), (rice.code, 5))
    assert (on_hand(tea), on_hand(rice), on_hand(oil)) == (9, 5, 0)
    assert (done.products, done.changed, done.difference) == (2, 1, -3)
    assert list(StockMove.objects.filter(product=tea).order_by("pk").values_list("quantity", flat=True)) == [12, -3]
    assert not StockMove.objects.filter(product=oil).exists()


def test_a_report_is_told(keeper: Any) -> None:
    """The manager would not know since when the figures stand, nor would the cover be counted anew."""
    tea = bought_by(keeper.distributor)
    report(keeper, (tea.code, 12))
    event = Event.objects.get(kind="stock.reported")
    assert (event.subject_type, event.subject_id) == ("distributor", keeper.distributor_id)
    assert event.data == {"products": 1, "changed": 1, "difference": 12}
    assert OutboxMessage.objects.filter(topic="stock.reported").exists()


def test_a_barcode_names_a_product_and_what_lies_there_may_be_counted(keeper: Any) -> None:
    """Goods that may no longer be bought would lie there for ever."""
    report(keeper, (bought_by(keeper.distributor, barcode="690123").code, 1))
    assert report(keeper, ("690123", 4)).difference == 3
    old = ProductFactory.create()
    StockFactory.create(product=old, warehouse=Warehouse.objects.get(distributor=keeper.distributor), on_hand=7)
    assert report(keeper, (old.code, 0)).difference == -7


def test_every_wrong_line_is_told_and_nothing_is_changed(keeper: Any) -> None:
    """Somebody would mend a list of two hundred lines one refusal at a time."""
    tea, secret = bought_by(keeper.distributor), ProductFactory.create()
    with pytest.raises(InvalidInput) as refused, transaction.atomic():
        report(keeper, (tea.code, 3), (secret.code, 1), (tea.code, 4), ("none", -1))
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [
        ("lines.1.product", "unknown"),
        ("lines.2.product", "duplicate"),
        ("lines.3.product", "unknown"),
        ("lines.3.quantity", "out_of_range"),
    ]
    assert not Stock.objects.exists()


@pytest.mark.parametrize("counts", [[], [("A", 1)] * (MOST_LINES + 1)])
def test_an_empty_or_endless_report_is_refused(keeper: Any, counts: list[tuple[str, int]]) -> None:
    """An empty file would pass for a count."""
    with pytest.raises(InvalidInput), transaction.atomic():
        report(keeper, *counts)


def test_who_may_report(keeper: Any) -> None:
    """A stranger, or those above in the sub-network, would write what they have not counted."""
    tea = bought_by(keeper.distributor)
    wish: Any = {"distributor_id": keeper.distributor_id, "counts": [(tea.code, 1)], "now": NOW}
    report_stock(actor=OwnerFactory.create(distributor=keeper.distributor), **wish)
    above = DistributorFactory.create()
    keeper.distributor.parent = above
    keeper.distributor.save()
    for actor in (BuyerFactory.create(distributor=keeper.distributor), OwnerFactory.create(distributor=above)):
        with pytest.raises(NotAllowed):
            report_stock(actor=actor, **wish)
    with pytest.raises(NotVisible):
        report_stock(actor=KeeperFactory.create(), **wish)


def test_who_sees_what_lies_at_a_distributor() -> None:
    """One distributor would read another's shelves, or the brand owner's."""
    theirs = StockFactory.create(warehouse=DistributorWarehouseFactory.create())
    mine = theirs.warehouse.distributor
    other, own = StockFactory.create(warehouse=DistributorWarehouseFactory.create()), StockFactory.create()
    above = DistributorFactory.create()
    mine.parent = above
    mine.save()
    manager, idle = ManagerFactory.create(), ManagerFactory.create()
    ResponsibilityFactory.create(user=manager, distributor=mine)
    for user, seen in (
        (DirectorFactory.create(), {theirs, other, own}),
        (WarehouseUserFactory.create(), {theirs, other, own}),
        (manager, {theirs, own}),
        (idle, {own}),
        (BuyerFactory.create(distributor=mine), {theirs}),
        (OwnerFactory.create(distributor=above), {theirs}),
        (KeeperFactory.create(), set()),
        (RolelessFactory.create(), set()),
    ):
        assert set(Stock.objects.visible_to(user)) == seen, user.role
        assert set(StockMove.objects.visible_to(user).values_list("product", flat=True)) == {s.product_id for s in seen}
        places = set(Warehouse.objects.visible_to(user))
        assert {stock.warehouse for stock in seen} <= places
        assert places - {own.warehouse} == {stock.warehouse for stock in seen} - {own.warehouse}


def test_the_company_supplies_from_its_own_warehouses() -> None:
    """One distributor's goods would be promised to another."""
    theirs = DistributorWarehouseFactory.create()
    SupplyRouteFactory.create(distributor=(buyer := DistributorFactory.create()), warehouse=theirs)
    route = SupplyRouteFactory.create(distributor=buyer, priority=2)
    assert SupplyRoute.objects.first_of(buyer.pk, NOW.date()).get() == route
    with pytest.raises(IntegrityError, match="does not supply itself"), transaction.atomic():
        SupplyRouteFactory.create(warehouse=theirs, distributor=theirs.distributor)
    with pytest.raises(IntegrityError, match="stays for good"), transaction.atomic():
        Warehouse.objects.filter(pk=route.warehouse_id).update(distributor=route.distributor)


def test_the_first_route_of_the_day_supplies() -> None:
    """A second warehouse could not step in while the first is closed, nor a new one take over on a day."""
    buyer = DistributorFactory.create()
    first = SupplyRouteFactory.create(distributor=buyer, ends_on=date(2026, 5, 31))
    with pytest.raises(IntegrityError, match="supply_route_priority_once"), transaction.atomic():
        SupplyRouteFactory.create(distributor=buyer, starts_on=date(2026, 5, 31))
    later = SupplyRouteFactory.create(distributor=buyer, starts_on=date(2026, 6, 1))
    second = SupplyRouteFactory.create(distributor=buyer, priority=2)
    routes = SupplyRoute.objects
    assert routes.first_of(buyer.pk, date(2026, 5, 31)).get() == first
    assert routes.first_of(buyer.pk, date(2026, 6, 1)).get() == later
    Warehouse.objects.filter(pk=later.warehouse_id).update(is_active=False)
    assert routes.first_of(buyer.pk, date(2026, 6, 1)).get() == second
    for route, pieces in ((first, 1), (later, 2), (second, 4)):
        stock = StockFactory.create(warehouse=route.warehouse, on_hand=pieces)
    assert list(Stock.objects.supplying(buyer.pk, date(2026, 6, 1))) == [stock]


def test_a_distributor_has_several_warehouses_and_one_default(keeper: Any) -> None:
    """A distributor with two sites could report one of them, or a report would count at either."""
    main = DistributorWarehouseFactory.create(distributor=keeper.distributor)
    second = DistributorWarehouseFactory.create(distributor=keeper.distributor)
    main.refresh_from_db()
    assert (main.is_default, second.is_default) == (True, False)
    with pytest.raises(IntegrityError, match="warehouse_one_default"), transaction.atomic():
        Warehouse.objects.filter(pk=second.pk).update(is_default=True)
    tea = bought_by(keeper.distributor)
    assert report(keeper, (tea.code, 12)).warehouse_id == main.pk
    StockFactory.create(warehouse=second, product=tea, on_hand=5)
    cover = read_cover(keeper, keeper.distributor_id)
    assert cover is not None
    assert (cover.on_hand, cover.counted_at) == (17, NOW)


def test_the_brand_owners_figures_leave_the_channel_out() -> None:
    """The catalogue would promise what lies at distributors, and the warehouse could receive into their shelves."""
    theirs = StockFactory.create(warehouse=DistributorWarehouseFactory.create(), on_hand=500)
    own = StockFactory.create(product=theirs.product, on_hand=7)
    assert stock_sums(DirectorFactory.create(), [theirs.product_id]) == {theirs.product_id: (7, 0, 0)}
    assert [row["code"] for row in available_by_warehouse(theirs.product_id)] == [own.warehouse.code]
    place: Any = {"warehouse_id": theirs.warehouse_id, "actor": WarehouseUserFactory.create()}
    with pytest.raises(InvalidInput):
        receive_stock(product_ids=[theirs.product_id], quantities=[1], reference="GR", **place)
    with pytest.raises(InvalidInput):
        adjust_stock(product_id=theirs.product_id, difference=1, reason="counted", **place)


def test_what_is_received_lies_there() -> None:
    """After every delivery the distributor would have to count anew."""
    keeper = KeeperFactory.create()
    tea, rice = ProductFactory.create_batch(2)
    came: Any = {"product_ids": [tea.pk, rice.pk, tea.pk], "quantities": [3, 0, 2], "actor_id": keeper.pk}
    receive_at_distributor(distributor_id=keeper.distributor_id, reference="SH1", at=NOW, **came)
    assert not Stock.objects.exists()
    DistributorWarehouseFactory.create(distributor=keeper.distributor)
    receive_at_distributor(distributor_id=keeper.distributor_id, reference="SH1", at=NOW, **came)
    assert list(Stock.objects.values_list("product", "on_hand")) == [(tea.pk, 5)]
    assert list(StockMove.objects.values_list("kind", "quantity", "reference")) == [(MoveKind.RECEIPT, 5, "SH1")]


@pytest.mark.parametrize("count", [1, 30])
def test_reports_and_receipts_cost_the_same(keeper: Any, count: int, django_assert_num_queries: Any) -> None:
    """A report of a whole warehouse would take minutes."""
    products = [bought_by(keeper.distributor) for _ in range(count)]
    report(keeper, (products[0].code, 1))
    with django_assert_num_queries(12):
        report(keeper, *((product.code, 5) for product in products))
    with django_assert_num_queries(2):
        receive_at_distributor(
            distributor_id=keeper.distributor_id,
            product_ids=[product.pk for product in products],
            quantities=[1] * count,
            reference="S",
            actor_id=keeper.pk,
            at=NOW,
        )
    assert set(Stock.objects.values_list("on_hand", flat=True)) == {6}


def test_sell_in_stands_beside_the_stock() -> None:
    """What sells and is not there would not show, and yesterday's best seller would look like today's."""
    place, other = DistributorWarehouseFactory.create_batch(2)
    there, gone, elsewhere = (StockFactory.create(warehouse=where, sold_in=4) for where in (place, place, other))
    missing = ProductFactory.create()
    sold = [
        SellIn(distributor_id=place.distributor_id, product_id=there.product_id, pieces=9),
        SellIn(distributor_id=place.distributor_id, product_id=missing.pk, pieces=3),
    ]
    for _twice in range(2):
        keep_sell_in(distributor_ids=[place.distributor.pk], sold=sold)
        assert set(Stock.objects.values_list("product", "on_hand", "sold_in")) == {
            (there.product_id, 100, 9),
            (gone.product_id, 100, 0),
            (missing.pk, 0, 3),
            (elsewhere.product_id, 100, 4),
        }


def test_days_of_cover() -> None:
    """Managers would act on a figure nobody can explain."""
    assert days_of_cover(on_hand=30, sold_in=91) == 30
    assert days_of_cover(on_hand=30, sold_in=0) is None
    assert days_of_cover(on_hand=30, sold_in=None) is None


@pytest.mark.parametrize(
    ("on_hand", "sold_in", "state"),
    [
        (0, 91, Cover.EMPTY),
        (13, 91, Cover.SHORT),
        (14, 91, Cover.FINE),
        (90, 91, Cover.FINE),
        (91, 91, Cover.OVERSTOCKED),
        (500, 0, Cover.NO_DATA),
        (500, None, Cover.NO_DATA),
        (0, 0, Cover.NO_DATA),
        (3, 20, Cover.SHORT),
        (1, 7, Cover.SHORT),
        (2, 13, Cover.FINE),
    ],
)
def test_the_state_is_the_same_in_words_and_in_sql(on_hand: int, sold_in: int | None, state: Cover) -> None:
    """The filter would find other rows than those that show the state."""
    stock = StockFactory.create(warehouse=DistributorWarehouseFactory.create(), on_hand=on_hand, sold_in=sold_in)
    assert cover_of(on_hand=on_hand, sold_in=sold_in) == stock.cover == state
    assert [found for found in COVER_CONDITIONS if Stock.objects.in_cover(found).exists()] == [state]
    days = Stock.objects.with_days().get().days
    assert days == pytest.approx(stock.days_of_cover) if days is not None else stock.days_of_cover is None


def test_a_distributor_as_a_whole() -> None:
    """Nobody would see who sits on a year of stock and who has nothing to sell."""
    director = DirectorFactory.create()
    full, empty, fine, unknown = (place.distributor for place in DistributorWarehouseFactory.create_batch(4))
    for distributor, rows in ((full, [(300, 91), (91, 0)]), (empty, [(0, 91)]), (fine, [(20, 50), (11, 41)])):
        for pieces, sold_in in rows:
            StockFactory.create(warehouse=distributor.warehouses.get(), on_hand=pieces, sold_in=sold_in)
    StockFactory.create(on_hand=9)
    found = covers_in(director, list(Cover))
    assert [(row.code, row.days) for row in found[Cover.OVERSTOCKED]] == [(full.code, 391)]
    assert {state: [row.code for row in rows] for state, rows in found.items()} == {
        **{state: [] for state in Cover},
        Cover.OVERSTOCKED: [full.code],
        Cover.EMPTY: [empty.code],
        Cover.FINE: [fine.code],
        Cover.NO_DATA: [unknown.code],
    }
    assert list(covers_in(director, [Cover.EMPTY])) == [Cover.EMPTY]
    row = read_cover(director, full.pk)
    assert row
    assert (row.on_hand, row.sold_in, row.state) == (391, 91, Cover.OVERSTOCKED)
    assert products_by_state(director, full.pk) == {Cover.OVERSTOCKED: 1, Cover.NO_DATA: 1}
    assert read_cover(KeeperFactory.create(), full.pk) is None
    assert covers_in(ManagerFactory.create(), [Cover.OVERSTOCKED]) == {Cover.OVERSTOCKED: []}
