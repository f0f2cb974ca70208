"""Returns over the API, as an ERP asks for them, and on pages."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orders.returns.enums import ReturnStatus
from orders.returns.models import Return
from tests.factories.accounts import ApiTokenFactory
from tests.orders.returning import Returning, returning
from tests.orders.test_api_orders import caller

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def body(*lines: object, **more: object) -> dict[str, object]:
    return {
        "lines": [
            {"order": line.order.number, "position": line.position, "pieces": 1, "reason": "unsold", **more}
            for line in lines
        ]
    }


def test_an_erp_asks_once_however_often_it_sends() -> None:
    """A request that timed out would be made twice, and the goods credited twice."""
    scene = returning("1")
    line = scene.line(pieces=3)
    call = caller(scene.buyer)
    first = call("post", "returns/", body(line), Idempotency_Key="once")
    again = call("post", "returns/", body(line), Idempotency_Key="once")
    assert first.status_code == again.status_code == 201, first.content
    assert first.json() == again.json()
    assert (first.json()["status"], first.json()["broken_rules"]) == ("authorised", [])
    other = call("post", "returns/", body(line, pieces=2), Idempotency_Key="once")
    assert other.status_code == 422
    assert Return.objects.count() == 1


def test_from_request_to_credit() -> None:
    """Whatever the pages do, the ERPs of both sides do."""
    scene = returning("1")
    line = scene.line(pieces=3, net="10", tax="0")
    buyer, keeper, manager = caller(scene.buyer), caller(scene.keeper), caller(scene.manager)
    number = buyer("post", "returns/", body(line, pieces=3, reason="other")).json()["number"]
    reply = buyer("get", f"returns/{number}/").json()
    assert reply["status"] == "requested"
    assert len(reply["broken_rules"]) == 1
    assert buyer("post", f"returns/{number}/authorise/", {"note": "x"}).status_code == 403
    assert manager("post", f"returns/{number}/authorise/", {"note": ""}).status_code == 400
    assert manager("post", f"returns/{number}/authorise/", {"note": "Goodwill"}, If_Match='"99"').status_code == 412
    assert manager("post", f"returns/{number}/authorise/", {"note": "Goodwill"}).status_code == 200
    assert buyer("get", "returns/room/").json()["open"] == "10.0000"
    assert buyer("post", f"returns/{number}/send/", {"tracking_number": "SF1"}).status_code == 200
    came = {"warehouse": scene.returns.code, "lines": [{"position": 1, "pieces": 2}]}
    assert keeper("post", f"returns/{number}/receive/", came).json()["lines"][0]["arrived"] == 2
    goods = [
        {"position": 1, "pieces": 1, "disposition": "restocked", "warehouse": scene.shop.code, "lot_number": "L1"},
        {"position": 1, "pieces": 1, "disposition": "sent_back", "is_accepted": False, "condition": "damaged"},
    ]
    wrong = keeper("post", f"returns/{number}/inspect/", {"goods": goods[:1]})
    assert wrong.status_code == 400
    done = keeper("post", f"returns/{number}/inspect/", {"goods": goods}).json()
    assert (done["status"], done["total_amount"]) == ("inspected", None)  # who carries goods sees no amounts
    assert Decimal(manager("get", f"returns/{number}/").json()["total_amount"]) == Decimal("3.33")
    assert keeper("post", f"returns/{number}/inspect/", {"goods": goods}).status_code == 409
    assert manager("post", f"returns/{number}/close/").json()["status"] == "closed"


def test_a_photo_may_be_all_that_was_missing() -> None:
    """A phone sends the photo after the request, and the return need not wait for a person."""
    scene = returning("1")
    line = scene.line(pieces=3)
    made = caller(scene.buyer)("post", "returns/", body(line, reason="damaged", condition="damaged")).json()
    assert made["status"] == "requested"
    client = Client(headers={"Authorization": f"Token {ApiTokenFactory.create(user=scene.buyer).secret}"})
    url = f"/api/v1/returns/{made['number']}/photos/"
    bad = client.post(url, {"position": 1, "photo": SimpleUploadedFile("a.txt", b"text")})
    assert bad.status_code == 400
    reply = client.post(url, {"position": 1, "photo": SimpleUploadedFile("a.png", PNG)})
    assert reply.status_code == 201, reply.content
    assert reply.json()["status"] == "authorised"
    photo = reply.json()["lines"][0]["photos"][0]["id"]
    assert client.get(f"{url}{photo}/").status_code == 200


def test_the_lines_of_another_company_are_no_lines() -> None:
    """An ERP would return what somebody else bought, by guessing numbers."""
    scene, other = returning("1"), None
    from tests.factories.returns import received_line

    other = received_line()
    reply = caller(scene.buyer)("post", "returns/", body(other))
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["attr"] == "lines.0.order_line"
    assert not Return.objects.exists()


@pytest.mark.parametrize("lines", [1, 30])
def test_a_request_costs_the_same_statements_whatever_its_length(lines: int) -> None:
    """A return of thirty lines would take thirty times as long as one of a single line."""
    scene = returning("1")
    goods = [scene.line() for _ in range(lines)]
    call = caller(scene.buyer)
    with CaptureQueriesContext(connection) as queries:
        reply = call("post", "returns/", body(*goods))
    assert reply.status_code == 201
    assert len(queries) <= BUDGET, len(queries)


BUDGET = 70


def page(scene: Returning, user: object, name: str, **args: object) -> tuple[Client, str]:
    client = Client()
    client.force_login(user)
    return client, reverse(f"orders:{name}", kwargs=args)


def test_a_return_over_two_orders_on_the_pages() -> None:
    """People without an ERP do the same by hand, from the request to the inspection."""
    scene = returning("1")
    lines = [scene.line(pieces=4) for _ in range(2)]
    client, url = page(scene, scene.buyer, "return-new")
    assert lines[0].product.code in client.get(url).content.decode()
    typed = {f"pieces-{one.pk}": 2 for one in lines} | {f"reason-{one.pk}": "unsold" for one in lines}
    typed |= {f"condition-{one.pk}": "unopened" for one in lines}
    preview = client.post(reverse("orders:return-preview"), typed)
    assert preview.status_code == 200
    assert not Return.objects.exists()
    wrong = client.post(url, {**typed, f"pieces-{lines[1].pk}": 5})
    assert wrong.status_code == 400
    assert client.post(url, typed).status_code == 302
    made = Return.objects.get()
    assert made.status == ReturnStatus.AUTHORISED
    detail = client.get(made.get_absolute_url()).content.decode()
    assert lines[0].order.number in detail
    assert lines[1].order.number in detail
    client.post(reverse("orders:return-send", args=[made.number]), {"tracking_number": "SF2"})
    keeper, url = page(scene, scene.keeper, "return-receive", number=made.number)
    assert keeper.get(url).status_code == 200
    came = {f"line-{line.pk}": 2 for line in made.lines.all()}
    assert keeper.post(url, {"warehouse": scene.returns.pk, **came}).status_code == 302
    url = reverse("orders:return-inspect", args=[made.number])
    assert keeper.get(url).status_code == 200
    said = {f"restocked-{line.pk}": 2 for line in made.lines.all()}
    short = keeper.post(url, {"warehouse": scene.shop.pk, **said, f"restocked-{made.lines.first().pk}": 1})
    assert short.status_code == 400
    assert keeper.post(url, {"warehouse": scene.shop.pk, **said}).status_code == 302
    made.refresh_from_db()
    assert (made.status, made.total_amount) == (ReturnStatus.INSPECTED, Decimal("100.0000"))
    assert made.number in client.get(reverse("orders:returns")).content.decode()
    tab = reverse("accounts:distributor", args=[scene.distributor.code])
    assert made.number in keeper.get(tab, {"tab": "returns"}).content.decode()
