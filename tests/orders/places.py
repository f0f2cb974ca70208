"""Where every piece of goods is, by the books: read from the tables of whoever has it, none of which knows the others."""

from collections import Counter
from typing import Any

from django.db.models import F, Q, Sum

from inventory.enums import MoveKind
from inventory.models import LotMove, LotStock, Stock, StockMove, Warehouse
from orders.models import ClaimDecision, DeliveryClaimLine, InspectedGoods, ReturnLine, ShipmentLine, ShipmentLot
from orders.returns.enums import Disposition


def totals(rows: Any, key: str, value: Any) -> Counter[Any]:
    return Counter(dict(rows.order_by().values_list(key).annotate(total=Sum(value))))


def pieces_by_place() -> dict[str, Counter[int]]:
    """Pieces by product: no piece is in two of these places. For distributors whose stock is kept here."""
    at_buyer = Stock.objects.filter(warehouse__distributor__isnull=False)
    ours = Stock.objects.filter(warehouse__distributor__isnull=True)
    way = ShipmentLine.objects.filter(received__isnull=True)
    claimed = DeliveryClaimLine.objects.filter(kind="missing")
    decided = ClaimDecision.objects.filter(line__kind="missing")
    back = ReturnLine.objects.filter(sent__gt=F("arrived"))
    return {
        "free": totals(ours, "product", F("on_hand") - F("blocked")),
        "blocked": totals(ours, "product", F("blocked")),
        "on the way": totals(way, "order_line__product", F("quantity")),
        "buyer": totals(at_buyer, "product", F("on_hand")),
        "outlet": _at_outlets(),
        "undecided": totals(claimed, "product", F("pieces") - F("credited") - F("reshipped") - F("refused")),
        "lost": totals(decided.filter(cause="carrier"), "line__product", F("pieces") - F("called_off")),
        "refused": totals(decided.filter(outcome="refuse"), "line__product", F("pieces")),
        "scrapped": totals(StockMove.objects.filter(kind=MoveKind.SCRAP), "product", -F("quantity")),
        "on the way back": totals(back, "order_line__product", F("sent") - F("arrived")),
    }


def _at_outlets() -> Counter[int]:
    """No books are kept of an outlet: what came there, less what was given back."""
    came = ShipmentLine.objects.filter(received__isnull=False, shipment__order__consignee_outlet__isnull=False)
    of_outlet = {"order_line__order__consignee_outlet__isnull": False}
    returned = ReturnLine.objects.filter(**of_outlet)
    again = InspectedGoods.objects.filter(
        disposition=Disposition.SENT_BACK, line__order_line__order__consignee_outlet__isnull=False
    )
    accepted = ClaimDecision.objects.filter(outcome="accept", line__claim__order__consignee_outlet__isnull=False)
    found = totals(came, "order_line__product", F("received") + F("damaged"))
    found.update(totals(again, "line__order_line__product", F("pieces")))
    found.update(totals(accepted, "line__product", F("pieces")))
    found.subtract(totals(returned, "order_line__product", F("sent")))
    return found


def lots_by_place(warehouse: Warehouse) -> dict[str, Counter[str]]:
    """Pieces by lot that came into a warehouse of the company, up to the day when they left: what a recall stands on."""
    moves = LotMove.objects.filter(warehouse=warehouse)
    by_hand = Q(move__kind__in=[MoveKind.COUNT, MoveKind.DIFFERENCE, MoveKind.SCRAP])
    restocked = InspectedGoods.objects.filter(disposition=Disposition.RESTOCKED, warehouse=warehouse)
    return {
        "here": totals(LotStock.objects.filter(warehouse=warehouse), "lot__code", F("on_hand")),
        "shipped": totals(
            ShipmentLot.objects.filter(shipment_line__shipment__warehouse=warehouse), "lot__code", F("pieces")
        ),
        "counted away": totals(moves.filter(by_hand), "lot__code", -F("quantity")),
        "restocked": totals(restocked.exclude(lot_number=""), "lot_number", -F("pieces")),
    }
