"""Who may open what of notifications: everybody their own."""

from tests.access.table import MANAGER, SIGNED_IN, Route
from tests.access.world import World
from tests.factories.messaging import NotificationFactory


def build(world: World) -> None:
    world.things.notification = NotificationFactory.create(recipient=world.people["manager"], distributor=world.mine)


ROUTES = [
    Route(name="api:notifications-list", allowed=SIGNED_IN),
    Route(name="api:notifications-read", method="POST", allowed=SIGNED_IN),
    Route(name="api:notifications-acknowledge", method="POST", allowed=SIGNED_IN, body=lambda _w: {"ids": [1]}),
    Route(name="api:notification-preferences-list", allowed=SIGNED_IN),
    Route(
        name="api:notification-preferences-list",
        method="POST",
        allowed=SIGNED_IN,
        body=lambda _w: {"group": "order", "channel": "mail", "is_on": True},
    ),
    Route(name="messaging:notifications", allowed=SIGNED_IN),
    Route(name="messaging:notifications", method="POST", allowed=SIGNED_IN, ok=302),
    Route(
        name="messaging:notification-open",
        method="POST",
        allowed={MANAGER},
        hidden=SIGNED_IN,
        ok=302,
        args=lambda w: {"pk": w.things.notification.pk},
    ),
]
