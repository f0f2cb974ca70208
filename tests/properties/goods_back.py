"""Goods that come back, and counts: what `goods` begins, to its end; with the list of all steps."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from django.db import connection, transaction

from core.errors import DomainError
from inventory.models import Stock
from orders.models import Order, OrderLine, Return, ReturnLine, ShipmentLot
from orders.returns.enums import Condition, Disposition, ReturnReason
from orders.returns.selectors.returnable import with_returnable
from orders.returns.services.deciding import authorise_return
from orders.returns.services.inspecting import InspectedPieces, inspect_return
from orders.returns.services.moving import receive_return, send_return
from orders.returns.services.requesting import AskedGoods, request_return
from stocktaking.services.approving import approve_count
from stocktaking.services.counting import Counted, record_counts
from stocktaking.services.counts import open_count, submit_count
from tests.orders.clock import NOW
from tests.properties.goods import NothingToDo, Outward, one_of
from tests.properties.goods_in_waves import Waves

Step = tuple[str, int]
NEXT_OF_ORDER = {
    "submitted": "approve", "approved": "ship", "picking": "ship", "partly_shipped": "ship", "shipped": "come",
    "delivered": "come",
}  # fmt: skip
NEXT_OF_RETURN = {"requested": "authorise", "authorised": "send", "sent": "take_back", "received": "inspect"}


class World(Waves, Outward):
    """It begins with an order that is received and one on its way."""

    def __init__(self) -> None:
        super().__init__()
        for name, number in (("place", 2), *[("forward", 0)] * 3, ("place", 3), *[("forward", 0)] * 2):
            self.steps[name](number)

    @property
    def steps(self) -> Mapping[str, Callable[[int], Any]]:
        return {
            "goods": self.receive, "place": self.place,
            "place_below": self.place_below, "place_for_outlet": self.place_for_outlet,
            "approve": self.approve, "bind": self.bind, "ship": self.ship,
            "ship_partly": self.ship_partly, "choose": self.choose, "deliver": self.deliver, "come": self.come,
            "by_itself": self.by_itself, "decide": self.decide, "surplus": self.surplus, "dispose": self.dispose,
            "cancel": self.cancel, "cancel_rest": self.cancel_rest, "freeze": self.freeze, "recall": self.recall,
            "release": self.release, "block": self.block, "unblock": self.unblock, "count": self.count, "ask": self.ask,
            "authorise": self.authorise, "send": self.send, "take_back": self.take_back, "inspect": self.inspect,
            "forward": self.forward, "back": self.back, **self.wave_steps,
        }  # fmt: skip

    def do(self, step: Step) -> str:
        """Which step was done, if any: where there is nothing for it, what comes next of a return or an order."""
        chosen, number = step
        for name in (chosen, "back", "forward", "place"):
            with suppress(NothingToDo):
                return name if self._try(name, number) else ""
        return ""

    def _try(self, name: str, number: int) -> bool:
        """A refusal changes nothing."""
        try:
            with transaction.atomic():
                self.steps[name](number)
                with connection.cursor() as cursor:  # what the database looks at when a transaction ends
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        except NothingToDo:
            raise
        except DomainError:
            return False
        return True

    def forward(self, number: int) -> None:
        """The next step of an order, whichever it is: so that sequences get to their end."""
        order = one_of(self.orders(*NEXT_OF_ORDER), number)
        self.steps[NEXT_OF_ORDER[order.status]](number)

    def back(self, number: int) -> None:
        document = one_of(Return.objects.filter(status__in=NEXT_OF_RETURN).order_by("pk"), number)
        self.steps[NEXT_OF_RETURN[document.status]](number)

    def called_off(self, order: Order) -> None:
        self.leave_waves(order)
        super().called_off(order)

    def count(self, number: int) -> None:
        """A count that finds up to two pieces less or more of a product."""
        warehouse, product, more = self.shop.warehouse.pk, self.products[number % 2], number % 5 - 2
        found = Stock.objects.get(warehouse=warehouse, product=product).on_hand + more
        if found < 0:
            raise NothingToDo
        who = {"actor": self.people.warehouse, "now": NOW}
        count = open_count(warehouse_id=warehouse, scope="products", product_ids=[product], **who)
        record_counts(count_id=count.pk, rows=[Counted(product_id=product, pieces=found)], **who)
        submit_count(count_id=count.pk, **who)
        approve_count(count_id=count.pk, actor=self.boss, now=NOW, reason="unknown", from_orders=True)
        self.came_in[product] += more

    def ask(self, number: int) -> None:
        lines = with_returnable(OrderLine.objects.filter(received__gt=0)).filter(returnable__gt=0).order_by("pk")
        line: Any = one_of(lines, number)
        reason = (ReturnReason.RECALL, ReturnReason.UNSOLD)[number % 2]
        goods = [AskedGoods(order_line_id=line.pk, pieces=1 + number % line.returnable, reason=reason)]
        request_return(distributor_id=self.shop.distributor.pk, goods=goods, actor=self.people.buyer, now=NOW)

    def _return(self, number: int, status: str) -> Return:
        document: Return = one_of(Return.objects.filter(status=status).order_by("pk"), number)
        return document

    def authorise(self, number: int) -> None:
        authorise_return(
            return_id=self._return(number, "requested").pk, actor=self.people.manager, now=NOW, note="As agreed"
        )

    def send(self, number: int) -> None:
        send_return(return_id=self._return(number, "authorised").pk, actor=self.people.buyer, now=NOW)

    def take_back(self, number: int) -> None:
        """All that was sent, or a piece less."""
        document = one_of(Return.objects.filter(status__in=["authorised", "sent"]).order_by("pk"), number)
        came = {line.pk: line.pieces - min(number % 3 // 2, line.pieces - 1) for line in document.lines.all()}
        receive_return(
            return_id=document.pk, warehouse_id=self.returns.pk, pieces=came, actor=self.people.warehouse, now=NOW
        )

    def inspect(self, number: int) -> None:
        """One piece of each line goes one way, the rest another."""
        document = self._return(number, "received")
        ways = list(Disposition)
        goods = []
        for line in document.lines.filter(arrived__gt=0):
            sent = ShipmentLot.objects.filter(shipment_line__order_line=line.order_line_id).select_related("lot")
            lot = one_of(sent, number).lot.code if sent and number % 3 else ""
            first = min(1 + number % 2, line.arrived)
            goods += [
                self._inspected(line, first, ways[number % 4], lot),
                self._inspected(line, line.arrived - first, ways[number // 4 % 4], lot),
            ]
        goods = [part for part in goods if part.pieces]
        inspect_return(return_id=document.pk, goods=goods, actor=self.boss, now=NOW)

    def _inspected(self, line: ReturnLine, pieces: int, way: Disposition, lot: str) -> InspectedPieces:
        place = self.shop.warehouse.pk if way == Disposition.RESTOCKED else None
        return InspectedPieces(
            line_id=line.pk, pieces=pieces, disposition=way, is_accepted=way != Disposition.SENT_BACK,
            condition=Condition.UNOPENED, warehouse_id=place, lot_number=lot,
        )  # fmt: skip
