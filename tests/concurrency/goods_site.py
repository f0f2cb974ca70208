"""A company that sells goods by lot to eight distributors, for the crash test of goods: what `crash_site` answers of it.

seed_goods PIECES CLIENTS    make it, with so many pieces of each product, and print what clients need
goods                        what was shipped and received, where every piece is, and what is still on its way out of the outbox
"""

from collections import Counter
from datetime import timedelta
from typing import Any

DISTRIBUTORS, PRODUCTS, BY_LOT = 8, 6, 4
LOTS = {"L1": 60, "L2": 120, "L3": 180}
"""The days until they expire."""


def seed_goods(pieces: int, clients: int) -> dict[str, Any]:
    from django.utils import timezone

    from inventory.models import Lot
    from inventory.services.lots import GivenLot
    from inventory.services.stock_moves import receive_stock
    from inventory.services.tracking import set_tracking
    from tests.factories.accounts import AdministratorFactory, OwnerFactory
    from tests.factories.returns import returns_warehouse
    from tests.orders.people import stage

    people, now, boss = stage(products=PRODUCTS, on_hand=0), timezone.now(), AdministratorFactory.create()
    products = people.shop.products
    for product in products[:BY_LOT]:
        set_tracking(product_id=product.pk, tracks_lots=True, tracks_serials=False, actor=boss, now=now)
    today = timezone.localdate(now)
    for code, days in LOTS.items():
        lot = GivenLot(code=code, expires_on=today + timedelta(days=days))
        receive_stock(
            warehouse_id=people.shop.warehouse.pk, product_ids=[product.pk for product in products],
            quantities=[pieces // len(LOTS)] * PRODUCTS, reference="GR", actor=None,
            lots=[lot if place < BY_LOT else None for place in range(PRODUCTS)],
        )  # fmt: skip
    buyers = [_buyer(people, number) for number in range(DISTRIBUTORS)]
    owners = [OwnerFactory.create(distributor=buyers[number % DISTRIBUTORS]) for number in range(clients)]
    return {
        "warehouse": people.shop.warehouse.code,
        "returns": returns_warehouse().code,
        "products": [product.code for product in products],
        "lots": list(Lot.objects.filter(code__in=LOTS).order_by("pk").values_list("pk", flat=True)),
        "owners": [_token(owner) for owner in owners],
        "managers": [_token(people.manager) for _client in range(clients)],
        "keepers": [_token(people.warehouse) for _client in range(clients)],
        "boss": _token(boss),
    }


def _token(user: Any) -> str:
    from tests.factories.accounts import ApiTokenFactory

    secret: str = ApiTokenFactory.create(user=user).secret
    return secret


def _buyer(people: Any, number: int) -> Any:
    """A distributor whose stock is kept here; it buys the same products from the same warehouse."""
    from accounts.models import Duty
    from tests.factories.accounts import DistributorFactory, ResponsibilityFactory
    from tests.factories.inventory import BuyingRightFactory, DistributorWarehouseFactory, SupplyRouteFactory
    from tests.factories.planning import PriceFactory, PriceListFactory

    shop = people.shop
    distributor = shop.distributor if number == 0 else DistributorFactory.create(currency=shop.distributor.currency)
    DistributorWarehouseFactory.create(distributor=distributor)
    if number:
        BuyingRightFactory.create(distributor=distributor, brand=shop.brand)
        SupplyRouteFactory.create(distributor=distributor, warehouse=shop.warehouse, lead_days=7)
        ResponsibilityFactory.create(
            distributor=distributor, duty=Duty.objects.earliest("position"), user=people.manager
        )
        prices = PriceListFactory.create(currency=distributor.currency, distributor=distributor)
        for product in shop.products:
            PriceFactory.create(price_list=prices, product=product)
    return distributor


def goods() -> dict[str, Any]:
    from django.db.models import F, Sum

    from core.models import Delivery, OutboxMessage
    from inventory.enums import MoveKind
    from inventory.models import StockMove
    from orders.models import DeliveryClaim, Order, Shipment, ShipmentLine, ShipmentLot
    from tests.orders.places import pieces_by_place, totals

    moves = StockMove.objects.filter(warehouse__distributor__isnull=True)
    came_in = moves.filter(kind__in=[MoveKind.OPENING, MoveKind.RECEIPT, MoveKind.COUNT], warehouse__kind="sale")
    everywhere: Counter[int] = Counter()
    places = pieces_by_place()
    for found in places.values():
        everywhere.update(found)
    lines = ShipmentLine.objects.filter(order_line__product__tracks_lots=True)
    received = ShipmentLine.objects.filter(received__isnull=False).values_list("shipment__number")
    differed = received.annotate(Sum("missing"), Sum("damaged"))
    return {
        "orders": list(Order.objects.values_list("number", flat=True)),
        "shipments": list(Shipment.objects.values_list("number", flat=True)),
        "received": {number: [missing, damaged] for number, missing, damaged in differed},
        "statuses": Counter(Order.objects.values_list("status", flat=True)),
        "claims": Counter(DeliveryClaim.objects.values_list("status", flat=True)),
        "unaccounted": {
            product: [pieces, everywhere[product]]
            for product, pieces in totals(came_in, "product", F("quantity")).items()
            if pieces != everywhere[product]
        },
        "places": {place: sum(found.values()) for place, found in places.items()},
        "without_lot": sum(lines.values_list("quantity", flat=True)) - sum(ShipmentLot.objects.values_list("pieces", flat=True)),
        "waiting": OutboxMessage.objects.filter(feed_position=None).count()
        + Delivery.objects.exclude(status="delivered").count(),
        "counts": sum(moves.filter(kind=MoveKind.COUNT).values_list("quantity", flat=True)),
        "counted": moves.filter(kind=MoveKind.COUNT).count(),
    }  # fmt: skip
