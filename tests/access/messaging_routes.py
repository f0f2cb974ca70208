"""Who may open what of notifications: everybody their own."""

from tests.access.table import ADMINISTRATOR, MANAGER, SIGNED_IN, Route
from tests.access.world import World
from tests.factories.messaging import NotificationFactory, SendingFactory


def build(world: World) -> None:
    world.things.notification = NotificationFactory.create(recipient=world.people["manager"], distributor=world.mine)
    world.things.sending = SendingFactory.create(notification=world.things.notification)


def _robot(_world: World) -> dict[str, object]:
    return {"kind": "generic", "url": "https://chat.example/robot"}


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
    Route(name="api:notification-deliveries-list", allowed=SIGNED_IN),
    Route(
        name="api:notification-deliveries-replay",
        method="POST",
        allowed={ADMINISTRATOR},
        body=lambda w: {"ids": [w.things.sending.pk]},
    ),
    Route(name="api:chat-webhook-list", allowed=SIGNED_IN),
    Route(name="api:chat-webhook-list", method="POST", allowed=SIGNED_IN, body=_robot),
    Route(name="api:chat-webhook-remove", method="POST", allowed=SIGNED_IN, ok=204),
    Route(name="messaging:settings", allowed=SIGNED_IN),
    Route(name="messaging:settings", method="POST", allowed=SIGNED_IN, ok=302, body=lambda _w: {"order": "mail"}),
    Route(name="messaging:sendings", allowed=SIGNED_IN),
    Route(name="messaging:chat", allowed=SIGNED_IN),
    Route(name="messaging:chat", method="POST", allowed=SIGNED_IN, ok=302, body=_robot),
    Route(name="messaging:chat-test", method="POST", allowed=SIGNED_IN, ok=302),
    Route(name="messaging:chat-remove", method="POST", allowed=SIGNED_IN, ok=302),
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
