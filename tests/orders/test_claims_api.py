"""Receipts and delivery claims over the API and on pages."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from orders.models import ClaimDecision, ClaimPhoto, DeliveryClaim, ShipmentLine
from tests.factories.accounts import KeeperFactory
from tests.factories.orders import shop
from tests.orders.claims import Receipt, lies_at, shipped

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
PASSWORD = "sign_in.backends.PasswordBackend"


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend=PASSWORD)
    return client


def post(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers)


def receive(receipt: Receipt, body: Any, **headers: str) -> Any:
    return post(signed_in(receipt.keeper), f"/api/v1/shipments/{receipt.shipment.number}/receive/", body, **headers)


def test_an_erp_of_yesterday_still_receives() -> None:
    """A distributor's program that was written before there were claims would fail, or lose what it says."""
    for kind, damaged, missing in (("damaged", 2, 0), ("short", 0, 2), ("other", 0, 2)):
        (receipt,) = shipped(pieces=10)
        line = {"line": receipt.line.pk, "quantity": 8, "kind": kind, "reason": "As written"}
        assert receive(receipt, {"lines": [line]}).status_code == 200
        part = ShipmentLine.objects.get(pk=receipt.line.pk)
        assert (part.received, part.damaged, part.missing, part.difference_kind) == (8, damaged, missing, kind)
        assert receipt.claim.lines.get().kind == ("damaged" if damaged else "missing")


def test_a_receipt_and_its_decisions_over_the_api() -> None:
    """An ERP could not say what came, or what is made good."""
    (receipt,) = shipped(pieces=100)
    body = {
        "lines": [{"line": receipt.line.pk, "quantity": 96, "damaged": 3, "kind": "short"}],
        "unordered": [{"product": receipt.other.code, "quantity": 5}],
    }
    first = receive(receipt, body, **{"Idempotency-Key": "r1"})
    assert first.status_code == 200, first.content
    assert receive(receipt, body, **{"Idempotency-Key": "r1"}).json() == first.json()
    assert DeliveryClaim.objects.count() == 1
    assert receive(receipt, {}).status_code == 409

    address = f"/api/v1/delivery-claims/{receipt.claim.number}/"
    manager, keeper = signed_in(receipt.manager), signed_in(receipt.keeper)
    shown = keeper.get(address).json()
    assert (shown["status"], shown["total_amount"]) == ("open", None)  # who carries goods sees no amounts
    assert manager.get(address).json()["total_amount"] == "45.2000"
    assert [(line["kind"], line["pieces"]) for line in shown["lines"]] == [
        ("damaged", 3), ("missing", 1), ("surplus", 5),
    ]  # fmt: skip
    damaged, missing, _surplus = (line["id"] for line in shown["lines"])
    credit = {"lines": [{"line": damaged}]}
    decided = post(manager, f"{address}credit/", credit, **{"Idempotency-Key": "c1"})
    assert decided.status_code == 200, decided.content
    assert decided.json()["lines"][0]["decisions"][0]["net_amount"] == "30.0000"
    assert post(manager, f"{address}credit/", credit, **{"Idempotency-Key": "c1"}).json() == decided.json()
    assert post(manager, f"{address}credit/", credit).status_code == 409
    assert ClaimDecision.objects.count() == 1
    refused = post(manager, f"{address}decide/", {"lines": [{"line": missing, "outcome": "reship"}]})
    assert (refused.status_code, refused.json()["errors"][0]["attr"]) == (400, "lines.0.cause")
    assert post(keeper, f"{address}reship/", {"cause": "carrier"}).status_code == 403
    sent = post(manager, f"{address}reship/", {"cause": "carrier"}).json()
    assert sent["lines"][1]["decisions"][0]["replacement_order"].startswith("SO")
    assert post(keeper, f"{address}send_back/", {}).json()["status"] == "reshipping"
    stale = post(keeper, f"{address}send_back/", {}, **{"If-Match": '"1"'})
    assert stale.status_code in {409, 412}


def test_wrong_receipts_change_nothing() -> None:
    """Half a receipt would be written, or a claim for goods of another shipment."""
    (receipt,) = shipped(pieces=10)
    other = shipped(pieces=10)[0]
    line = {"line": receipt.line.pk, "quantity": 8, "kind": "short"}
    for body, status in (
        ({"lines": [{**line, "damaged": 3}]}, 400),
        ({"lines": [{**line, "damaged": -1}]}, 400),
        ({"lines": [{**line, "quantity": 11}]}, 400),
        ({"lines": [{**line, "kind": ""}]}, 400),
        ({"lines": [{**line, "line": other.line.pk}]}, 400),
        ({"unordered": [{"product": "no-such-thing", "quantity": 1}]}, 400),
        ({"unordered": [{"product": receipt.other.code, "quantity": 0}]}, 400),
        ({"unordered": [{"product": receipt.other.code, "quantity": 1, "kind": "missing"}]}, 400),
        ({"unordered": [{"product": receipt.other.code, "quantity": 1}] * 2}, 400),
    ):
        assert receive(receipt, body).status_code == status, body
    stranger = signed_in(KeeperFactory.create(distributor=shop().distributor))
    assert post(stranger, f"/api/v1/shipments/{receipt.shipment.number}/receive/", {}).status_code == 404
    receipt.shipment.refresh_from_db()
    assert receipt.shipment.status == "shipped"
    assert not DeliveryClaim.objects.exists()
    receipt.receive(good=9)
    assert stranger.get(f"/api/v1/delivery-claims/{receipt.claim.number}/").status_code == 404
    assert stranger.get(reverse("orders:claim", args=[receipt.claim.number])).status_code == 404


def test_the_page_takes_differences_with_photos(settings: Any, tmp_path: Any) -> None:
    """Whoever stands in the warehouse with a phone could not show what is broken."""
    settings.MEDIA_ROOT = tmp_path
    (receipt,) = shipped(pieces=100)
    client = signed_in(receipt.keeper)
    page = reverse("orders:receive", args=[receipt.order.number])
    assert client.get(page).status_code == 200
    pk = receipt.line.pk
    body = {
        f"quantity-{pk}": 96, f"damaged-{pk}": 3, f"kind-{pk}": "short", f"reason-{pk}": "Box was wet",
        f"photos-{pk}": [SimpleUploadedFile("wet.png", PNG), SimpleUploadedFile("torn.png", PNG)],
        "unordered-0": receipt.other.code, "unordered-quantity-0": 5, "unordered-kind-0": "wrong",
    }  # fmt: skip
    text = {**body, f"photos-{pk}": SimpleUploadedFile("wet.png", b"%PDF-1.7 not a picture")}
    assert client.post(page, text).status_code == 400
    unknown = {**body, "unordered-0": "no-such-thing"}
    assert client.post(page, unknown).status_code == 400
    assert not DeliveryClaim.objects.exists()
    for photo in body[f"photos-{pk}"]:  # read by the first attempt
        photo.seek(0)
    done = client.post(page, body)
    assert (done.status_code, done["Location"]) == (302, receipt.order.get_absolute_url())
    assert [photo.line.kind for photo in ClaimPhoto.objects.all()] == ["damaged", "damaged"]
    assert receipt.claim.lines.get(kind="wrong").pieces == 5
    assert lies_at(receipt.people, receipt.product) == (99, 3)
    photo = reverse("orders:claim-photo", args=[receipt.claim.number, ClaimPhoto.objects.all()[0].pk])
    assert signed_in(receipt.manager).get(photo)["Content-Type"] == "image/png"
    assert receipt.claim.get_absolute_url() in client.get(receipt.order.get_absolute_url()).content.decode()
    assert b"wet.png" in client.get(receipt.claim.get_absolute_url()).content
    four = {"line": receipt.claim_line("damaged").pk, "photos": [SimpleUploadedFile("a.png", PNG)] * 4}
    added = client.post(reverse("orders:claim-photos", args=[receipt.claim.number]), four)
    assert added.status_code == 400  # five of a line at most
    assert len(list(tmp_path.rglob("*.png"))) == 2


def test_the_seller_decides_on_the_page() -> None:
    """The manager would read of a claim and could do nothing about it."""
    (receipt,) = shipped(pieces=10)
    receipt.receive(good=7, damaged=2)
    client = signed_in(receipt.manager)
    damaged, missing = receipt.claim_line("damaged"), receipt.claim_line("missing")
    page = reverse("orders:claim-decide", args=[receipt.claim.number])
    assert receipt.claim.number in client.get("/").content.decode()
    assert client.get(reverse("orders:claims")).status_code == 200
    body = {
        f"outcome-{damaged.pk}": "", f"pieces-{damaged.pk}": 2, f"reason-{damaged.pk}": "",
        f"outcome-{missing.pk}": "reship", f"pieces-{missing.pk}": 1, f"cause-{missing.pk}": "", f"reason-{missing.pk}": "",
    }  # fmt: skip
    assert client.post(page, body).status_code == 400
    assert client.post(page, {**body, f"cause-{missing.pk}": "carrier"}).status_code == 302
    assert (receipt.claim_line("damaged").open_pieces, receipt.claim_line("missing").open_pieces) == (2, 0)
    for name in ("csv", "lines-csv"):
        assert client.get(reverse("orders:claims"), {"export": name}).status_code in {200, 404}
