"""Carriers: asked over HTTP and heard by signed messages, however they misbehave."""

import gzip
import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from orders.fulfilment.enums import CarrierKind, ShipmentStatus
from orders.fulfilment.services.shipping import ship_order
from orders.models import Carrier, Shipment, TrackingEvent
from orders.ordering.enums import OrderStatus
from orders.ordering.services.approval import approve_order
from orders.tracking.carriers.client import client_for
from orders.tracking.carriers.http_json import HttpJsonClient
from orders.tracking.carriers.secrets import signature_of
from orders.tracking.errors import CarrierUnavailable
from orders.tracking.services.carrier_messages import MOST_BYTES
from orders.tracking.services.polling import EVERY, fetch_tracking
from tests.factories.orders import CarrierFactory
from tests.orders.carrier_server import carrier_service, trickling
from tests.orders.clock import NOW
from tests.orders.people import stage

pytestmark = pytest.mark.django_db
SECRET = "a-secret-of-sixteen-or-more"


@pytest.fixture(autouse=True)
def shared_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARRIER_FAST", SECRET)


def event(external_id: str = "e1", code: str = "in_transit", **more: Any) -> dict[str, Any]:
    return {"id": external_id, "code": code, "at": "2026-11-23T10:00:00+08:00", "location": "上海", **more}


def sent(carrier: Carrier, tracking_number: str = "TN 1/x") -> Shipment:
    people = stage()
    order = approve_order(order_id=people.placed().id, actor=people.manager, now=NOW)
    return ship_order(
        order_id=order.pk, actor=people.warehouse, now=NOW, carrier_id=carrier.pk, tracking_number=tracking_number
    )


def http_carrier(url: str = "http://127.0.0.1:1") -> Carrier:
    return CarrierFactory.create(kind=CarrierKind.HTTP, base_url=url, secret_name="CARRIER_FAST")


def test_what_the_carrier_knows_is_fetched_and_the_order_delivered() -> None:
    """People would have to look at the carrier's page and type what they read."""
    with carrier_service((200, {"events": [event(), event("e2", "delivered")]})) as service:
        shipment = sent(http_carrier(service.url + "/api/"))
        result = fetch_tracking(now=NOW)

    assert (result.asked, result.recorded, result.failed) == (1, 2, 0)
    path, headers = service.asked[0]
    assert path == "/api/shipments/TN%201%2Fx/events"
    signature = signature_of(secret=SECRET.encode(), timestamp=headers["x-timestamp"], content=path.encode())
    assert headers["x-signature"] == signature
    shipment.refresh_from_db()
    assert (shipment.status, shipment.order.status) == (ShipmentStatus.DELIVERED, OrderStatus.DELIVERED)
    assert fetch_tracking(now=NOW + EVERY).asked == 0


def test_a_carrier_is_not_asked_again_too_soon() -> None:
    """The carrier would block us for asking without end."""
    with carrier_service((200, {"events": [event()]})) as service:
        sent(http_carrier(service.url))
        rounds = [fetch_tracking(now=NOW + wait).asked for wait in (timedelta(0), timedelta(minutes=9), EVERY)]

    assert rounds == [1, 0, 1]
    assert TrackingEvent.objects.count() == 1


def test_a_carrier_that_stumbles_is_asked_again() -> None:
    """One hiccup would leave the order without news for ten minutes."""
    with carrier_service((503, b""), (500, b""), (200, {"events": [event()]})) as service:
        found = HttpJsonClient(http_carrier(service.url), pause=0.001).events("T")

    assert ([fact.external_id for fact in found], len(service.asked)) == (["e1"], 3)


@pytest.mark.parametrize(
    ("reply", "questions"),
    [
        ((500, b""), 3),
        ((404, b""), 1),
        ((302, b""), 1),
        ((200, b"<html>"), 1),
        ((200, {"events": [{"id": "1", "code": "eaten", "at": "2026-01-01T00:00:00Z"}]}), 1),
        ((200, {"events": [event(at="yesterday")]}), 1),
        ((200, {"events": {"no": "list"}}), 1),
        ((200, b"[" * 100_000), 1),
        ((200, b" " * 1_100_000), 1),
    ],
)
def test_a_useless_answer_is_an_error_and_nothing_else(reply: tuple[int, Any], questions: int) -> None:
    """A broken carrier would break the job for all others, lead us elsewhere, or fill the memory."""
    with carrier_service(reply) as service, pytest.raises(CarrierUnavailable):
        HttpJsonClient(http_carrier(service.url), pause=0.001).events("T")

    assert len(service.asked) == questions


def test_one_silent_carrier_does_not_stop_the_others() -> None:
    """One carrier's outage would hide the news of all."""
    with carrier_service((404, b"")) as broken, carrier_service((200, {"events": [event()]})) as working:
        silent = http_carrier(broken.url)
        sent(silent, "A")
        sent(silent, "B")
        sent(http_carrier(working.url), "C")
        result = fetch_tracking(now=NOW)

    assert (result.asked, result.recorded, result.failed, len(broken.asked)) == (2, 1, 1, 1)


@pytest.mark.parametrize(
    "reply",
    [
        (200, {"events": [event(description="\ud800")]}),
        (200, {"events": [event("\ud800")]}),
        (200, {"events": [event(location="\x00")]}),
        (200, {"events": [event(at="2199-01-01T00:00:00Z", code="delivered")]}),
        (200, {"events": [event(at={"no": "moment"})]}),
        (200, {"events": [event(code={"no": "code"})]}),
    ],
)
def test_whatever_one_carrier_sends_the_others_are_asked(reply: tuple[int, Any]) -> None:
    """One sign that cannot be stored stopped the news of all carriers, every ten minutes anew."""
    with carrier_service(reply) as odd, carrier_service((200, {"events": [event()]})) as working:
        first = sent(http_carrier(odd.url), "A")
        sent(http_carrier(working.url), "B")
        result = fetch_tracking(now=NOW)

    assert (result.asked, result.recorded, result.failed) == (2, 1, 1)
    first.refresh_from_db()
    assert first.status == ShipmentStatus.SHIPPED


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"])
def test_a_carrier_that_sends_a_byte_now_and_then_holds_nobody(head: bytes) -> None:
    """It kept a worker busy until the task was killed, and nobody else was asked."""
    with trickling(head) as url:
        began = time.monotonic()
        with pytest.raises(CarrierUnavailable):
            HttpJsonClient(http_carrier(url), seconds=1.5).events("T")
    assert time.monotonic() - began < 5


def test_a_packed_answer_is_not_unpacked() -> None:
    """795 bytes became 400 MB before any limit was looked at."""
    packed = gzip.compress(gzip.compress(bytes(50_000_000)))
    packing = {"Content-Encoding": "gzip, gzip"}
    with carrier_service((200, packed), headers=packing) as service, pytest.raises(CarrierUnavailable):
        HttpJsonClient(http_carrier(service.url)).events("T")
    assert service.asked[0][1]["accept-encoding"] == "identity"


@override_settings(CARRIER_PRIVATE_ADDRESSES=False)
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "169.254.169.254", "10.0.0.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_machines_of_ones_own_network_are_not_asked(host: str) -> None:
    """A carrier's address would be a way to the machine's own services and the cloud's secrets."""
    with carrier_service((200, {"events": []})) as service:
        port = service.url.rsplit(":", 1)[1]
        with pytest.raises(CarrierUnavailable):
            HttpJsonClient(http_carrier(f"http://{host}:{port}"), pause=0.001).events("T")
    assert service.asked == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "\ud800"},
        {"description": "\ud800"},
        {"tracking_number": "\ud800"},
        {"tracking_number": "\x00"},
        {"at": "2199-01-01T00:00:00Z"},
    ],
)
def test_a_signed_message_that_cannot_be_kept_is_refused(wrong: dict[str, Any]) -> None:
    """It was answered with 500, and the carrier sent it again for ever."""
    shipment = sent(http_carrier())
    assert shipment.carrier is not None
    content = json.dumps({"events": [event(tracking_number=shipment.tracking_number) | wrong]}).encode()
    assert send(shipment.carrier.code, content).status_code == 400
    assert not TrackingEvent.objects.exists()


def test_only_web_addresses_are_asked_and_a_manual_carrier_never() -> None:
    """A wrong address in the carrier's record would read files of the server."""
    with pytest.raises(CarrierUnavailable):
        client_for(http_carrier("ftp://127.0.0.1/x"))
    assert client_for(CarrierFactory.create()).events("T") == []


def send(carrier_code: str, content: bytes, *, at: int | None = None, secret: str = SECRET, **headers: str) -> Any:
    timestamp = str(int(time.time()) if at is None else at)
    signature = signature_of(secret=secret.encode(), timestamp=timestamp, content=content)
    named = {"X-Timestamp": timestamp, "X-Signature": signature} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    path = f"/api/v1/carriers/{carrier_code}/webhook/"
    return Client().post(path, content, content_type="application/json", headers=named)


def message(shipment: Shipment, *events: dict[str, Any]) -> bytes:
    return json.dumps({"events": [{**one, "tracking_number": shipment.tracking_number} for one in events]}).encode()


def test_a_signed_message_is_taken_once() -> None:
    """The carrier's news would wait for the next round, or count twice when it repeats itself."""
    carrier = http_carrier()
    shipment = sent(carrier)
    content = message(shipment, event(), event("e2", "delivered"))
    stray = json.dumps({"events": [event("x", tracking_number="nobody's")]}).encode()

    first, again, unknown = (send(carrier.code, text) for text in (content, content, stray))

    assert first.json() == {"recorded": 2, "unknown": 0}
    assert again.json() == {"recorded": 0, "unknown": 0}
    assert unknown.json() == {"recorded": 0, "unknown": 1}
    shipment.refresh_from_db()
    assert shipment.status == ShipmentStatus.DELIVERED


def test_a_message_that_is_not_the_carrier_s_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Anybody could say that goods arrived."""
    carrier = http_carrier()
    shipment = sent(carrier)
    content, now = message(shipment, event()), int(time.time())
    other = CarrierFactory.create(kind=CarrierKind.HTTP, base_url="http://127.0.0.1:1", secret_name="SECRET_KEY")

    refusals = [
        send(carrier.code, content, secret="another-secret-of-some-length"),
        send(carrier.code, content, at=now - 301),
        send(carrier.code, content, at=now + 330),
        send(carrier.code, content, X_Signature="é"),
        send(carrier.code, content, X_Timestamp="soon"),
        send(carrier.code, b" " * (MOST_BYTES + 1)),
        send("nobody", content),
        send(other.code, content),
    ]
    monkeypatch.setenv("CARRIER_FAST", "short")
    refusals.append(send(carrier.code, content, secret="short"))
    monkeypatch.setenv("SECRET_KEY", SECRET)
    refusals.append(send(other.code, content))

    assert [reply.status_code for reply in refusals] == [403] * len(refusals)
    assert not TrackingEvent.objects.exists()
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n")
    monkeypatch.setenv("CARRIER_FAST_FILE", str(file))
    assert send(carrier.code, content).status_code == 200
    assert send(carrier.code, b"{}").status_code == 400
