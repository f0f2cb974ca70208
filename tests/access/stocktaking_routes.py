"""Who may open what of stock counts and scrap."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from inventory.selectors.document_lines import DocumentLine
from stocktaking.models import Scrap, StockCount
from stocktaking.services.counting import Counted, record_counts
from stocktaking.services.counts import open_count, submit_count
from stocktaking.services.scraps import approve_scrap, save_scrap, submit_scrap
from tests.access.inventory_routes import BRAND_AND_IDLE, MOVERS, NOT_BRAND, NOT_MINE
from tests.access.table import ADMINISTRATOR, DIRECTOR, ROLELESS, SIGNED_IN, WAREHOUSE, Route
from tests.access.world import World
from tests.factories.inventory import StockFactory

APPROVERS = frozenset({ADMINISTRATOR, DIRECTOR})
EITHER = MOVERS | APPROVERS


def build(world: World) -> None:
    """A count that is open and one that waits; a scrap as a draft, one that waits and one that is posted."""
    things, keeper, now = world.things, world.people[WAREHOUSE], timezone.now()
    things.counted = StockFactory.create(on_hand=10)
    things.count_waiting = _count(things.counted, keeper, now)
    record_counts(
        count_id=things.count_waiting.pk,
        rows=[Counted(product_id=things.counted.product_id, pieces=9)],
        actor=keeper,
        now=timezone.now(),
    )
    submit_count(count_id=things.count_waiting.pk, actor=keeper, now=timezone.now())
    things.counting = StockFactory.create(on_hand=10)
    things.count_open = _count(things.counting, keeper, now)
    things.uncounted = StockFactory.create(on_hand=10)
    things.scrap = _scrap(world)
    things.scrap_waiting = submit_scrap(scrap_id=_scrap(world).pk, actor=keeper, now=now)
    posted = submit_scrap(scrap_id=_scrap(world).pk, actor=keeper, now=now)
    things.scrap_posted = approve_scrap(scrap_id=posted.pk, actor=world.people[ADMINISTRATOR], now=now)


def _count(stock: Any, keeper: Any, now: datetime) -> StockCount:
    return open_count(warehouse_id=stock.warehouse_id, actor=keeper, now=now)


def _scrap(world: World) -> Scrap:
    stock = world.things.uncounted
    return save_scrap(
        warehouse_id=stock.warehouse_id,
        reason="broken",
        lines=[DocumentLine(product_id=stock.product_id, quantity=1)],
        actor=world.people[WAREHOUSE],
        now=timezone.now(),
    )


def _open(world: World) -> dict[str, object]:
    return {"pk": world.things.count_open.pk}


def _waiting(world: World) -> dict[str, object]:
    return {"pk": world.things.count_waiting.pk}


def _row(world: World) -> dict[str, object]:
    return {"pk": world.things.count_open.lines.get().pk}


def _typed_count(world: World) -> dict[str, object]:
    return {"warehouse": world.things.uncounted.warehouse_id, "scope": "all"}


def _sent_count(world: World) -> dict[str, object]:
    return {"warehouse": world.things.uncounted.warehouse.code}


def _scanned(world: World) -> dict[str, object]:
    return {"code": world.things.counting.product.code, "quantity": 3}


def _pasted(world: World) -> dict[str, object]:
    return {"lines": f"{world.things.counting.product.code} 3"}


def _recorded(world: World) -> dict[str, object]:
    return {"rows": [{"product": world.things.counting.product.code, "quantity": 3}]}


def _finish(_world: World) -> dict[str, object]:
    return {"uncounted": "zero"}


def _approve(_world: World) -> dict[str, object]:
    return {"reason": "loss"}


def _note(_world: World) -> dict[str, object]:
    return {"note": "Checked"}


def _draft(world: World) -> dict[str, object]:
    return {"pk": world.things.scrap.pk}


def _submitted(world: World) -> dict[str, object]:
    return {"pk": world.things.scrap_waiting.pk}


def _posted(world: World) -> dict[str, object]:
    return {"pk": world.things.scrap_posted.pk}


def _typed_scrap(world: World) -> dict[str, object]:
    stock = world.things.uncounted
    return {"warehouse": stock.warehouse_id, "reason": "lost", "lines": f"{stock.product.code} 1"}


def _sent_scrap(world: World) -> dict[str, object]:
    stock = world.things.uncounted
    return {
        "warehouse": stock.warehouse.code,
        "reason": "lost",
        "lines": [{"product": world.things.product.code, "quantity": 1}],
    }


_COUNT_STEPS = (
    ("submit", MOVERS, _open, _finish),
    ("approve", APPROVERS, _waiting, _approve),
    ("reopen", EITHER, _waiting, _note),
)
_SCRAP_STEPS = (
    ("approve", APPROVERS, _submitted, _note),
    ("return", EITHER, _submitted, _note),
    ("reverse", APPROVERS, _posted, _note),
)
_BAD = dict.fromkeys(NOT_MINE, (400,))

ROUTES = [
    Route(name="stocktaking:counts", allowed=BRAND_AND_IDLE),
    Route(name="stocktaking:count", allowed=BRAND_AND_IDLE, args=_waiting),
    Route(name="stocktaking:count-rows", allowed=BRAND_AND_IDLE, args=_waiting),
    Route(name="stocktaking:count-new", allowed=MOVERS),
    Route(name="stocktaking:count-new", method="POST", allowed=MOVERS, ok=302, body=_typed_count),
    Route(name="stocktaking:count-entry", allowed=MOVERS, args=_open),
    Route(name="stocktaking:count-entry", method="POST", allowed=MOVERS, ok=302, args=_open, body=_scanned),
    Route(name="stocktaking:count-paste", allowed=MOVERS, args=_open),
    Route(name="stocktaking:count-paste", method="POST", allowed=MOVERS, ok=302, args=_open, body=_pasted),
    Route(name="stocktaking:count-cancel", method="POST", allowed=EITHER, ok=302, args=_open),
    Route(name="stocktaking:scraps", allowed=BRAND_AND_IDLE),
    Route(name="stocktaking:scrap", allowed=BRAND_AND_IDLE, args=_draft),
    Route(name="stocktaking:scrap-new", allowed=MOVERS),
    Route(name="stocktaking:scrap-new", method="POST", allowed=MOVERS, ok=302, body=_typed_scrap),
    Route(name="stocktaking:scrap-change", allowed=MOVERS, args=_draft),
    Route(name="stocktaking:scrap-change", method="POST", allowed=MOVERS, ok=302, args=_draft, body=_typed_scrap),
    Route(name="stocktaking:scrap-submit", method="POST", allowed=MOVERS, ok=302, args=_draft),
    Route(name="stocktaking:scrap-cancel", method="POST", allowed=MOVERS, ok=302, args=_draft),
    *(
        route
        for noun, api, steps in (("count", "stock-counts", _COUNT_STEPS), ("scrap", "scraps", _SCRAP_STEPS))
        for step, allowed, args, body in steps
        for route in (
            Route(name=f"stocktaking:{noun}-{step}", allowed=allowed, args=args),
            Route(name=f"stocktaking:{noun}-{step}", method="POST", allowed=allowed, ok=302, args=args, body=body),
            Route(name=f"api:{api}-{step}", method="POST", allowed=allowed, hidden=NOT_BRAND, args=args, body=body),
        )
    ),
    Route(name="api:stock-counts-list", allowed=SIGNED_IN),
    Route(
        name="api:stock-counts-list", method="POST", allowed=MOVERS, ok=201, also={ROLELESS: (400,)}, body=_sent_count
    ),
    Route(name="api:stock-counts-detail", allowed=BRAND_AND_IDLE, hidden=NOT_BRAND, args=_open),
    Route(name="api:stock-counts-record", method="POST", allowed=MOVERS, hidden=NOT_BRAND, args=_open, body=_recorded),
    Route(name="api:stock-counts-cancel", method="POST", allowed=EITHER, hidden=NOT_BRAND, args=_open),
    Route(name="api:stock-count-rows-list", allowed=SIGNED_IN),
    Route(name="api:stock-count-rows-detail", allowed=BRAND_AND_IDLE, hidden=NOT_BRAND, args=_row),
    Route(name="api:scraps-list", allowed=SIGNED_IN),
    Route(name="api:scraps-list", method="POST", allowed=MOVERS, ok=201, also=_BAD, body=_sent_scrap),
    Route(name="api:scraps-detail", allowed=BRAND_AND_IDLE, hidden=NOT_BRAND, args=_draft),
    Route(name="api:scraps-submit", method="POST", allowed=MOVERS, hidden=NOT_BRAND, args=_draft),
    Route(name="api:scraps-cancel", method="POST", allowed=MOVERS, hidden=NOT_BRAND, args=_draft),
]
