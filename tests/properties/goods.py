"""A warehouse, a distributor and their people, and what they do with goods of two products, one of them by lot.

Each step takes a number, by which it chooses what it works on and how much. Goods that come back, counts and the list of all
steps are in `goods_back`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from company.models import Company
from core.errors import DomainError
from inventory.models import Lot, Stock, StockBlock
from inventory.services.blocks import block_stock, unblock_stock
from inventory.services.lot_freezing import freeze_lot, release_lot
from inventory.services.lots import GivenLot
from inventory.services.stock_moves import receive_stock
from inventory.services.tracking import set_tracking
from orders.fulfilment.claims.enums import ClaimCause, ClaimOutcome
from orders.fulfilment.claims.services.called_off import decide_again
from orders.fulfilment.claims.services.deciding import Decision, decide_claim
from orders.fulfilment.claims.services.surplus import dispose_damaged, settle_surplus
from orders.fulfilment.services.cancelling import cancel_rest
from orders.fulfilment.services.delivering import deliver_shipment
from orders.fulfilment.services.lots import choose_lots
from orders.fulfilment.services.recalling import recall_lot
from orders.fulfilment.services.receiving import ReceivedLine, UnorderedGoods, receive_shipment
from orders.fulfilment.services.receiving_by_itself import receive_by_itself
from orders.fulfilment.services.shipping import ship_order, start_picking
from orders.models import (
    ClaimDecision,
    DeliveryClaim,
    DeliveryClaimLine,
    Order,
    OrderLine,
    Shipment,
    ShipmentLine,
)
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order
from orders.ordering.services.placing import place_order
from tests.factories.accounts import AdministratorFactory, DistributorFactory, KeeperFactory
from tests.factories.inventory import DistributorWarehouseFactory
from tests.factories.outlets import OutletFactory, OutletLinkFactory
from tests.factories.returns import returns_warehouse
from tests.orders.clock import NOW
from tests.orders.people import stage

LOTS = {"L1": 30, "L2": 90, "L3": 180}
"""The lots of the first product, with the days until they expire."""
OUTCOMES = (
    (ClaimOutcome.RESHIP, ClaimCause.CARRIER),
    (ClaimOutcome.RESHIP, ClaimCause.MISPICK),
    (ClaimOutcome.CREDIT, ClaimCause.CARRIER),
    (ClaimOutcome.CREDIT, ClaimCause.MISPICK),
    (ClaimOutcome.REFUSE, ClaimCause.REFUSED),
)


class NothingToDo(DomainError):
    """There is nothing for this step to work on."""


def one_of(rows: Sequence[Any], number: int) -> Any:
    if not rows:
        raise NothingToDo
    return rows[number % len(rows)]


class Outward:
    """`came_in` is what the warehouse was ever given, by product and by lot: written down here, read nowhere."""

    def __init__(self) -> None:
        self.people = stage(products=2, on_hand=0)
        self.shop = self.people.shop
        self.boss: Any = AdministratorFactory.create()
        self.theirs = DistributorWarehouseFactory.create(distributor=self.shop.distributor)
        self.below, self.outlet = DistributorFactory.create(parent=self.shop.distributor), OutletFactory.create()
        self.below_keeper = KeeperFactory.create(distributor=self.below)
        DistributorWarehouseFactory.create(distributor=self.below)
        OutletLinkFactory.create(outlet=self.outlet, distributor=self.shop.distributor)
        self.returns = returns_warehouse()
        self.products = [product.pk for product in self.shop.products]
        set_tracking(product_id=self.products[0], tracks_lots=True, tracks_serials=False, actor=self.boss, now=NOW)
        Company.objects.update(receipt_days=3)
        self.came_in: Counter[int] = Counter()
        self.lots_came_in: Counter[str] = Counter()
        self.beyond_books: Counter[int] = Counter()
        """Pieces that a buyer has and the warehouse's books could not give up: the next count misses them."""
        self.receive(0)
        self.receive(1)

    def orders(self, *states: str) -> list[Order]:
        return list(Order.objects.filter(status__in=states).order_by("pk"))

    def receive(self, number: int) -> None:
        code = list(LOTS)[number % len(LOTS)]
        lot = GivenLot(code=code, expires_on=timezone.localdate(NOW) + timedelta(days=LOTS[code]))
        pieces = 4 + number % 6
        receive_stock(
            warehouse_id=self.shop.warehouse.pk, product_ids=self.products, quantities=[pieces, pieces],
            reference="GR", actor=None, lots=[lot, None], at=NOW,
        )  # fmt: skip
        self.came_in.update(dict.fromkeys(self.products, pieces))
        self.lots_came_in[code] += pieces

    def place(self, number: int, **consignee: int) -> None:
        lines = [line._replace(when_short="part") for line in self.shop.wishes(1 + number % 5)]
        place_order(distributor_id=self.shop.distributor.pk, actor=self.people.buyer, lines=lines, now=NOW, **consignee)

    def place_below(self, number: int) -> None:
        """A drop shipment to the sub-distributor."""
        self.place(number, consignee_distributor_id=self.below.pk)

    def place_for_outlet(self, number: int) -> None:
        self.place(number, consignee_outlet_id=self.outlet.pk)

    def approve(self, number: int) -> None:
        order = one_of(self.orders("submitted"), number)
        approve_order(order_id=order.pk, actor=self.people.manager, now=NOW)

    def bind(self, number: int) -> None:
        start_picking(order_id=one_of(self.orders("approved"), number).pk, actor=self.people.warehouse, now=NOW)

    def ship(self, number: int) -> None:
        order = one_of(self.orders("approved", "picking", "partly_shipped"), number)
        ship_order(order_id=order.pk, actor=self.people.warehouse, now=NOW)

    def ship_partly(self, number: int) -> None:
        order = one_of(self.orders("approved", "picking", "partly_shipped"), number)
        lines = [line for line in OrderLine.objects.filter(order=order).order_by("pk") if line.outstanding > 0]
        line = one_of(lines, number)
        some = {line.pk: 1 + number % line.outstanding}
        ship_order(order_id=order.pk, actor=self.people.warehouse, now=NOW, quantities=some)

    def choose(self, number: int) -> None:
        choose_lots(
            order_id=one_of(self.orders("approved", "picking", "partly_shipped"), number).pk,
            actor=self.people.warehouse, now=NOW,
        )  # fmt: skip

    def deliver(self, number: int) -> None:
        shipment = one_of(Shipment.objects.filter(status="shipped").order_by("pk"), number)
        deliver_shipment(shipment_id=shipment.pk, actor=self.people.warehouse, now=NOW)

    def come(self, number: int) -> None:
        """A receipt: whole, with a missing, a damaged, or one of each, or with goods that nobody ordered."""
        shipment = one_of(Shipment.objects.exclude(status="received").order_by("pk"), number)
        counted = {}
        for line in ShipmentLine.objects.filter(shipment=shipment).order_by("pk"):
            missing = min(number // 2 % 2, line.quantity)
            damaged = min(number // 4 % 2 + number // 8 % 2, line.quantity - missing)
            counted[line.pk] = ReceivedLine(
                quantity=line.quantity - missing - damaged, damaged=damaged, kind="short" if missing else ""
            )
        product = self.products[number % 2]
        counts_itself = shipment.order.consignee_distributor_id is not None and number % 5 > 0
        receive_shipment(
            shipment_id=shipment.pk, actor=self.below_keeper if counts_itself else self.people.keeper, now=NOW, lines=counted,
            unordered=[UnorderedGoods(product_id=product, quantity=1 + number % 3)] if number % 3 == 2 else [],
        )  # fmt: skip

    def by_itself(self, number: int) -> None:
        if not Shipment.objects.filter(status="delivered").exists():
            self.deliver(number)
        assert receive_by_itself(now=NOW + timedelta(days=3)) > 0

    def _open_lines(self, number: int, *, of_seller: bool) -> list[DeliveryClaimLine]:
        claim = one_of(DeliveryClaim.objects.filter(status="open").order_by("pk"), number)
        lines = [line for line in claim.lines.order_by("pk") if line.open_pieces and line.is_unordered != of_seller]
        return lines or one_of([], number)

    def decide(self, number: int) -> None:
        outcome, cause = OUTCOMES[number % len(OUTCOMES)]
        lines = self._open_lines(number, of_seller=True)
        decisions = [
            Decision(line_id=line.pk, outcome=outcome, cause=cause, reason="Seen", pieces=1 if number % 2 else None)
            for line in lines
        ]
        decide_claim(claim_id=lines[0].claim_id, decisions=decisions, actor=self.boss, now=NOW)

    def surplus(self, number: int) -> None:
        lines = self._open_lines(number, of_seller=False)
        outcome = (ClaimOutcome.ACCEPT, ClaimOutcome.SEND_BACK)[number % 2]
        accepted = {line.product_id: line.open_pieces for line in lines if outcome == ClaimOutcome.ACCEPT}
        before = self.ours()
        decisions = [Decision(line_id=line.pk, outcome=outcome) for line in lines]
        settle_surplus(claim_id=lines[0].claim_id, decisions=decisions, actor=self.people.keeper, now=NOW)
        self._beyond(accepted, before)

    def dispose(self, number: int) -> None:
        damaged = DeliveryClaim.objects.filter(lines__block__status="blocked").distinct()
        claim = one_of(damaged.order_by("pk"), number)
        dispose_damaged(claim_id=claim.pk, actor=self.people.keeper, now=NOW)

    def cancel(self, number: int) -> None:
        order = one_of(self.orders("submitted", "approved", "picking"), number)
        cancel_order(order_id=order.pk, actor=self.people.manager, now=NOW, reason="Called off")
        self.called_off(order)

    def cancel_rest(self, number: int) -> None:
        order = one_of(self.orders("partly_shipped"), number)
        cancel_rest(order_id=order.pk, actor=self.people.manager, now=NOW, reason="Not made any more")
        self.called_off(order)

    def called_off(self, order: Order) -> None:
        """What the outbox does next: pieces of a re-shipment are on their claim again."""
        found, before = self._found_again(), self.ours()
        decide_again(order_id=order.pk, now=NOW)
        after = self._found_again()
        self._beyond({product: pieces - after[product] for product, pieces in found.items()}, before)

    def _found_again(self) -> Counter[int]:
        rows = ClaimDecision.objects.filter(cause=ClaimCause.MISPICK).order_by().values_list("line__product")
        totals = rows.annotate(sent=Sum("pieces"), off=Sum("called_off"))
        return Counter({product: sent - off for product, sent, off in totals})

    def _beyond(self, wanted: Mapping[int, int], before: Counter[int]) -> None:
        """Of what was to leave the books, what they did not have or had blocked stays in them."""
        after = self.ours()
        for product, pieces in wanted.items():
            kept = pieces - (before[product] - after[product])
            blocked = Stock.objects.get(warehouse=self.shop.warehouse, product=product).blocked
            assert kept == max(pieces - (before[product] - blocked), 0)
            self.beyond_books[product] += kept

    def ours(self) -> Counter[int]:
        rows = Stock.objects.filter(warehouse=self.shop.warehouse)
        return Counter(dict(rows.values_list("product", "on_hand")))

    def _lot(self, number: int, *states: str) -> Lot:
        lot: Lot = one_of(Lot.objects.filter(code__in=LOTS, status__in=states).order_by("code"), number)
        return lot

    def freeze(self, number: int) -> None:
        freeze_lot(lot_id=self._lot(number, "free").pk, reason="Laboratory", actor=self.boss, now=NOW)

    def recall(self, number: int) -> None:
        recall_lot(lot_id=self._lot(number, "free", "frozen").pk, reason="Glass", actor=self.boss, now=NOW)

    def release(self, number: int) -> None:
        release_lot(lot_id=self._lot(number, "frozen", "recalled").pk, actor=self.boss, now=NOW)

    def block(self, number: int) -> None:
        lot = None if number % 2 else self._lot(number, "free", "frozen", "recalled").pk
        block_stock(
            warehouse_id=self.shop.warehouse.pk, product_id=self.products[number % 2], pieces=1 + number % 3, lot_id=lot,
            reason="quality", note="", actor=self.boss, now=NOW, from_orders=number % 4 > 1,
        )  # fmt: skip

    def unblock(self, number: int) -> None:
        blocks = StockBlock.objects.filter(warehouse__distributor__isnull=True, status="blocked").order_by("pk")
        unblock_stock(block_id=one_of(blocks, number).pk, actor=self.boss, now=NOW)
