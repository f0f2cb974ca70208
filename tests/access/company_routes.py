"""Who may open what of the company's settings."""

from typing import Any

from tests.access.table import ADMINISTRATOR, BRAND, IDLE, OURS, ROLELESS, SIGNED_IN, STRANGER, Route
from tests.access.world import World
from tests.factories.company import CompanyFactory, ExchangeRateFactory, NumberSeriesFactory, TaxCodeFactory

STAFF = BRAND | {IDLE}
OTHERS = OURS | {STRANGER, ROLELESS}


def build(world: World) -> None:
    world.things.company_row = CompanyFactory.create()
    world.things.rate = ExchangeRateFactory.create()
    world.things.tax_code = TaxCodeFactory.create()
    world.things.series = NumberSeriesFactory.create()


def code_of(name: str) -> Any:
    return lambda world: {"code": getattr(world.things, name).code}


def pk_of(name: str) -> Any:
    return lambda world: {"pk": getattr(world.things, name).pk}


def new_rate(_world: World) -> dict[str, str]:
    return {"from_currency": "EUR", "to_currency": "CNY", "valid_on": "2026-01-01", "rate": "7.8"}


def new_tax_code(_world: World) -> dict[str, str]:
    return {"code": "NEW", "name": "New", "rate": "0.06", "starts_on": "2026-01-01"}


ROUTES = [
    Route(name="api:companies-list", allowed=SIGNED_IN),
    Route(name="api:companies-detail", allowed=STAFF, hidden=OTHERS, args=code_of("company_row")),
    Route(
        name="api:companies-detail",
        method="PATCH",
        allowed={ADMINISTRATOR},
        hidden=OTHERS,
        args=code_of("company_row"),
        body=lambda _world: {"address": "1 Main Street"},
    ),
    Route(
        name="api:companies-logo",
        method="PUT",
        allowed={ADMINISTRATOR},
        hidden=OTHERS,
        ok=(204, 415),  # the table sends JSON; tests/papers sends a picture
        refused=415,
        args=code_of("company_row"),
    ),
    Route(
        name="api:companies-logo",
        method="DELETE",
        allowed={ADMINISTRATOR},
        hidden=OTHERS,
        ok=204,
        args=code_of("company_row"),
    ),
    Route(name="api:exchange-rates-list", allowed=SIGNED_IN),
    Route(name="api:exchange-rates-list", method="POST", allowed={ADMINISTRATOR}, ok=201, body=new_rate),
    Route(name="api:exchange-rates-detail", allowed=STAFF, hidden=OTHERS, args=pk_of("rate")),
    Route(name="api:tax-codes-list", allowed=SIGNED_IN),
    Route(name="api:tax-codes-list", method="POST", allowed={ADMINISTRATOR}, ok=201, body=new_tax_code),
    Route(name="api:tax-codes-detail", allowed=STAFF, hidden=OTHERS, args=code_of("tax_code")),
    Route(
        name="api:tax-codes-detail",
        method="PATCH",
        allowed={ADMINISTRATOR},
        hidden=OTHERS,
        args=code_of("tax_code"),
        body=lambda _world: {"name": "Renamed"},
    ),
    Route(name="api:number-series-list", allowed=SIGNED_IN),
    Route(name="api:number-series-detail", allowed=STAFF, hidden=OTHERS, args=pk_of("series")),
]
