"""One request as a row of the access table describes it."""

import json
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.access.table import Route
from tests.access.urls import STATUS_ONLY
from tests.access.world import World

SAFE = {"GET", "HEAD"}


def signed_in(actor: str, sessions: dict[str, str]) -> Client:
    """Everybody reads Chinese here: what a page says is read by the same request that shows whom it answers."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    if actor in sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[actor]
    return client


def ask(client: Client, row: Route, world: World, *, refusal_in_full: bool = True) -> Any:
    """`refusal_in_full=False` leaves out the page around a refusal where nobody reads it: see `tests.access.urls`."""
    address = reverse(row.name, kwargs=dict(row.args(world))) + row.query
    body = dict(row.body(world))
    headers = {**row.headers(world), **({"HX-Request": "true"} if row.htmx else {})}
    extra = {} if refusal_in_full or row.is_api else {STATUS_ONLY: True}
    if row.method in SAFE:
        return client.generic(row.method, address, headers=headers, **extra)
    if row.is_api:
        return client.generic(row.method, address, json.dumps(body, default=str), "application/json", headers=headers)
    return client.post(address, body, headers=headers, **extra)
