"""Who may open what of webhooks: administrators alone."""

from collections.abc import Mapping

from tests.access.table import ADMINISTRATOR, SIGNED_IN, Route
from tests.access.world import World
from tests.factories.integration import WebhookDeliveryFactory

ONLY = frozenset({ADMINISTRATOR})
OTHERS = SIGNED_IN - ONLY


def build(world: World) -> None:
    world.things.webhook_delivery = WebhookDeliveryFactory.create()
    world.things.webhook = world.things.webhook_delivery.endpoint


def _args(world: World) -> Mapping[str, object]:
    return {"pk": world.things.webhook.pk}


def _sent(_world: World) -> dict[str, object]:
    return {"name": "New", "url": "https://erp.example/", "kinds": ["order.submitted"], "is_active": True}


def _ids(world: World) -> dict[str, object]:
    return {"ids": [world.things.webhook_delivery.pk]}


ROUTES = [
    Route(name="api:webhooks-list", allowed=SIGNED_IN),
    Route(name="api:webhooks-list", method="POST", allowed=ONLY, ok=201, body=_sent),
    Route(name="api:webhooks-detail", allowed=ONLY, hidden=OTHERS, args=_args),
    Route(name="api:webhooks-detail", method="PUT", allowed=ONLY, hidden=OTHERS, args=_args, body=_sent),
    Route(name="api:webhooks-rotate-secret", method="POST", allowed=ONLY, hidden=OTHERS, args=_args),
    Route(name="api:webhook-deliveries-list", allowed=SIGNED_IN),
    Route(name="api:webhook-deliveries-replay", method="POST", allowed=ONLY, body=_ids),
    Route(name="webhooks:list", allowed=ONLY),
    Route(name="webhooks:new", allowed=ONLY),
    Route(name="webhooks:new", method="POST", allowed=ONLY, ok=302, body=_sent),
    Route(name="webhooks:deliveries", allowed=ONLY),
    Route(name="webhooks:replay", method="POST", allowed=ONLY, ok=302, body=_ids),
    Route(name="webhooks:detail", allowed=ONLY, args=_args),
    Route(name="webhooks:change", allowed=ONLY, args=_args),
    Route(name="webhooks:change", method="POST", allowed=ONLY, ok=302, args=_args, body=_sent),
    Route(name="webhooks:rotate", method="POST", allowed=ONLY, ok=302, args=_args),
]
