"""Who may print what of an order and of a shipment."""

from tests.access.orders_routes import HANDLERS, PART, WAITING
from tests.access.table import OUTSIDERS, SEERS, SIGNED_IN, Route

PRICES = SEERS - {"warehouse", "keeper"}
ROUTES = [
    Route(name="orders:print", allowed=SEERS, hidden=OUTSIDERS, args=WAITING, query="?kind=order"),
    Route(name="orders:print", allowed=HANDLERS, hidden=OUTSIDERS, args=WAITING, query="?kind=pick_list"),
    Route(name="orders:print-shipment", allowed=SEERS, hidden=OUTSIDERS, args=PART, query="?kind=delivery_note"),
    Route(name="orders:print-shipment", allowed=HANDLERS, hidden=OUTSIDERS, args=PART, query="?kind=label"),
    Route(
        name="orders:print-ticked",
        method="POST",
        allowed=SIGNED_IN,
        ok=(200, 409),  # nothing that the person sees is ticked
        query="?kind=order&size=a4",
        body=lambda world: {"ids": [world.things.waiting.id]},
    ),
    Route(name="api:orders-pdf", allowed=SEERS, hidden=OUTSIDERS, args=WAITING, query="?kind=order"),
    Route(name="api:orders-pdf", allowed=PRICES, hidden=OUTSIDERS, args=WAITING, query="?kind=order&prices=true"),
    Route(name="api:shipments-pdf", allowed=SEERS, hidden=OUTSIDERS, args=PART, query="?kind=delivery_note"),
    Route(name="api:shipments-pdf", allowed=HANDLERS, hidden=OUTSIDERS, args=PART, query="?kind=label&size=label"),
]
