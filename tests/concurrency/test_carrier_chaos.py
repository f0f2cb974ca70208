"""A carrier whose server does everything wrong for hours: the time line is right in the end, and the others never noticed."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from core.models import Event
from core.outbox import relay
from messaging.models import Notification
from orders.fulfilment.enums import ShipmentStatus
from orders.models import Shipment, TrackingEvent
from orders.ordering.enums import OrderEvent, OrderStatus
from orders.tracking.services.polling import EVERY, fetch_tracking
from tests.orders.carrier_server import carrier_service
from tests.orders.clock import NOW
from tests.orders.test_carriers import SECRET, event, http_carrier, message, send, sent, shared_secret

pytestmark = pytest.mark.django_db
__all__ = ["shared_secret"]

HOURS = [f"2026-11-2{day}T{hour:02}:00:00+08:00" for day, hour in ((3, 9), (3, 18), (4, 8), (4, 15))]
TRUTH = [
    event("c-1", "collected", at=HOURS[0]),
    event("c-2", "in_transit", at=HOURS[1]),
    event("c-3", "out_for_delivery", at=HOURS[2]),
    event("c-4", "delivered", at=HOURS[3]),
]
AGAIN = event("c-4-again", "delivered", at=HOURS[3])
"""The same delivery under another number: the carrier's own doing."""


@dataclass(kw_only=True)
class Chaos:
    """A carrier's server in one of its moods."""

    mood: str = "down"
    events: list[dict[str, Any]] = field(default_factory=list)
    asked: int = 0
    url: str = ""


@contextmanager
def chaotic() -> Iterator[Chaos]:
    chaos = Chaos()
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            chaos.asked += 1
            if chaos.mood == "cut":
                return
            self.send_response(503 if chaos.mood == "down" else 200)
            body = {"rubbish": b"<html>\xff", "well": json.dumps({"events": chaos.events}).encode()}.get(
                chaos.mood, b""
            )
            self.send_header("Content-Length", str(1000 if chaos.mood == "drip" else len(body)))
            self.end_headers()
            self.wfile.write(body)
            while chaos.mood == "drip" and not over.wait(0.2):
                self.wfile.write(b"x")
                self.wfile.flush()

        def log_message(self, *_arguments: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    server.handle_error = lambda *_arguments: None  # type: ignore[method-assign]  # whoever asked has hung up
    chaos.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield chaos
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def notified(order_id: int) -> Counter[tuple[str, int]]:
    """How often whom what was told of an order."""
    while relay():
        pass
    rows = Notification.objects.filter(subject_type="order", subject_id=order_id)
    return Counter(rows.values_list("event__kind", "recipient_id"))


def test_after_all_that_the_time_line_is_right_and_nobody_was_told_twice() -> None:
    """Late, doubled, in the wrong order, forged, dripping, an hour away: and the distributor waits for its goods."""
    with chaotic() as chaos, carrier_service((200, {"events": [event("w-1")]})) as well:
        carrier = http_carrier(chaos.url)
        shipment, rest = sent(carrier, "CHAOS"), sent(carrier, "CHAOS-2")
        others = [sent(http_carrier(well.url), f"WELL-{number}") for number in range(2)]

        def heard(*events: dict[str, Any], secret: str = SECRET) -> int:
            return int(send(carrier.code, message(shipment, *events), secret=secret).status_code)

        for turn, mood in enumerate(["rubbish", "cut", "drip"]):
            chaos.mood = mood
            began = time.monotonic()
            result = fetch_tracking(now=NOW + turn * EVERY, seconds=2.0)
            assert (result.failed, time.monotonic() - began < 8) == (1, True)
        chaos.mood = "down"
        for turn in range(3, 9):  # an hour
            assert (
                fetch_tracking(now=NOW + turn * EVERY, seconds=2.0).asked == 3
            )  # the other two, and one question more
        assert TrackingEvent.objects.filter(shipment__in=[shipment, rest]).count() == 0
        # Meanwhile its messages: the last first, twice, in pieces; and somebody else's.
        assert heard(TRUTH[3], secret="some-secret-of-a-stranger") == 403
        assert [heard(TRUTH[2], TRUTH[2]), heard(TRUTH[2]), heard(TRUTH[1])] == [200] * 3
        assert heard(AGAIN, TRUTH[3]) == 200
        chaos.mood, chaos.events = "well", [*reversed(TRUTH), *TRUTH, AGAIN]
        late = NOW + timedelta(hours=3)
        Shipment.objects.filter(pk=rest.pk).update(status=ShipmentStatus.SHIPPED)
        for turn in range(3):
            fetch_tracking(now=late + turn * EVERY)
        assert heard(*TRUTH, AGAIN) == 200

    for one in (shipment, rest):
        one.refresh_from_db()
        line = list(TrackingEvent.objects.filter(shipment=one).values_list("code", flat=True))
        assert line == ["collected", "in_transit", "out_for_delivery", "delivered", "delivered"]
        assert (one.status, one.order.status) == (ShipmentStatus.DELIVERED, OrderStatus.DELIVERED)
        assert one.delivered_at == TrackingEvent.objects.get(shipment=one, external_id="c-4").at
        assert Event.objects.filter(kind=OrderEvent.DELIVERED, subject_id=one.order_id).count() == 1
        told = notified(one.order_id)
        assert told, "the keeper is told"
        assert set(told.values()) == {1}
    for other in others:
        other.refresh_from_db()
        assert other.polled_at is not None
        assert TrackingEvent.objects.filter(shipment=other).count() == 1


def test_slow_carriers_take_no_time_of_the_others() -> None:
    """Six carriers that drip used up the round, and nobody heard of the goods of the seventh."""
    with chaotic() as chaos, carrier_service((200, {"events": [event()]})) as well:
        chaos.mood = "drip"
        for number in range(6):
            carrier = http_carrier(chaos.url)
            for more in range(2):
                sent(carrier, f"SLOW-{number}-{more}")
        fine = sent(http_carrier(well.url), "FINE")
        began = time.monotonic()
        result = fetch_tracking(now=NOW, limit=9, seconds=2.0)
        spent = time.monotonic() - began
    assert (result.asked, result.recorded, result.failed) == (7, 1, 6)
    assert spent < 8
    fine.refresh_from_db()
    assert fine.polled_at == NOW
    # What was not asked is not said to have been.
    assert Shipment.objects.filter(polled_at__isnull=True).count() == 6
