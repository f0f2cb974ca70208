"""Drop shipment: whoever gets the goods counts them, without any price; they are in its stock, and nobody else's."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from company.models import Company
from core.errors import NotAllowed, NotVisible
from core.models import Event
from core.registry import registry
from core.subjects import visible_subjects
from inventory.models import LotStock, Stock
from inventory.services.lots import GivenLot
from inventory.services.stock_moves import receive_stock
from inventory.services.tracking import set_tracking
from orders.fulfilment.claims.enums import ClaimOutcome
from orders.fulfilment.claims.services.deciding import Decision, decide_claim
from orders.fulfilment.claims.services.surplus import settle_surplus
from orders.fulfilment.selectors.lot_holders import whereabouts_of
from orders.fulfilment.services.delivering import deliver_shipment
from orders.fulfilment.services.recalling import recall_lot
from orders.fulfilment.services.receiving import ReceivedLine, UnorderedGoods, receive_shipment
from orders.fulfilment.services.receiving_by_itself import receive_by_itself
from orders.fulfilment.services.shipping import ship_order
from orders.models import DeliveryClaim, Order, Shipment
from orders.ordering.services.approval import approve_order
from tests.factories.accounts import AdministratorFactory, KeeperFactory
from tests.factories.inventory import WarehouseFactory
from tests.orders.clock import NOW
from tests.orders.dropping import DropStage, drop_stage
from tests.orders.refusals import refused
from tests.orders.test_api_orders import caller
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> DropStage:
    """Both distributors keep their stock here."""
    made = drop_stage()
    WarehouseFactory.create(distributor=made.buyer)
    WarehouseFactory.create(distributor=made.below)
    return made


def sent(scene: DropStage, order: Order) -> Shipment:
    approve_order(order_id=order.pk, actor=scene.people.manager, now=NOW)
    return ship_order(order_id=order.pk, actor=scene.people.warehouse, now=NOW)


def lies_with(distributor: Any) -> dict[str, int]:
    rows = Stock.objects.filter(warehouse__distributor=distributor, on_hand__gt=0)
    return dict(rows.values_list("product__code", "on_hand"))


def whole() -> None:
    assert offending_rows(registry.invariants) == {}


def test_the_sub_distributor_receives_and_has_the_goods(scene: DropStage) -> None:
    """Goods would be in the books of the distributor, which never saw them."""
    shipment = sent(scene, scene.placed_below())
    receive_shipment(shipment_id=shipment.pk, actor=scene.below_keeper, now=NOW)
    codes = {product.code for product in scene.people.shop.products}
    assert (lies_with(scene.below), lies_with(scene.buyer)) == (dict.fromkeys(codes, 5), {})
    order = Order.objects.get(pk=shipment.order_id)
    assert order.status == "received"
    event = Event.objects.get(kind="order.received", subject_id=order.pk)
    assert (event.distributor_id, event.actor_id) == (scene.buyer.pk, scene.below_keeper.pk)
    whole()


def test_the_distributor_may_receive_for_the_sub_distributor(scene: DropStage) -> None:
    """An order would stay open because the sub-distributor does not use the program."""
    shipment = sent(scene, scene.placed_below())
    receive_shipment(shipment_id=shipment.pk, actor=scene.people.keeper, now=NOW)
    assert set(lies_with(scene.below).values()) == {5}
    assert lies_with(scene.buyer) == {}


def test_goods_of_an_outlet_are_in_no_stock_of_the_channel(scene: DropStage) -> None:
    """The distributor would be shown goods that its shop has sold."""
    shipment = sent(scene, scene.placed_for_outlet())
    with refused(NotVisible):
        receive_shipment(shipment_id=shipment.pk, actor=scene.below_keeper, now=NOW)
    line = shipment.lines.first()
    assert line is not None
    receive_shipment(
        shipment_id=shipment.pk, actor=scene.people.keeper, now=NOW,
        lines={line.pk: ReceivedLine(quantity=3, damaged=2)},
    )  # fmt: skip
    assert (lies_with(scene.buyer), lies_with(scene.below)) == ({}, {})
    assert DeliveryClaim.objects.get().lines.get().block is None
    whole()


def test_nobody_else_receives(scene: DropStage) -> None:
    """A stranger could say that goods have come."""
    shipment = sent(scene, scene.placed_below())
    for stranger in (KeeperFactory.create(), scene.people.manager):
        with refused(NotVisible if stranger.distributor_id else NotAllowed):
            receive_shipment(shipment_id=shipment.pk, actor=stranger, now=NOW)
    own = sent(scene, scene.placed())
    with refused(NotVisible):
        receive_shipment(shipment_id=own.pk, actor=scene.below_keeper, now=NOW)
    assert not Stock.objects.filter(warehouse__distributor__isnull=False, on_hand__gt=0).exists()


def test_a_difference_is_a_claim_and_its_re_shipment_goes_to_the_sub_distributor_again(scene: DropStage) -> None:
    """What was missing at the sub-distributor would be sent to somebody else, or damaged goods be free to sell."""
    shipment = sent(scene, scene.placed_below(10))
    first, second = shipment.lines.order_by("pk")
    receive_shipment(
        shipment_id=shipment.pk,
        actor=scene.below_keeper,
        now=NOW,
        lines={
            first.pk: ReceivedLine(quantity=7, kind="short"),
            second.pk: ReceivedLine(quantity=8, damaged=2),
        },
        unordered=[UnorderedGoods(product_id=first.order_line.product_id, quantity=1)],
    )
    claim = DeliveryClaim.objects.get(shipment=shipment)
    assert claim.distributor == scene.buyer
    stock = Stock.objects.get(warehouse__distributor=scene.below, product=second.order_line.product)
    assert (stock.on_hand, stock.blocked) == (10, 2)
    lines = {line.kind: line for line in claim.lines.all()}
    decide_claim(
        claim_id=claim.pk, actor=scene.people.manager, now=NOW,
        decisions=[
            Decision(line_id=lines["missing"].pk, outcome=ClaimOutcome.RESHIP, cause="carrier"),
            Decision(line_id=lines["damaged"].pk, outcome=ClaimOutcome.REFUSE, reason="packed well"),
        ],
    )  # fmt: skip
    settle_surplus(
        claim_id=claim.pk, actor=scene.people.keeper, now=NOW,
        decisions=[Decision(line_id=lines["surplus"].pk, outcome=ClaimOutcome.ACCEPT)],
    )  # fmt: skip
    again = Order.objects.get(type__code="replacement")
    assert (again.distributor, again.consignee) == (scene.buyer, scene.below)
    assert again.ship_to["city"] == "Bonn"
    second_shipment = ship_order(order_id=again.pk, actor=scene.people.warehouse, now=NOW)
    receive_shipment(shipment_id=second_shipment.pk, actor=scene.below_keeper, now=NOW)
    claim.refresh_from_db()
    assert claim.status == "closed"
    assert sorted(lies_with(scene.below).values()) == [10, 11]
    assert lies_with(scene.buyer) == {}
    whole()


def test_receipt_by_itself_puts_the_goods_where_they_are(scene: DropStage) -> None:
    """Goods nobody counted would enter the stock of the distributor."""
    for order in (scene.placed_below(), scene.placed_for_outlet()):
        earlier = NOW - timedelta(days=3)
        deliver_shipment(shipment_id=sent(scene, order).pk, actor=scene.people.warehouse, now=earlier)
    Company.objects.update(receipt_days=3)
    assert receive_by_itself(now=NOW) == 2
    assert set(lies_with(scene.below).values()) == {5}
    assert lies_with(scene.buyer) == {}
    whole()


def test_a_recall_reaches_whoever_has_the_goods(scene: DropStage) -> None:
    """The sub-distributor would go on selling goods that make people ill."""
    product = scene.people.shop.products[0]
    boss: Any = AdministratorFactory.create()
    set_tracking(product_id=product.pk, tracks_lots=True, tracks_serials=False, actor=boss, now=NOW)
    receive_stock(
        warehouse_id=scene.people.shop.warehouse.pk, product_ids=[product.pk], quantities=[50], reference="GR", actor=None,
        lots=[GivenLot(code="L1", expires_on=timezone.localdate(NOW) + timedelta(days=90))],
    )  # fmt: skip
    shipments = [sent(scene, order) for order in (scene.placed_below(), scene.placed_for_outlet(3))]
    receive_shipment(shipment_id=shipments[0].pk, actor=scene.below_keeper, now=NOW)
    lot = LotStock.objects.get(warehouse__distributor=scene.below, on_hand__gt=0).lot
    assert lot.code == "L1"
    found = {one.distributor: one for one in whereabouts_of(lot, scene.people.manager).holders} | {
        one.distributor: one for one in whereabouts_of(lot, boss).holders
    }
    assert (found[scene.below].shipped, found[scene.below].in_stock, found[scene.below].outlets) == (5, 5, [])
    assert (found[scene.buyer].shipped, found[scene.buyer].in_stock) == (3, 0)
    assert found[scene.buyer].outlets == [scene.outlet]
    with transaction.atomic():
        recall_lot(lot_id=lot.pk, reason="Glass", actor=boss, now=NOW)
    told = {event.distributor_id: event for event in Event.objects.filter(kind="lot.recall_told")}
    assert told.keys() == {scene.below.pk, scene.buyer.pk}
    assert told[scene.below.pk].subject_type == "drop_shipment"
    assert scene.outlet.code in told[scene.buyer.pk].data["reason"]


def test_its_people_are_told_and_led_to_the_shipment(scene: DropStage) -> None:
    """The sub-distributor would wait at a closed ramp, or the message lead to an order that it may not see."""
    shipment = sent(scene, scene.placed_below())
    event = Event.objects.get(kind="order.drop_shipped")
    assert (event.distributor_id, event.subject_id) == (scene.below.pk, shipment.pk)
    link = visible_subjects([(event.subject_type, event.subject_id)], actor=scene.below_keeper)
    assert [one.address for one in link.values()] == [reverse("orders:drop-shipment", args=[shipment.number])]
    assert visible_subjects([(event.subject_type, event.subject_id)], actor=KeeperFactory.create()) == {}
    assert not set(event.data) & {"net_amount", "currency", "order"}


MONEY = ("unit_price", "net_amount", "gross_amount", "total_amount", "discount_amount", "currency")


def test_the_sub_distributor_reads_no_price_anywhere(scene: DropStage, client: Client) -> None:
    """It would learn what its supplier pays."""
    order = scene.placed_below()
    shipment = sent(scene, order)
    line = order.lines.first()
    assert line is not None
    amounts = {f"{line.unit_price:.2f}", f"{order.net_amount:.2f}", f"{line.net_amount:.2f}"}
    client.force_login(scene.below_keeper)
    pages = [
        reverse("orders:drop-shipments"),
        reverse("orders:drop-shipment", args=[shipment.number]),
        reverse("orders:drop-shipment-receive", args=[shipment.number]),
    ]
    for url in pages:
        reply = client.get(url)
        assert reply.status_code == 200, url
        page = reply.content.decode()
        assert shipment.number in page
        assert not any(amount in page for amount in amounts), url
        assert order.get_absolute_url() not in page, url
    call = caller(scene.below_keeper)
    for path in ("drop-shipments/", f"drop-shipments/{shipment.number}/", f"drop-shipments/{shipment.number}/lots/"):
        reply = call("get", path)
        assert reply.status_code == 200, path
        text = reply.content.decode()
        assert not any(name in text for name in MONEY), path
        assert not any(amount in text for amount in amounts), path
    assert (
        client.get(reverse("orders:print-shipment", args=[shipment.number]), {"kind": "delivery_note"}).status_code
        == 404
    )
    for path in (
        f"orders/{order.number}/",
        f"shipments/{shipment.number}/",
        f"shipments/{shipment.number}/pdf/?kind=delivery_note",
    ):
        assert call("get", path).status_code == 404, path


def test_it_receives_by_page_and_by_api(scene: DropStage, client: Client) -> None:
    """A shortage could not be said where it is seen."""
    shipments = [sent(scene, scene.placed_below()) for _ in range(2)]
    client.force_login(scene.below_keeper)
    assert shipments[0].number in client.get(reverse("home")).content.decode()
    first, second = shipments[0].lines.order_by("pk")
    body = {f"quantity-{first.pk}": "4", f"kind-{first.pk}": "short", f"quantity-{second.pk}": "5"}
    url = reverse("orders:drop-shipment-receive", args=[shipments[0].number])
    reply = client.post(url, {**body, f"kind-{first.pk}": ""})
    assert reply.status_code == 400
    reply = client.post(url, body)
    assert reply.status_code == 302, reply.content
    claim = DeliveryClaim.objects.get()
    page = client.get(reverse("orders:drop-shipment", args=[shipments[0].number])).content.decode()
    assert str(claim) in page
    assert client.get(claim.get_absolute_url()).status_code == 404
    assert client.get(url).status_code == 409
    call = caller(scene.below_keeper)
    reply = call("post", f"drop-shipments/{shipments[1].number}/receive/", {"lines": []})
    assert (reply.status_code, reply.json()["status"]) == (200, "received")
    assert call("post", f"drop-shipments/{shipments[1].number}/receive/", {"lines": []}).status_code == 409


def test_what_was_dropped_at_a_sub_distributor_is_sold_to_nobody_twice(scene: DropStage) -> None:
    """The days of cover of the distributor would be counted with goods that it never had."""
    from orders.ordering.services.sell_in import count_sell_in

    receive_shipment(shipment_id=sent(scene, scene.placed_below()).pk, actor=scene.below_keeper, now=NOW)
    count_sell_in(today=timezone.localdate(NOW))
    product = scene.people.shop.products[0]
    stock = Stock.objects.filter(product=product, warehouse__distributor=scene.buyer)
    assert not stock.filter(sold_in__gt=0).exists()
    assert Stock.objects.get(product=product, warehouse__distributor=scene.below).sold_in == 5
