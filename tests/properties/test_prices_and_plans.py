"""The choice of a price, and plans split down, against a plain reckoning on any data."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from company.services.business_years import open_calendar_year
from planning.enums import PlanLevel
from planning.models import SalesPlan
from planning.selectors.differences import differences_to_child_plans
from planning.selectors.invariants import INVARIANTS
from planning.selectors.owners import PlanOwner
from planning.services.advance_plan import agree_plan
from planning.services.save_plan import start_plan
from planning.services.split_plan import split_plan
from pricing.models import Price
from pricing.selectors.prices import price_lines
from tests.factories.accounts import DirectorFactory, DistributorFactory, TerritoryFactory, TierFactory
from tests.factories.inventory import CategoryFactory, ProductFactory
from tests.factories.planning import PriceFactory, PriceListFactory, SalesActualFactory
from tests.sql import offending_rows

RELAXED = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
DAY = date(2026, 5, 4)
LISTS = st.lists(
    st.fixed_dictionaries(
        {
            "distributor": st.sampled_from([None, "mine", "other"]),
            "territory": st.sampled_from([None, None, "near", "far", "other"]),
            "tier": st.sampled_from([None, None, "mine", "other"]),
            "channel_kind": st.sampled_from(["", "", "retail", "wholesale"]),
            "currency": st.sampled_from(["USD", "USD", "USD", "EUR"]),
            "is_active": st.sampled_from([True, True, True, False]),
            "priority": st.integers(-1, 1),
            "prices": st.lists(
                st.tuples(st.sampled_from([1, 5, 12, 24]), st.integers(-3, 3), st.sampled_from([None, 0, 5])),
                max_size=3,
                unique_by=lambda price: price[0],
            ),
        }
    ),
    max_size=6,
)


class Market:
    """A buyer in a district of a region, and somebody else."""

    def __init__(self) -> None:
        far = TerritoryFactory()
        near = TerritoryFactory(parent=far)
        self.buyer = DistributorFactory(territory=near, channel_kind="retail", tier=TierFactory())
        other = DistributorFactory(territory=TerritoryFactory(), tier=TierFactory())
        self.product = ProductFactory()
        self.things: dict[str, dict[str, Any]] = {
            "distributor": {"mine": self.buyer, "other": other},
            "territory": {"near": near, "far": far, "other": other.territory},
            "tier": {"mine": self.buyer.tier, "other": other.tier},
        }

    def publish(self, number: int, shelf: dict[str, Any]) -> None:
        scope = {name: self.things[name].get(shelf[name]) for name in self.things}
        made = PriceListFactory(
            code=f"L{number}",
            channel_kind=shelf["channel_kind"],
            currency=shelf["currency"],
            is_active=shelf["is_active"],
            priority=shelf["priority"],
            **scope,
        )
        for place, (step, start, length) in enumerate(shelf["prices"]):
            starts_on = DAY + timedelta(days=start)
            ends_on = None if length is None else starts_on + timedelta(days=length)
            PriceFactory(
                price_list=made, product=self.product, from_quantity=step, amount=number * 10 + place + 1,
                starts_on=starts_on, ends_on=ends_on,
            )  # fmt: skip

    def reckon(self, quantity: int) -> Decimal | None:
        """The price by going through all of them, one by one."""
        best: tuple[Any, ...] | None = None
        for price in Price.objects.select_related("price_list"):
            shelf = price.price_list
            if not self._fits(shelf) or price.from_quantity > quantity or price.starts_on > DAY:
                continue
            if price.ends_on is not None and price.ends_on < DAY:
                continue
            distance = {None: 9, self.buyer.territory_id: 0}.get(shelf.territory_id, 1)
            rank = (shelf.distributor_id is None, distance, shelf.tier_id is None, not shelf.channel_kind)
            key = (*rank, -shelf.priority, shelf.code, -price.from_quantity)
            if best is None or key < best[:-1]:
                best = (*key, price.amount)
        return best[-1] if best else None

    def _fits(self, shelf: Any) -> bool:
        buyer = self.buyer
        return (
            shelf.is_active
            and shelf.currency == buyer.currency
            and shelf.distributor_id in {None, buyer.pk}
            and shelf.territory_id in {None, buyer.territory_id, buyer.territory.parent_id}
            and shelf.tier_id in {None, buyer.tier_id}
            and shelf.channel_kind in {"", buyer.channel_kind}
        )


@pytest.mark.django_db
@RELAXED
@given(shelves=LISTS)
def test_the_price_is_the_one_a_clerk_would_find(shelves: list[dict[str, Any]]) -> None:
    """One quick statement must say what going through all lists by hand says."""
    with transaction.atomic():
        market = Market()
        for number, shelf in enumerate(shelves):
            market.publish(number, shelf)
        quantities = [1, 5, 11, 12, 23, 100]
        lines = price_lines(
            distributor_id=market.buyer.pk, product_ids=[market.product.pk] * 6, quantities=quantities, on=DAY
        )
        assert [line.amount for line in lines] == [market.reckon(quantity) for quantity in quantities]
        for line in lines:
            if line.next_quantity is not None:
                assert line.next_amount == market.reckon(line.next_quantity)
        transaction.set_rollback(True)


AREAS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=6)


@pytest.mark.django_db
@RELAXED
@given(
    areas=AREAS,
    amount=st.decimals(min_value=0, max_value=10**8, places=2),
    sales=st.dictionaries(
        st.tuples(st.integers(0, 2), st.integers(1, 12), st.integers(0, 1)), st.integers(0, 10**6), max_size=15
    ),
)
def test_a_plan_split_down_adds_up_on_every_level(areas: Any, amount: Decimal, sales: Any) -> None:
    """The company's figure is what its distributors are asked for, to the cent, in every month and category."""
    with transaction.atomic():
        open_calendar_year(2025)
        director, year = DirectorFactory(), open_calendar_year(2026)
        territories: list[Any] = []
        people = DistributorFactory.create_batch(3, territory=None)
        for above, count in areas:
            parent = territories[above] if above < len(territories) else None
            territories.append(TerritoryFactory(parent=parent))
            people += [DistributorFactory(territory=territories[-1]) for _ in range(count)]
        categories = CategoryFactory.create_batch(2)
        for (who, month, category), net in sales.items():
            SalesActualFactory(
                distributor=people[who], month=date(2025, month, 1), net_amount=net, category=categories[category]
            )
        plan = start_plan(
            owner=PlanOwner(level=PlanLevel.COMPANY), year_id=year.pk, amount=amount, currency="USD", actor=director
        )
        split_plan(plan_id=plan.pk, actor=director, expected_version=None)
        parts = SalesPlan.objects.filter(level=PlanLevel.DISTRIBUTOR)
        assert parts.count() == len(people)
        assert sum(part.amount for part in parts) == amount
        for above in SalesPlan.objects.exclude(level=PlanLevel.DISTRIBUTOR):
            assert not any(differences_to_child_plans(above.pk).values())
        agree_plan(plan_id=plan.pk, actor=director, expected_version=None)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert offending_rows(INVARIANTS) == {}
        transaction.set_rollback(True)
