"""Who may open what of prices, plans and what was sold."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from planning.enums import PlanStatus
from tests.access.table import (
    BRAND,
    FINANCE,
    IDLE,
    LEADS,
    MANAGER,
    OUTSIDERS,
    OWNER,
    ROLELESS,
    SEERS,
    SIGNED_IN,
    STRANGER,
    Route,
)
from tests.access.world import World
from tests.factories.inventory import BuyingRightFactory, ProductFactory
from tests.factories.planning import PriceFactory, SalesActualFactory, SalesPlanFactory, calendar_year

BRAND_AND_IDLE = BRAND | {IDLE}
NOT_BRAND = SIGNED_IN - BRAND_AND_IDLE
NOT_MINE = frozenset({STRANGER, ROLELESS})
PLANNERS = LEADS | {MANAGER}
COMPANY_SEERS = BRAND - {MANAGER}
COMPANY_BLIND = SIGNED_IN - COMPANY_SEERS


def build(world: World) -> None:
    """Plans of `mine` and of the company in each state, a price, and what was sold."""
    today = timezone.localdate()
    year = calendar_year(today.year)
    world.things.next_year = calendar_year(today.year + 1)
    world.things.draft = SalesPlanFactory.create(year=year, distributor=world.mine)
    world.things.agreed = SalesPlanFactory.create(
        year=year, distributor=world.child, status=PlanStatus.AGREED, currency=world.child.currency
    )
    world.things.company = SalesPlanFactory.create(
        year=calendar_year(today.year + 2), level="company", distributor=None, currency=world.mine.currency
    )
    world.things.actual = SalesActualFactory.create(distributor=world.mine, month=date(today.year, 1, 1))
    world.things.priced = ProductFactory.create()
    BuyingRightFactory.create(distributor=world.mine, brand=world.things.priced.brand)
    world.things.price = PriceFactory.create(product=world.things.priced)


def pk_of(name: str) -> Any:
    def args(world: World) -> Mapping[str, Any]:
        return {"pk": getattr(world.things, name).pk}

    return args


def _list(world: World) -> dict[str, object]:
    return {"code": world.things.price.price_list.code}


def _product(world: World) -> dict[str, object]:
    return {"code": world.things.priced.code}


def _mine(world: World) -> dict[str, object]:
    return {"code": world.mine.code}


def _price(world: World) -> dict[str, object]:
    place = {"price_list": world.things.price.price_list.code, "product": world.things.priced.code}
    return {**place, "amount": "12.5", "from_quantity": 1, "starts_on": "2027-01-01"}


def _asked(world: World) -> dict[str, object]:
    return {"distributor": world.mine.code, "lines": [{"product": world.things.priced.code, "quantity": 3}]}


def _start(world: World) -> dict[str, object]:
    next_year = world.things.next_year
    wish = {"level": "distributor", "distributor": world.mine.code, "year": next_year.code, "amount": "1200.00"}
    return {**wish, "currency": world.mine.currency}


def _typed_start(world: World) -> dict[str, object]:
    next_year = world.things.next_year
    wish = {"level": "distributor", "distributor": world.mine.code, "year": next_year.pk, "amount": "1200"}
    return {**wish, "currency": world.mine.currency}


def _cells(_world: World) -> dict[str, object]:
    return {"cells": [{"period": 1, "amount": "5.00"}]}


def _spread(_world: World) -> dict[str, object]:
    return {"amount": "500.00"}


def _sheet(world: World) -> dict[str, object]:
    cells = {f"cell-{part.period_id}-0": "5" for part in world.things.draft.periods.all()}
    return {**cells, "do": "save", "version": "1"}


def _reason(_world: World) -> dict[str, object]:
    return {"reason": "merger"}


DRAFT, AGREED, COMPANY = pk_of("draft"), pk_of("agreed"), pk_of("company")

ROUTES = [
    Route(name="api:price-lists-list", allowed=SIGNED_IN),
    Route(
        name="api:price-lists-list",
        method="POST",
        allowed=LEADS,
        ok=201,
        body=lambda _w: {"code": "SPECIAL", "name": "Special", "currency": "EUR"},
    ),
    Route(name="api:price-lists-detail", allowed=BRAND_AND_IDLE, hidden=NOT_BRAND, args=_list),
    Route(name="api:prices-list", allowed=SIGNED_IN),
    Route(
        name="api:prices-list", method="POST", allowed=LEADS, ok=201, body=_price, also=dict.fromkeys(NOT_BRAND, (400,))
    ),
    Route(name="api:prices-bulk", method="POST", allowed=LEADS, body=lambda world: {"rows": [_price(world)]}),
    Route(name="api:prices-detail", allowed=BRAND_AND_IDLE, hidden=NOT_BRAND, args=pk_of("price")),
    Route(name="api:prices-quote", method="POST", allowed=SEERS, body=_asked, refused=400),
    Route(name="api:plans-list", allowed=SIGNED_IN),
    Route(
        name="api:plans-list",
        method="POST",
        allowed=PLANNERS,
        ok=201,
        body=_start,
        also=dict.fromkeys(OUTSIDERS, (400,)),
    ),
    Route(name="api:plans-detail", allowed=SEERS, hidden=OUTSIDERS, args=DRAFT),
    Route(name="api:plans-detail", method="PATCH", allowed=PLANNERS, hidden=OUTSIDERS, args=DRAFT, body=_cells),
    Route(name="api:plans-spread", method="POST", allowed=PLANNERS, hidden=OUTSIDERS, args=DRAFT, body=_spread),
    Route(name="api:plans-agree", method="POST", allowed=PLANNERS | {OWNER}, hidden=OUTSIDERS, args=DRAFT),
    Route(name="api:plans-lock", method="POST", allowed=LEADS, hidden=OUTSIDERS, args=AGREED),
    Route(
        name="api:plans-reopen", method="POST", allowed=PLANNERS, hidden=OUTSIDERS, args=AGREED, body=_reason, ok=201
    ),
    Route(name="api:plans-split", method="POST", allowed=LEADS, hidden=COMPANY_BLIND, args=COMPANY),
    Route(name="api:plans-attainment", allowed=SEERS, hidden=OUTSIDERS, args=DRAFT),
    Route(name="api:attainment-list", allowed=SIGNED_IN),
    Route(name="api:attainment-detail", allowed=SEERS, hidden=OUTSIDERS, args=_mine),
    Route(name="api:sales-list", allowed=SIGNED_IN),
    Route(name="api:sales-detail", allowed=SEERS, hidden=OUTSIDERS, args=pk_of("actual")),
    Route(name="planning:plans", allowed=SIGNED_IN),
    Route(name="planning:plan-new", allowed=LEADS | {MANAGER, IDLE}),
    Route(name="planning:plan-new", method="POST", allowed=PLANNERS, also={IDLE: (400,)}, ok=302, body=_typed_start),
    Route(name="planning:plan", allowed=SEERS, hidden=OUTSIDERS, args=DRAFT),
    Route(
        name="planning:plan",
        method="POST",
        allowed=PLANNERS,
        hidden=OUTSIDERS,
        args=DRAFT,
        body=_sheet,
        ok=302,
        refused=400,
    ),
    Route(name="planning:plan-agree", method="POST", allowed=PLANNERS | {OWNER}, hidden=OUTSIDERS, args=DRAFT, ok=302),
    Route(name="planning:plan-lock", method="POST", allowed=LEADS, hidden=OUTSIDERS, args=AGREED, ok=302),
    Route(name="planning:plan-split", method="POST", allowed=LEADS, hidden=COMPANY_BLIND, args=COMPANY, ok=302),
    Route(name="planning:plan-reopen", allowed=SEERS, hidden=OUTSIDERS, args=AGREED),
    Route(
        name="planning:plan-reopen",
        method="POST",
        allowed=PLANNERS,
        hidden=OUTSIDERS,
        args=AGREED,
        body=_reason,
        ok=302,
    ),
    Route(name="planning:attainment", allowed=SIGNED_IN),
    Route(name="planning:distributor-sales", allowed=LEADS | {MANAGER, IDLE, FINANCE}),
    Route(name="planning:manager-sales", allowed=LEADS | {MANAGER, IDLE, FINANCE}),
    Route(name="planning:quotas", allowed=BRAND_AND_IDLE),
    Route(name="planning:distributor-attainment", allowed=SEERS, hidden=OUTSIDERS, args=_mine),
    Route(name="pricing:price-lists", allowed=BRAND_AND_IDLE),
    Route(name="pricing:price-list", allowed=BRAND_AND_IDLE, args=_list),
    Route(name="pricing:prices", allowed=BRAND_AND_IDLE),
    Route(name="pricing:price-list-new", allowed=LEADS),
    Route(
        name="pricing:price-list-new",
        method="POST",
        allowed=LEADS,
        ok=302,
        body=lambda _w: {"code": "NEW", "name": "New", "currency": "USD"},
    ),
    Route(name="pricing:price-set", allowed=LEADS),
    Route(name="pricing:price-set", method="POST", allowed=LEADS, ok=302, body=_price),
    Route(name="pricing:product-prices", allowed=SEERS | {IDLE}, hidden=NOT_MINE, args=_product),
]
