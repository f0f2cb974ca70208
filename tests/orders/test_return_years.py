"""The return rate by agreement year: goods of one year that come back in the next; and what is printed and offered."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from orders.papers.selectors.return_labels import return_label_of
from orders.returns.enums import ReturnReason, ReturnStatus
from orders.returns.models import Return
from orders.returns.selectors.room import ReturnRoom, return_room
from orders.returns.services.requesting import AskedGoods, request_return
from tests.orders.returning import Returning, returning

pytestmark = pytest.mark.django_db

LAST_DAY, FIRST_DAY = date(2026, 11, 30), date(2026, 12, 1)


def of_december() -> Returning:
    """An agreement whose years begin on 1 December, with a rate of 5 %."""
    return returning(starts_on=date(2025, 12, 1))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)


def room_on(scene: Returning, day: date) -> ReturnRoom:
    found = return_room(seller_id=scene.agreement.company_id, buyer_id=scene.distributor.pk, day=day)
    assert found is not None
    return found


def ask_on(scene: Returning, day: date, pieces: int) -> Return:
    goods = [AskedGoods(order_line_id=scene.lines[0].pk, pieces=pieces, reason=ReturnReason.UNSOLD)]
    return request_return(distributor_id=scene.distributor.pk, goods=goods, actor=scene.buyer, now=at(day))


def test_goods_of_last_year_use_the_room_of_this_one() -> None:
    """What was sold before the new year would come back under the quota of a year that is over, or of none."""
    scene = of_december()
    scene.line(pieces=100, net="1000", received_at=at(LAST_DAY))
    old, new = room_on(scene, LAST_DAY), room_on(scene, FIRST_DAY)
    assert (old.starts_on, old.ends_on, new.starts_on) == (date(2025, 12, 1), LAST_DAY, FIRST_DAY)
    assert (old.received, old.left) == (Decimal(1000), Decimal(50))
    assert (new.received, new.left) == (Decimal(0), Decimal(0))

    assert ask_on(scene, LAST_DAY, 3).status == ReturnStatus.AUTHORISED
    late = ask_on(scene, FIRST_DAY, 1)
    assert (late.status, late.broken_rules[0]["code"]) == (ReturnStatus.REQUESTED, "room")
    assert room_on(scene, LAST_DAY).left == Decimal(20)

    scene.line(pieces=100, net="400", received_at=at(FIRST_DAY))
    assert room_on(scene, FIRST_DAY).left == Decimal(20)
    assert ask_on(scene, FIRST_DAY + timedelta(days=1), 2).status == ReturnStatus.AUTHORISED
    assert (room_on(scene, LAST_DAY).left, room_on(scene, FIRST_DAY).left) == (Decimal(20), Decimal(0))


def test_the_label_names_the_return_for_a_scanner() -> None:
    """A box would arrive of which nobody knows whose it is and why."""
    scene = returning()
    document = scene.ask_for(scene.line(pieces=20, net="200"), 4, ReturnReason.RECALL)
    label = return_label_of(Return.objects.select_related("company", "distributor", "warehouse").get(pk=document.pk))
    assert (label.barcode, label.qr, label.number) == (document.number,) * 3
    assert label.sender.name == scene.distributor.display_name
    assert label.fields[0].value == "4"


def test_the_label_is_printed_from_the_page_and_by_the_api() -> None:
    """The box would be written on by hand."""
    scene = returning()
    document = scene.ask_for(scene.line(pieces=20, net="200"), 4, ReturnReason.RECALL)
    client = Client()
    client.force_login(scene.buyer)
    page = client.get(document.get_absolute_url()).content.decode()
    address = reverse("orders:return-print", args=[document.number]) + "?size=label"
    assert address in page
    for url in (address, reverse("api:returns-pdf", kwargs={"number": document.number}) + "?size=label"):
        answer = client.get(url)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_the_order_offers_to_return_its_goods() -> None:
    """The distributor would look for the order once more in a form."""
    scene = returning()
    line, other = scene.line(pieces=20, net="200"), scene.line(pieces=5, net="50")
    client = Client()
    client.force_login(scene.buyer)
    page = client.get(line.order.get_absolute_url()).content.decode()
    address = reverse("orders:return-new", query={"order": line.order.number, "for": scene.distributor.code})
    assert address.replace("&", "&amp;") in page
    form = client.get(address).content.decode()
    assert (f"pieces-{line.pk}" in form, f"pieces-{other.pk}" in form) == (True, False)
    scene.ask_for(line, 20, ReturnReason.RECALL)
    assert "/returns/new/" not in client.get(line.order.get_absolute_url()).content.decode()
