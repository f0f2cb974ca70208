"""Who may open what of transfers between warehouses."""

from django.utils import timezone

from tests.access.inventory_routes import BRAND_AND_IDLE, MOVERS, NOT_BRAND, NOT_MINE
from tests.access.table import ADMINISTRATOR, SIGNED_IN, Route
from tests.access.world import World
from tests.factories.inventory import WarehouseFactory
from tests.factories.transfers import TransferFactory, TransferLineFactory
from transfers.services.transfers import send_transfer


def build(world: World) -> None:
    """A transfer that is prepared, and one that is on its way."""
    world.things.elsewhere = WarehouseFactory.create()
    transfer = {"source": world.things.stock.warehouse, "destination": world.things.elsewhere}
    world.things.transfer = TransferFactory.create(**transfer)
    TransferLineFactory.create(transfer=world.things.transfer, product=world.things.product, quantity=2, pieces=2)
    world.things.transfer_sent = TransferFactory.create(**transfer)
    TransferLineFactory.create(transfer=world.things.transfer_sent, product=world.things.product, quantity=2, pieces=2)
    send_transfer(transfer_id=world.things.transfer_sent.pk, actor=world.people[ADMINISTRATOR], now=timezone.now())


def _transfer(world: World) -> dict[str, object]:
    return {"pk": world.things.transfer.pk}


def _transfer_sent(world: World) -> dict[str, object]:
    return {"pk": world.things.transfer_sent.pk}


def _new_transfer(world: World) -> dict[str, object]:
    places = {"source": world.things.stock.warehouse.code, "destination": world.things.elsewhere.code}
    return {**places, "expected_on": "2030-01-01", "lines": [{"product": world.things.product.code, "quantity": 1}]}


def _typed_transfer(world: World) -> dict[str, object]:
    places = {"source": world.things.stock.warehouse_id, "destination": world.things.elsewhere.pk}
    return {**places, "expected_on": "2030-01-01", "lines": f"{world.things.product.code} 1"}


def _typed_received(world: World) -> dict[str, object]:
    return {f"line-{world.things.transfer_sent.lines.get().pk}": 2, "is_complete": "on"}


ROUTES = [
    Route(name="transfers:transfers", allowed=BRAND_AND_IDLE),
    Route(name="transfers:transfer", allowed=BRAND_AND_IDLE, args=_transfer),
    Route(name="transfers:transfer-new", allowed=MOVERS),
    Route(name="transfers:transfer-new", method="POST", allowed=MOVERS, ok=302, body=_typed_transfer),
    Route(name="transfers:transfer-change", allowed=MOVERS, args=_transfer),
    Route(
        name="transfers:transfer-change", method="POST", allowed=MOVERS, ok=302, args=_transfer, body=_typed_transfer
    ),
    Route(name="transfers:transfer-send", method="POST", allowed=MOVERS, ok=302, args=_transfer),
    Route(name="transfers:transfer-cancel", method="POST", allowed=MOVERS, ok=302, args=_transfer),
    Route(name="transfers:transfer-receive", allowed=MOVERS, args=_transfer_sent),
    Route(
        name="transfers:transfer-receive",
        method="POST",
        allowed=MOVERS,
        ok=302,
        args=_transfer_sent,
        body=_typed_received,
    ),
    Route(name="transfers:transfer-reschedule", allowed=MOVERS, args=_transfer_sent),
    Route(
        name="transfers:transfer-reschedule",
        method="POST",
        allowed=MOVERS,
        ok=302,
        args=_transfer_sent,
        body=lambda _world: {"expected_on": "2030-01-02"},
    ),
    Route(name="api:transfers-list", allowed=SIGNED_IN),
    Route(
        name="api:transfers-list",
        method="POST",
        allowed=MOVERS,
        ok=201,
        also=dict.fromkeys(NOT_MINE, (400,)),
        body=_new_transfer,
    ),
    Route(name="api:transfers-detail", allowed=BRAND_AND_IDLE, hidden=NOT_BRAND, args=_transfer),
    *(
        Route(name=f"api:transfers-{step}", method="POST", allowed=MOVERS, hidden=NOT_BRAND, args=_transfer)
        for step in ("send", "cancel")
    ),
    Route(name="api:transfers-receive", method="POST", allowed=MOVERS, hidden=NOT_BRAND, args=_transfer_sent),
    Route(
        name="api:transfers-reschedule",
        method="POST",
        allowed=MOVERS,
        hidden=NOT_BRAND,
        args=_transfer_sent,
        body=lambda _world: {"expected_on": "2030-01-02"},
    ),
]
