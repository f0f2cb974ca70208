"""Stock under any sequence of what people do with it."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from channel_stock.services.stock_reports import report_stock
from core.errors import DomainError
from inventory.models import Stock
from inventory.selectors.invariants import INVARIANTS
from inventory.services.channel_stock import SellIn, keep_sell_in, receive_at_distributor
from inventory.services.stock import adjust_stock, consume, receive_stock, release, reserve
from orders.ordering.enums import ORDER
from tests.factories.accounts import KeeperFactory
from tests.factories.inventory import (
    BuyingRightFactory,
    DistributorWarehouseFactory,
    ProductFactory,
    WarehouseFactory,
)
from tests.sql import offending_rows

PRODUCTS, CLAIMS, THERE = 3, 3, 20
QUANTITY = st.integers(1, 12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("receive"), st.integers(0, PRODUCTS - 1), QUANTITY),
        st.tuples(st.just("adjust"), st.integers(0, PRODUCTS - 1), st.integers(-12, 12)),
        st.tuples(
            st.just("reserve"),
            st.integers(1, CLAIMS),
            st.lists(st.tuples(st.integers(0, PRODUCTS - 1), QUANTITY), min_size=1, max_size=4),
        ),
        st.tuples(st.just("release"), st.integers(1, CLAIMS), st.none()),
        st.tuples(st.just("consume"), st.integers(1, CLAIMS), QUANTITY),
    ),
    min_size=8,
    max_size=40,
)


class Books:
    """What a plain book-keeper would write down beside the program."""

    def __init__(self) -> None:
        self.warehouse = WarehouseFactory()
        self.products = [product.pk for product in ProductFactory.create_batch(PRODUCTS)]
        self.on_hand = dict.fromkeys(self.products, 0)
        self.held: dict[tuple[int, int], int] = {}
        for place in range(PRODUCTS - 1):  # the last one comes in later, or never
            self.receive(place, THERE)

    def reserved(self, product: int) -> int:
        return sum(pieces for (_claim, known), pieces in self.held.items() if known == product)

    def free(self, product: int) -> int:
        return self.on_hand[product] - self.reserved(product)

    def do(self, step: Any) -> None:
        kind, which, what = step
        getattr(self, kind)(which, what)

    def receive(self, place: int, pieces: int) -> None:
        product = self.products[place]
        receive_stock(
            warehouse_id=self.warehouse.pk, product_ids=[product], quantities=[pieces], reference="GR", actor=None
        )
        self.on_hand[product] += pieces

    def adjust(self, place: int, difference: int) -> None:
        product = self.products[place]
        where = {"warehouse_id": self.warehouse.pk, "product_id": product}
        possible = difference != 0 and self.free(product) + difference >= 0
        try:
            with transaction.atomic():
                adjust_stock(difference=difference, reason="counted", actor=None, **where)
        except DomainError:
            assert not possible
        else:
            assert possible
            self.on_hand[product] += difference

    def reserve(self, claim: int, lines: list[tuple[int, int]]) -> None:
        wanted: dict[int, int] = {}
        for place, pieces in lines:
            wanted[self.products[place]] = wanted.get(self.products[place], 0) + pieces
        missing = reserve(
            warehouse_id=self.warehouse.pk,
            source_type=ORDER,
            source_id=claim,
            source_line_ids=[self._line(claim, product) for product in wanted],
            product_ids=list(wanted),
            quantities=list(wanted.values()),
            expires_at=None,
        )
        short = {product for product, pieces in wanted.items() if pieces > self.free(product)}
        assert {row.product_id for row in missing} == short
        if not short:
            for product, pieces in wanted.items():
                self.held[claim, product] = self.held.get((claim, product), 0) + pieces

    def release(self, claim: int, _nothing: None) -> None:
        freed = release(source_type=ORDER, source_id=claim)
        mine = {key: pieces for key, pieces in self.held.items() if key[0] == claim and pieces}
        assert freed == {self._line(claim, product): pieces for (_claim, product), pieces in mine.items()}
        for key in mine:
            self.held[key] = 0

    def consume(self, claim: int, pieces: int) -> None:
        mine = {product: held for (known, product), held in self.held.items() if known == claim}
        if not mine:
            return
        lines = [self._line(claim, product) for product in mine]
        try:
            with transaction.atomic():
                consume(
                    source_type=ORDER,
                    source_id=claim,
                    source_line_ids=lines,
                    quantities=[pieces] * len(lines),
                    reference="SH",
                    actor_id=None,
                )
        except DomainError:
            assert min(mine.values()) < pieces
        else:
            for product in mine:
                self.held[claim, product] -= pieces
                self.on_hand[product] -= pieces

    def _line(self, claim: int, product: int) -> int:
        return claim * 10**9 + product

    def agree(self) -> None:
        stored = {row.product_id: (row.on_hand, row.reserved) for row in Stock.objects.all()}
        mine = {product: (self.on_hand[product], self.reserved(product)) for product in self.products}
        assert {product: stored.get(product, (0, 0)) for product in self.products} == mine


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a failing sequence shorter takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_the_books_are_right_after_every_step(steps: list[Any]) -> None:
    """Nobody is promised what is not there, and every piece can be traced, whatever is done in whatever order."""
    with transaction.atomic():
        books = Books()
        for step in steps:
            books.do(step)
            books.agree()
        assert offending_rows(INVARIANTS) == {}
        transaction.set_rollback(True)


AT_A_DISTRIBUTOR = st.lists(
    st.one_of(
        st.tuples(st.just("count"), st.dictionaries(st.integers(0, PRODUCTS - 1), st.integers(0, 12), min_size=1)),
        st.tuples(st.just("receive"), st.dictionaries(st.integers(0, PRODUCTS - 1), st.integers(0, 12))),
        st.tuples(st.just("sell_in"), st.dictionaries(st.integers(0, PRODUCTS - 1), st.integers(1, 99))),
    ),
    max_size=15,
)


@pytest.mark.django_db
@given(steps=AT_A_DISTRIBUTOR)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_distributors_stock_is_what_was_counted_and_came_since(steps: list[Any]) -> None:
    """Days of cover would be reckoned from a stock that no ledger explains."""
    with transaction.atomic():
        keeper = KeeperFactory.create()
        place, now = DistributorWarehouseFactory.create(distributor=keeper.distributor), timezone.now()
        products = ProductFactory.create_batch(PRODUCTS)
        for product in products:
            BuyingRightFactory.create(distributor=keeper.distributor, brand=product.brand)
        shelf: dict[int, int] = {}
        for kind, what in steps:
            wanted = {products[number]: pieces for number, pieces in what.items()}
            if kind == "count":
                counts = [(product.code, pieces) for product, pieces in wanted.items()]
                report_stock(distributor_id=place.distributor_id, counts=counts, actor=keeper, now=now)
                shelf |= {product.pk: pieces for product, pieces in wanted.items()}
            elif kind == "receive":
                receive_at_distributor(
                    distributor_id=place.distributor_id,
                    product_ids=[product.pk for product in wanted],
                    quantities=list(wanted.values()),
                    reference="S",
                    actor_id=keeper.pk,
                    at=now,
                )
                for product, pieces in wanted.items():
                    shelf[product.pk] = shelf.get(product.pk, 0) + pieces
            else:
                sold = [
                    SellIn(distributor_id=place.distributor_id, product_id=product.pk, pieces=pieces)
                    for product, pieces in wanted.items()
                ]
                keep_sell_in(distributor_ids=[keeper.distributor.pk], sold=sold)
        found = dict(Stock.objects.filter(warehouse=place, on_hand__gt=0).values_list("product", "on_hand"))
        assert found == {product: pieces for product, pieces in shelf.items() if pieces}
        assert offending_rows(INVARIANTS) == {}
        transaction.set_rollback(True)
