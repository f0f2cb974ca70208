"""Proof of delivery by a link: one shipment, one time, nothing else to be seen, and gone when it is revoked."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.errors import Conflict, NotAllowed, NotVisible
from core.models import Event
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.services.shipping import ship_order
from orders.models import DeliveryLink, Order, ProofOfDelivery, Shipment
from orders.ordering.enums import OrderEvent, OrderStatus
from orders.ordering.services.approval import approve_order
from orders.tracking.services.delivery_links import (
    LASTS,
    SENT_BY_LINK,
    make_delivery_link,
    open_delivery_link,
    revoke_delivery_link,
)
from orders.tracking.services.recording import TrackingUpdate, record_tracking
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff\xe0 a photo of six cartons"


@pytest.fixture(autouse=True)
def kept_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def people() -> Stage:
    return stage()


@pytest.fixture
def shipment(people: Stage) -> Shipment:
    order = approve_order(order_id=people.placed().id, actor=people.manager, now=NOW)
    return ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)


def made(people: Stage, shipment: Shipment) -> str:
    return make_delivery_link(shipment_id=shipment.pk, actor=people.warehouse, now=NOW)[1]


def send(client: Client, secret: str, *, content: bytes = JPEG, name: str = "李明") -> Any:
    photo = SimpleUploadedFile("photo.jpg", content)
    return client.post(reverse("orders:delivery", args=[secret]), {"signed_by": name, "photo": photo})


def test_a_driver_records_the_delivery_without_an_account(client: Client, people: Stage, shipment: Shipment) -> None:
    """The paper with the signature lies in the lorry for a week, and nobody knows whether the goods are there."""
    secret = made(people, shipment)
    address = reverse("orders:delivery", args=[secret])
    page = client.get(address).content.decode()
    assert shipment.number in page
    assert send(client, secret).status_code == 302
    shipment.refresh_from_db()
    assert (shipment.status, shipment.order.status) == (ShipmentStatus.DELIVERED, OrderStatus.DELIVERED)
    assert shipment.proof.signed_by == "李明"
    with shipment.proof.file.open() as photo:
        assert photo.read() == JPEG
    after = client.get(address).content.decode()
    assert 'name="photo"' not in after
    assert "The delivery is recorded." in after
    assert "李明" not in after
    kinds = set(Event.objects.filter(subject_type="order").values_list("kind", flat=True))
    assert {OrderEvent.DELIVERED, OrderEvent.PROOF_RECORDED} <= kinds
    people_of_order = Client()
    people_of_order.force_login(people.buyer)
    order_page = people_of_order.get(shipment.order.get_absolute_url()).content.decode()
    assert "Signed by 李明" in order_page
    answer: Any = people_of_order.get(reverse("orders:delivery-proof", args=[shipment.number]))
    assert (b"".join(answer.streaming_content), answer["X-Content-Type-Options"]) == (JPEG, "nosniff")


def test_the_page_shows_no_price_and_no_other_order(client: Client, people: Stage, shipment: Shipment) -> None:
    """A driver would read what the shop pays, or whom else we supply."""
    other = people.placed(3)
    page = client.get(reverse("orders:delivery", args=[made(people, shipment)])).content.decode()
    order = Order.objects.get(pk=shipment.order_id)
    assert order.number not in page
    assert other.number not in page
    for amount in (order.net_amount, order.total_amount):
        assert f"{amount:,.2f}" not in page
        assert f"{amount:.2f}" not in page


def test_the_page_speaks_the_language_of_the_order(client: Client, people: Stage, shipment: Shipment) -> None:
    """A driver in Chengdu would get an English page, because the browser of the phone is set so."""
    type(shipment.order.distributor).objects.update(language="zh-hans")
    answer = client.get(reverse("orders:delivery", args=[made(people, shipment)]), headers={"Accept-Language": "en"})
    assert 'lang="zh-hans"' in answer.content.decode()


def test_a_link_is_of_one_shipment_works_once_and_runs_out(client: Client, people: Stage, shipment: Shipment) -> None:
    """A link in a chat group would be a key for ever."""
    secret = made(people, shipment)
    assert secret not in str(list(DeliveryLink.objects.values()))
    for wrong, now in ((secret[:-1], NOW), (secret, NOW + LASTS)):
        with pytest.raises(NotVisible):
            open_delivery_link(secret=wrong, address="", now=now)
    assert send(client, secret).status_code == 302
    assert send(client, secret, name="Somebody else").status_code == 302
    assert ProofOfDelivery.objects.get().signed_by == "李明"


def test_a_revoked_link_is_as_one_that_never_was(client: Client, people: Stage, shipment: Shipment) -> None:
    """The driver who left would still deliver."""
    first = made(people, shipment)
    second = made(people, shipment)
    assert client.get(reverse("orders:delivery", args=[first])).status_code == 404
    revoke_delivery_link(shipment_id=shipment.pk, actor=people.manager, now=NOW)
    assert client.get(reverse("orders:delivery", args=[second])).status_code == 404
    assert send(client, second).status_code == 404
    assert not ProofOfDelivery.objects.exists()
    with pytest.raises(Conflict):
        revoke_delivery_link(shipment_id=shipment.pk, actor=people.manager, now=NOW)


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"PK\x03\x04", b"\xff\xd8\xff" + b"x" * 10 * 1024 * 1024]
)
def test_what_is_no_photo_is_refused_and_nothing_changes(
    client: Client, people: Stage, shipment: Shipment, content: bytes
) -> None:
    """A stranger would fill the disk, or have our people open what he wrote."""
    secret = made(people, shipment)
    assert send(client, secret, content=content).status_code == 400
    assert send(client, secret, name=" ").status_code == 400
    shipment.refresh_from_db()
    assert shipment.status == ShipmentStatus.SHIPPED
    assert not ProofOfDelivery.objects.exists()
    assert send(client, secret).status_code == 302


def test_a_link_takes_so_many_tries_an_hour(client: Client, people: Stage, shipment: Shipment) -> None:
    """A stranger would have every try looked at, for nothing."""
    secret = made(people, shipment)
    answers = [send(client, secret, content=b"no photo").status_code for _try in range(SENT_BY_LINK + 1)]
    assert answers == [400] * SENT_BY_LINK + [429]


def test_the_carrier_may_be_quicker(client: Client, people: Stage, shipment: Shipment) -> None:
    """The delivery would be noted twice, and the distributor told twice."""
    secret = made(people, shipment)
    update = TrackingUpdate(external_id="1", code="delivered", at=NOW)
    record_tracking(shipment_id=shipment.pk, actor=None, updates=[update])
    assert send(client, secret).status_code == 302
    assert Event.objects.filter(kind=OrderEvent.DELIVERED).count() == 1
    assert ProofOfDelivery.objects.count() == 1


def test_who_may_not_deliver_makes_no_link(people: Stage, shipment: Shipment) -> None:
    """A buyer would sign for itself what never came."""
    with pytest.raises(NotAllowed):
        make_delivery_link(shipment_id=shipment.pk, actor=people.buyer, now=NOW)
    with pytest.raises(NotVisible):
        make_delivery_link(shipment_id=0, actor=people.warehouse, now=NOW)
    Shipment.objects.update(status=ShipmentStatus.DELIVERED, delivered_at=NOW + timedelta(hours=1))
    with pytest.raises(Conflict):
        make_delivery_link(shipment_id=shipment.pk, actor=people.warehouse, now=NOW)


def test_pages_and_api_make_show_and_revoke_it(client: Client, people: Stage, shipment: Shipment) -> None:
    """The warehouse would have to ask a programmer for the link."""
    client.force_login(people.warehouse)
    page = client.post(reverse("orders:delivery-link", args=[shipment.number]))
    assert "/delivery/" in page.content.decode()
    order_page = client.get(shipment.order.get_absolute_url()).content.decode()
    assert "A delivery link for the driver or the shop works until" in order_page
    assert client.post(reverse("orders:delivery-link-revoke", args=[shipment.number])).status_code == 302
    address = f"/api/v1/shipments/{shipment.number}/delivery-link/"
    answers = [client.post(address, headers={"Idempotency-Key": "one"}) for _time in range(2)]
    assert [("link" in answer.json(), answer.status_code) for answer in answers] == [(True, 201), (False, 201)]
    secret = answers[0].json()["link"].rstrip("/").rsplit("/", 1)[-1]
    assert client.delete(address).status_code == 204
    assert client.get(reverse("orders:delivery", args=[secret])).status_code == 404
