"""Who may open what of notifications: everybody their own."""

from tests.access.table import (
    ADMINISTRATOR,
    IDLE,
    MANAGER,
    OWNER,
    ROLELESS,
    SEERS,
    SIGNED_IN,
    STRANGER,
    WITH_ROLE,
    Route,
)
from tests.access.world import World
from tests.factories.messaging import (
    ConversationMessageFactory,
    MessageFileFactory,
    NotificationFactory,
    SendingFactory,
)


def build(world: World) -> None:
    world.things.notification = NotificationFactory.create(recipient=world.people["manager"], distributor=world.mine)
    message = ConversationMessageFactory.create(distributor=world.mine, author=world.people["owner"])
    world.things.message = message
    world.things.message_file = MessageFileFactory.create(message=message)
    world.things.sending = SendingFactory.create(notification=world.things.notification)


def _robot(_world: World) -> dict[str, object]:
    return {"kind": "generic", "url": "https://chat.example/robot"}


def _about(world: World) -> dict[str, object]:
    return {"subject_type": "distributor", "subject_id": world.mine.pk}


def _message(world: World) -> dict[str, object]:
    return {**_about(world), "text": "Hello"}


def _conversation(world: World) -> dict[str, object]:
    return {"name": "distributor", "pk": world.mine.pk}


def _of_message(world: World) -> dict[str, object]:
    return {"pk": world.things.message.pk}


def _file(world: World) -> dict[str, object]:
    return {"pk": world.things.message.pk, "file_id": world.things.message_file.pk}


NO_ROLE = frozenset({ROLELESS})
UNSEEN = frozenset({IDLE, STRANGER})
ROUTES = [
    Route(name="api:messages-list", allowed=SIGNED_IN),
    Route(name="api:messages-list", method="POST", allowed=SEERS, hidden=UNSEEN, ok=201, body=_message),
    Route(name="api:messages-unread", allowed=SIGNED_IN),
    Route(name="api:messages-read", method="POST", allowed=SEERS, hidden=UNSEEN | NO_ROLE, ok=204, body=_about),
    Route(name="api:messages-file", allowed=SEERS, hidden=UNSEEN | NO_ROLE, args=_file),
    Route(name="api:messages-withdraw", method="POST", allowed={OWNER}, hidden=UNSEEN | NO_ROLE, args=_of_message),
    Route(name="messaging:conversations", allowed=WITH_ROLE),
    Route(name="messaging:conversation", allowed=SEERS, hidden=UNSEEN, args=_conversation),
    Route(
        name="messaging:conversation",
        method="POST",
        allowed=SEERS,
        hidden=UNSEEN,
        ok=302,
        args=_conversation,
        body=_message,
    ),
    Route(name="messaging:conversation-read", method="POST", allowed=SEERS, hidden=UNSEEN, ok=302, args=_conversation),
    Route(
        name="messaging:message-withdraw",
        method="POST",
        allowed={OWNER},
        hidden=UNSEEN,
        ok=302,
        args=_of_message,
    ),
    Route(
        name="messaging:message-file",
        allowed=SEERS,
        hidden=UNSEEN,
        args=lambda w: {"pk": w.things.message_file.pk},
    ),
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
