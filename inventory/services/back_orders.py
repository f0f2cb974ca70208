"""Back orders: placed under the lock of the stock, filled by whatever brings goods in, before anybody else.

Back orders and expected receipts change under the lock of their stock row only, so that what is read after it is true
until the transaction ends. Pieces that came in go to those who wait, in the order in which they ship; so do pieces on
hand that no receipt brings them in time. Nothing is left to a later job: what a transaction brings in, it gives out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from company.selectors import working_days_of
from company.working_days import EVERY_DAY, WorkingDays
from inventory.models import BackOrder, Stock
from inventory.promise import Dated, Schedule, ScheduleLine, Supply, promise
from inventory.querysets import READ_RECEIPTS
from inventory.selectors.availability import Place
from inventory.services.supply_sql import (
    ADD_STOCK,
    INSERT_BACK_ORDERS,
    LOCK_PLACES,
    LOCK_STOCK,
    SETTLE,
)

MANY = 500


@dataclass(frozen=True, kw_only=True)
class WaitingLine:
    """Pieces of a line of a document that are to wait, with the days that are promised."""

    source_line_id: int
    product_id: int
    part: ScheduleLine
    wanted_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How the goods travel, as it was when the document was placed."""

    lead_days: int
    cut_off: time | None
    calendar_id: int | None


def lock_places(places: Sequence[Place]) -> list[tuple[Any, ...]]:
    """Lock the stock of products in warehouses, in the order of the products; rows that are missing are made.

    Before: inside a transaction that has locked no other stock. Answers id, warehouse, product, on hand, reserved, waiting.
    """
    given = _columns(places)
    stock = _rows(LOCK_PLACES, given)
    if len(stock) < len(set(places)):
        _rows(ADD_STOCK, given)
        stock = _rows(LOCK_PLACES, given)
    return stock


def lock_supplies(*, places: Iterable[Place], short: Iterable[Place], today: date) -> dict[Place, Supply]:
    """Lock what warehouses have of products, and read what is expected and who waits where something is short.

    Before: inside a transaction that has locked no other stock. Three statements, one more where a row was missing.
    """
    wanted = set(short)
    stock = lock_places(sorted({*places, *wanted}))
    receipts, waiting = _receipts(sorted(wanted), today), _waiting(sorted(wanted))
    return {
        (warehouse, product): Supply(
            on_hand=on_hand,
            reserved=reserved,
            receipts=receipts[warehouse, product],
            commitments=[Dated(row.ship_on, row.quantity) for row in waiting[warehouse, product]],
        ).merged()
        for _id, warehouse, product, on_hand, reserved, _pieces in stock
        if (warehouse, product) in wanted
    }


def place_back_orders(
    *,
    warehouse_id: int,
    distributor_id: int,
    source_type: str,
    source_id: int,
    reference: str,
    lines: Sequence[WaitingLine],
    terms: Terms,
    keep_days: int | None,
    now: datetime,
) -> None:
    """Write what waits of a document. Before: `lock_supplies` of them in this transaction.

    What is filled later is reserved for `keep_days`, None for good. Pieces on hand that no receipt brings in time to
    those who wait are reserved at once.
    """
    stock = _rows(
        INSERT_BACK_ORDERS,
        {
            "warehouse": warehouse_id,
            "distributor": distributor_id,
            "source_type": source_type,
            "source": source_id,
            "reference": reference,
            "products": [line.product_id for line in lines],
            "lines": [line.source_line_id for line in lines],
            "quantities": [line.part.pieces for line in lines],
            "wanted": [line.wanted_on for line in lines],
            "ships": [line.part.ship_on for line in lines],
            "promised": [line.part.arrives_on for line in lines],
            "lead_days": terms.lead_days,
            "cut_off": terms.cut_off,
            "calendar": terms.calendar_id,
            "keep_days": keep_days,
            "now": now,
        },
    )
    settle_back_orders(came_in={row[0]: 0 for row in stock}, now=now, quiet_source=(source_type, source_id))


@dataclass(kw_only=True)
class _Settled:
    """What becomes of a back order: how many pieces it gets now, and the days of the rest."""

    row: BackOrder
    left: int
    ship_on: date | None
    promised_on: date | None

    @property
    def taken(self) -> int:
        return int(self.row.quantity) - self.left

    @property
    def is_changed(self) -> bool:
        days = (self.ship_on, self.promised_on)
        return self.taken > 0 or days != (self.row.ship_on, self.row.promised_on)

    def take(self, pieces: int) -> int:
        taken = min(pieces, self.left)
        self.left -= taken
        return taken


def settle_back_orders(*, came_in: Mapping[int, int], now: datetime, quiet_source: tuple[str, int] = ("", 0)) -> None:
    """Give pieces that came in to those who wait for them, and promise the rest anew. `came_in` is by id of the stock.

    Locks the stock. Reserves, writes an event a back order that got pieces or a new day (but of `quiet_source`, which is
    being placed). The number of statements does not depend on how many wait. Before: inside a transaction.
    """
    today = timezone.localdate(now)
    stock = _rows(LOCK_STOCK, {"stock": list(came_in)})
    places = [(row[1], row[2]) for row in stock]
    waiting, receipts = _waiting(places), _receipts(places, today)
    calendars = working_days_of({row.calendar_id for rows in waiting.values() for row in rows}, today)
    settled: list[_Settled] = []
    for stock_id, warehouse, product, on_hand, reserved in stock:
        place = (warehouse, product)
        supply = Supply(on_hand=on_hand, reserved=reserved, receipts=receipts[place])
        settled += _settle(waiting[place], supply, came_in[stock_id], calendars, now)
    changed = [one for one in settled if one.is_changed]
    if changed:
        _write(changed, now, quiet_source)


def _settle(
    rows: Sequence[BackOrder], supply: Supply, came_in: int, calendars: Mapping[int, WorkingDays], now: datetime
) -> list[_Settled]:
    """One product in one warehouse: its goods in turn, then the days in turn, then what no receipt brings in time."""
    settled = [_Settled(row=row, left=row.quantity, ship_on=row.ship_on, promised_on=row.promised_on) for row in rows]
    supply = _give(settled, supply, min(came_in, supply.on_hand - supply.reserved))
    _promise_anew([one for one in settled if one.left], supply, calendars, timezone.localtime(now))
    settled.sort(key=lambda one: (one.ship_on is None, one.ship_on or date.max, one.row.placed_at, one.row.pk))
    waiting = supply.with_commitments(Dated(one.ship_on, one.left) for one in settled if one.left)
    _give(settled, supply, waiting.owed())
    return settled


def _give(settled: Sequence[_Settled], supply: Supply, pieces: int) -> Supply:
    given = 0
    for one in settled:
        given += one.take(pieces - given)
    return replace(supply, reserved=supply.reserved + given)


def _promise_anew(
    settled: Sequence[_Settled], supply: Supply, calendars: Mapping[int, WorkingDays], moment: datetime
) -> None:
    for one in settled:
        row = one.row
        calendar = calendars.get(row.calendar_id, EVERY_DAY) if row.calendar_id else EVERY_DAY
        schedule = Schedule(lead_days=row.lead_days, cut_off=row.cut_off, calendar=calendar)
        found = promise(
            quantity=one.left, supply=supply, schedule=schedule, moment=moment, wanted_on=row.wanted_on
        ).whole
        one.ship_on, one.promised_on = found.ship_on, found.arrives_on
        supply = supply.with_commitments([Dated(one.ship_on, one.left)])


def _write(changed: Sequence[_Settled], now: datetime, quiet_source: tuple[str, int]) -> None:
    quiet = [one.row.pk for one in changed if (one.row.source_type, one.row.source_id) == quiet_source]
    _rows(
        SETTLE,
        {
            "ids": [one.row.pk for one in changed],
            "codes": [one.row.product.code for one in changed],
            "taken": [one.taken for one in changed],
            "ships": [one.ship_on for one in changed],
            "promised": [one.promised_on for one in changed],
            "quiet": quiet,
            "now": now,
        },
    )


def renew_promises(*, now: datetime) -> int:
    """Promise anew whatever waits: what became overdue brings nothing any more. A transaction for every few hundred products.

    Returns how many were looked at.
    """
    awaited = list(
        Stock.objects.filter(waiting__gt=0).order_by("product_id", "warehouse_id").values_list("pk", flat=True)
    )
    for start in range(0, len(awaited), MANY):
        with transaction.atomic():
            settle_back_orders(came_in=dict.fromkeys(awaited[start : start + MANY], 0), now=now)
    return len(awaited)


def _receipts(places: Sequence[Place], today: date) -> dict[Place, list[Dated]]:
    found: dict[Place, list[Dated]] = defaultdict(list)
    for warehouse, product, day, pieces in _rows(READ_RECEIPTS, {**_columns(places), "today": today}):
        found[warehouse, product].append(Dated(day, pieces))
    return found


def _waiting(places: Sequence[Place]) -> dict[Place, list[BackOrder]]:
    """The open back orders by place, in the order in which they are filled."""
    warehouses, products = {place[0] for place in places}, {place[1] for place in places}
    found: dict[Place, list[BackOrder]] = defaultdict(list)
    for row in BackOrder.objects.filter(warehouse__in=warehouses, product__in=products, quantity__gt=0).select_related(
        "product"
    ):
        found[row.warehouse_id, row.product_id].append(row)
    return found


def _columns(places: Sequence[Place]) -> dict[str, list[int]]:
    return {"warehouses": [place[0] for place in places], "products": [place[1] for place in places]}


def _rows(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall()) if cursor.description else []
