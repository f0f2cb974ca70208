"""Webhooks for systems, against a real server. Where this breaks, an ERP misses an order or takes a forged one."""

import base64
import hashlib
import hmac
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.enums import TokenScope
from core.errors import InvalidInput, NotAllowed
from core.events import record_event
from core.models import StoredReply
from core.outbox import MOST_ATTEMPTS, relay
from core.registry import registry
from integration.models import WebhookDelivery, WebhookEndpoint
from integration.webhooks.sending import PREFIX, collect_events
from integration.webhooks.services import OVERLAP, change_webhook, create_webhook, replay_deliveries, rotate_secret
from messaging.enums import SendingState
from tests.factories.accounts import AdministratorFactory, ApiTokenFactory, DirectorFactory, DistributorFactory
from tests.hook_server import Call, hook_server
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db


def subscribed(url: str, *kinds: str) -> WebhookEndpoint:
    return create_webhook(
        name=f"ERP {WebhookEndpoint.objects.count()}",
        url=url,
        kinds=kinds or ["order.submitted"],
        actor=AdministratorFactory.create(),
        now=timezone.now(),
    )


def happens(kind: str = "order.submitted", **data: Any) -> Any:
    shop = DistributorFactory.create()
    return record_event(
        kind=kind,
        subject_type="order",
        subject_id=7,
        distributor_id=shop.pk,
        actor_id=None,
        data={"number": "SO1", **data},
    )


def deliver(*, day: int = 1) -> None:
    for _ in range(2):
        relay(now=timezone.now() + timedelta(days=day))
        with transaction.atomic():
            collect_events(now=timezone.now())
        relay(now=timezone.now() + timedelta(days=day))


def states() -> list[str]:
    return [row.state for row in WebhookDelivery.objects.with_state().order_by("pk")]


def is_signed_by(call: Call, secret: str) -> bool:
    """As a receiver checks it by the text of Standard Webhooks."""
    signed = f"{call.headers['webhook-id']}.{call.headers['webhook-timestamp']}.".encode() + call.content
    key = base64.b64decode(secret.removeprefix(PREFIX))
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return expected in call.headers["webhook-signature"].split(" ")


def test_a_system_gets_what_it_subscribed_to_signed_and_once() -> None:
    happens()
    deliver()
    with hook_server() as server:
        endpoint = subscribed(server.url)
        event = happens()
        happens("order.approved")
        deliver()
        deliver()
    (call,) = server.calls
    assert (call.body["id"], call.body["kind"], call.body["data"]["number"]) == (event.pk, "order.submitted", "SO1")
    assert call.headers["webhook-id"] == f"event-{event.pk}"
    assert is_signed_by(call, endpoint.secret)
    assert not is_signed_by(Call(path="", headers=call.headers, content=call.content + b" "), endpoint.secret)
    assert abs(int(call.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert states() == [SendingState.SENT]


def test_what_is_not_taken_is_retried_logged_and_replayed() -> None:
    with hook_server() as server:
        subscribed(server.url)
        server.answer = lambda _call: (503, b"", {})
        happens()
        deliver()
        assert states() == [SendingState.RETRYING]
        for day in range(2, MOST_ATTEMPTS + 3):
            relay(now=timezone.now() + timedelta(days=day))
        assert states() == [SendingState.FAILED]
        assert WebhookDelivery.objects.with_state().get().last_error == "CallRefused: status 503"
        server.answer = lambda _call: (204, b"", {})
        ids = list(WebhookDelivery.objects.values_list("pk", flat=True))
        with refused(NotAllowed):
            replay_deliveries(delivery_ids=ids, actor=DirectorFactory.create(), now=timezone.now())
        administrator = AdministratorFactory.create()
        assert replay_deliveries(delivery_ids=ids, actor=administrator, now=timezone.now()) == 1
        deliver()
        assert states() == [SendingState.SENT]
        replay_deliveries(delivery_ids=ids, actor=administrator, now=timezone.now())
        deliver()
    assert [call.headers["webhook-id"] for call in server.calls[-2:]] == [server.calls[-1].headers["webhook-id"]] * 2


def test_both_secrets_sign_while_they_overlap_and_only_the_new_one_afterwards() -> None:
    """A system would refuse every event between the rotation here and there."""
    with hook_server() as server:
        endpoint = subscribed(server.url)
        old, now = endpoint.secret, timezone.now()
        new = rotate_secret(endpoint_id=endpoint.pk, actor=AdministratorFactory.create(), now=now).secret
        happens()
        deliver()
        WebhookEndpoint.objects.update(previous_until=now - timedelta(seconds=1))
        happens()
        deliver()
    first, second = server.calls
    assert (is_signed_by(first, old), is_signed_by(first, new)) == (True, True)
    assert (is_signed_by(second, old), is_signed_by(second, new)) == (False, True)
    assert timedelta(hours=1) < OVERLAP


def test_one_that_is_turned_off_gets_nothing_and_later_what_it_missed() -> None:
    with hook_server() as server:
        endpoint = subscribed(server.url)
        options: dict[str, Any] = {
            "endpoint_id": endpoint.pk,
            "name": "ERP",
            "url": server.url,
            "kinds": ["order.submitted"],
            "actor": AdministratorFactory.create(),
            "expected_version": None,
        }
        change_webhook(is_active=False, **options)
        happens()
        deliver()
        assert server.calls == []
        change_webhook(is_active=True, **options)
        deliver()
    assert len(server.calls) == 1


@override_settings(WEBHOOK_PRIVATE_ADDRESSES=False)
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "192.168.0.1"])
def test_a_webhook_is_no_way_to_ones_own_machines(host: str) -> None:
    """Whoever manages webhooks, or took that person's session, would read the cloud's secrets."""
    with hook_server() as server:
        port = server.url.rsplit(":", 1)[1]
        with refused(InvalidInput):
            subscribed(f"http://{host}:{port}/")
        with override_settings(WEBHOOK_PRIVATE_ADDRESSES=True):
            subscribed(f"http://{host}:{port}/")
        happens()
        deliver()
    assert (server.calls, states()) == ([], [SendingState.RETRYING])


@override_settings(WEBHOOK_PRIVATE_ADDRESSES=False)
def test_nor_by_what_its_name_means_when_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    with hook_server() as server:
        port = int(server.url.rsplit(":", 1)[1])
        subscribed(f"http://erp.example:{port}/")
        monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("127.0.0.1", port))])
        happens()
        deliver()
    assert (server.calls, states()) == ([], [SendingState.RETRYING])


def test_nor_by_a_redirect() -> None:
    with hook_server() as server, hook_server() as inner:
        server.answer = lambda _call: (302, b"", {"Location": inner.url})
        subscribed(server.url)
        happens()
        deliver()
    assert (len(server.calls), inner.calls, states()) == (1, [], [SendingState.RETRYING])


def test_pages_and_api_manage_it_and_the_secret_is_for_administrators(client: Client) -> None:
    administrator = AdministratorFactory.create()
    client.force_login(administrator)
    typed = {
        "name": "<script>alert(1)</script>",
        "url": "https://erp.example/",
        "kinds": ["order.submitted"],
        "is_active": "on",
    }
    assert client.post(reverse("webhooks:new"), {**typed, "url": "gopher://x"}).status_code == 400
    assert client.post(reverse("webhooks:new"), typed).status_code == 302
    endpoint = WebhookEndpoint.objects.get()
    form = client.get(reverse("webhooks:change", args=[endpoint.pk])).content.decode()
    groups = re.findall(r"<details[^>]*?( open)?>\s*<summary[^>]*>\s*(.*?)\s*<span", form)
    assert (("", "Address") in groups, [name for is_open, name in groups if is_open]) == (True, ["Order"])
    assert (form.count('name="kinds"'), groups[-1][1]) == (len(registry.event_kinds.keys()), "Others")
    page = client.get(endpoint.get_absolute_url()).content.decode()
    assert ("<script>alert" in page, endpoint.secret.replace("+", "&#x2B;") in page or endpoint.secret in page) == (
        False,
        True,
    )
    assert client.post(reverse("webhooks:rotate", args=[endpoint.pk])).status_code == 302
    for name in ("list", "deliveries", "new"):
        assert client.get(reverse(f"webhooks:{name}")).status_code == 200
    api = APIClient()
    token = ApiTokenFactory.create(user=administrator, scope=TokenScope.ALL).secret
    api.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    assert "secret" not in api.get(f"/api/v1/webhooks/{endpoint.pk}/").json()
    made = api.post(
        "/api/v1/webhooks/", {"name": "B", "url": "https://erp.example/", "kinds": ["order.approved"]}, format="json"
    )
    assert (made.status_code, made.json()["secret"].startswith(PREFIX)) == (201, True)
    wrong = {"name": "C", "url": "https://erp.example/", "kinds": ["no.such"]}
    assert api.post("/api/v1/webhooks/", wrong, format="json").status_code == 400
    rotated = api.post(f"/api/v1/webhooks/{endpoint.pk}/rotate-secret/").json()
    assert rotated["secret"] != endpoint.secret
    admin = client.get(reverse("admin:integration_webhookendpoint_change", args=[endpoint.pk])).content.decode()
    assert rotated["secret"] not in admin


def test_a_secret_is_not_kept_with_the_reply_of_a_key() -> None:
    """Whoever reads the table of replies, or a backup of it, could sign events of their own."""
    token = ApiTokenFactory.create(user=AdministratorFactory.create(), scope=TokenScope.ALL).secret
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    asked = {"name": "ERP", "url": "https://erp.example/", "kinds": ["order.submitted"]}
    made = api.post("/api/v1/webhooks/", asked, format="json", HTTP_IDEMPOTENCY_KEY="make")
    again = api.post("/api/v1/webhooks/", asked, format="json", HTTP_IDEMPOTENCY_KEY="make")
    rotate = f"/api/v1/webhooks/{made.data['id']}/rotate-secret/"
    rotated = api.post(rotate, HTTP_IDEMPOTENCY_KEY="rotate", HTTP_IF_MATCH=made.headers.get("ETag", '"1"'))
    assert (made.status_code, again.status_code, rotated.status_code) == (201, 201, 200), rotated.data
    assert again.data["id"] == made.data["id"]
    assert "secret" not in again.data
    kept = str(list(StoredReply.objects.values_list("body", flat=True)))
    assert made.data["secret"] not in kept
    assert rotated.data["secret"] not in kept
