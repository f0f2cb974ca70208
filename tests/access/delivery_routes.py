"""Who may open the report of deliveries: everybody, of the orders that they see."""

from tests.access.table import SIGNED_IN, Route

ROUTES = [
    Route(name="orders:delivery-report", allowed=SIGNED_IN),
    Route(name="api:delivery-performance-list", allowed=SIGNED_IN),
    Route(name="api:delivery-performance-summary", allowed=SIGNED_IN),
]
