"""The list and the page of an order, for each of the people who meet there."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import User
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order, OrderLine, Shipment
from orders.ordering.enums import Lateness, OrderStatus
from orders.ordering.services.approval import approve_order
from tests.factories.accounts import BuyerFactory, DirectorFactory
from tests.factories.orders import CarrierFactory, OrderFactory
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Stage:
    return stage()


def _as(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _page(person: Any, number: str) -> str:
    return _as(person).get(reverse("orders:order", args=[number])).content.decode()


def _approved(scene: Stage) -> Order:
    placed = scene.placed(quantity=5)
    return approve_order(order_id=placed.id, actor=scene.manager, now=timezone.now())


def _shipped(scene: Stage) -> Shipment:
    return ship_order(order_id=_approved(scene).pk, actor=scene.warehouse, now=timezone.now())


def test_each_side_sees_its_own_next_step(scene: Stage) -> None:
    """A button that answers 403 wastes a morning; a missing one stops the order."""
    number = scene.placed().number
    assert "Approve" in _page(scene.manager, number)
    buyer = _page(scene.buyer, number)
    assert "Approve</button>" not in buyer
    assert "Order again" in buyer
    assert f"Waiting for {scene.manager} to approve it." in buyer
    assert "The order is not approved yet." in _page(scene.warehouse, number)
    assert "Nothing has been shipped yet." in _page(scene.keeper, number)


def test_there_is_at_most_one_filled_button(scene: Stage) -> None:
    """The eye must find the one thing to do."""
    shipment = _shipped(scene)
    for person in (scene.buyer, scene.keeper, scene.manager, scene.warehouse):
        assert _page(person, shipment.order.number).count("btn-primary") <= 1


def test_manager_approves_with_one_press(scene: Stage) -> None:
    """The order would wait for nothing."""
    placed = scene.placed()
    manager = _as(scene.manager)
    manager.post(reverse("orders:act", args=[placed.number, "approve"]), {"version": placed.version})
    assert Order.objects.get().status == OrderStatus.APPROVED
    answer = manager.post(reverse("orders:act", args=[placed.number, "approve"]), {"version": placed.version})
    assert answer.status_code in {409, 412}
    assert "Reload" in answer.content.decode()


def test_a_hold_needs_its_reason_and_shows_it(scene: Stage) -> None:
    """The distributor would not know why nothing comes."""
    placed = scene.placed()
    manager = _as(scene.manager)
    address = reverse("orders:hold", args=[placed.number])
    assert manager.post(address, {"version": placed.version, "reason": ""}).status_code == 400
    manager.post(address, {"version": placed.version, "reason": "Invoice of March is open"})
    assert "Invoice of March is open" in _page(scene.buyer, placed.number)


def test_a_form_over_a_changed_order_keeps_what_was_typed(scene: Stage) -> None:
    """A reason typed for two minutes would be gone."""
    placed = scene.placed()
    manager = _as(scene.manager)
    address = reverse("orders:hold", args=[placed.number])
    stale = manager.post(address, {"version": placed.version - 1, "reason": "Long story"})
    assert stale.status_code == 412
    assert "Long story" in stale.content.decode()
    assert manager.post(address, {"version": stale.context["version"], "reason": "Long story"}).status_code == 302
    assert Order.objects.get().is_on_hold


def test_warehouse_ships_a_part_and_then_the_rest(scene: Stage) -> None:
    """What is there would wait for what is not."""
    order = _approved(scene)
    first, second = OrderLine.objects.filter(order=order).order_by("position")
    carrier = CarrierFactory.create()
    warehouse, address = _as(scene.warehouse), reverse("orders:ship", args=[order.number])
    text = warehouse.get(address).content.decode()
    assert f'name="quantity-{first.pk}" value="5"' in text
    sent = {"carrier": carrier.pk, "tracking_number": "T1", "expected_on": "", "version": order.version}
    warehouse.post(address, sent | {f"quantity-{first.pk}": 5, f"quantity-{second.pk}": 2})
    order.refresh_from_db()
    assert order.status == OrderStatus.PARTLY_SHIPPED
    assert "T1" in _page(scene.buyer, order.number)
    text = warehouse.get(address).content.decode()
    assert f"quantity-{first.pk}" not in text
    assert f'name="quantity-{second.pk}" value="3"' in text
    refused = warehouse.post(address, {"version": order.version, f"quantity-{second.pk}": 4, "carrier": ""})
    assert refused.status_code == 400
    warehouse.post(address, {"version": order.version, f"quantity-{second.pk}": 3, "carrier": ""})
    order.refresh_from_db()
    assert order.status == OrderStatus.SHIPPED


def test_keeper_receives_with_a_difference_and_its_reason(scene: Stage) -> None:
    """What did not come would be paid for."""
    shipment = _shipped(scene)
    order = shipment.order
    lines = list(shipment.lines.order_by("order_line__position"))
    keeper, address = _as(scene.keeper), reverse("orders:receive", args=[order.number])
    assert shipment.number in keeper.get(address).content.decode()
    order.refresh_from_db()
    sent: dict[str, Any] = {"version": order.version}
    for line in lines:
        sent |= {f"quantity-{line.pk}": line.quantity, f"kind-{line.pk}": "", f"reason-{line.pk}": ""}
    sent[f"quantity-{lines[0].pk}"] = 3
    refused = keeper.post(address, sent)
    assert refused.status_code == 400
    assert f"kind-{lines[0].pk}" in refused.context["form"].errors
    assert keeper.post(address, sent | {f"kind-{lines[0].pk}": "other"}).status_code == 400
    keeper.post(address, sent | {f"kind-{lines[0].pk}": "damaged", f"reason-{lines[0].pk}": "Two cartons wet"})
    order.refresh_from_db()
    assert order.status == OrderStatus.RECEIVED
    text = _page(scene.manager, order.number)
    assert "2 damaged" in text
    assert "Damaged, Two cartons wet" in text
    User.objects.filter(pk=scene.manager.pk).update(language="zh-hans")
    with translation.override("zh-hans"):
        assert gettext("Damaged") in _page(scene.manager, order.number)
    assert keeper.get(address).status_code == 409


def test_cancelling_asks_for_a_reason_and_tells_both_sides(scene: Stage) -> None:
    """An order that vanishes without a word is a complaint."""
    placed = scene.placed()
    buyer = _as(scene.buyer)
    buyer.post(reverse("orders:cancel", args=[placed.number]), {"version": placed.version, "reason": "Shop closed"})
    assert Order.objects.get().status == OrderStatus.CANCELLED
    assert "Shop closed" in _page(scene.manager, placed.number)


def test_order_again_opens_a_draft_with_the_same_lines(scene: Stage) -> None:
    """Most orders are last month's order again."""
    placed = scene.placed(quantity=4)
    answer = _as(scene.buyer).post(reverse("orders:order-again", args=[placed.number]))
    draft = Order.objects.get(status=OrderStatus.DRAFT)
    assert answer.url == f"{reverse('orders:entry')}?draft={draft.reference}"
    assert draft.line_count == 2
    assert _as(scene.buyer).get(reverse("orders:order", args=[draft.reference])).url == answer.url


def test_a_strangers_order_is_not_found_anywhere(scene: Stage) -> None:
    """A competitor's order is nobody's business."""
    shipment = _shipped(scene)
    stranger = _as(BuyerFactory.create())
    for name in ("order", "cancel", "receive", "order-again"):
        address = reverse(f"orders:{name}", args=[shipment.order.number])
        method = stranger.post if name == "order-again" else stranger.get
        assert method(address).status_code in {403, 404}, name
    assert stranger.get(reverse("orders:order", args=[shipment.order.number])).status_code == 404
    assert shipment.order.number not in stranger.get(reverse("orders:list")).content.decode()


def test_list_filters_by_state_lateness_and_distributor(scene: Stage) -> None:
    """The late ones must be found among thousands."""
    late = OrderFactory.create(distributor=scene.shop.distributor, lateness=Lateness.LATE)
    other = OrderFactory.create(status=OrderStatus.RECEIVED)
    director = _as(DirectorFactory.create())
    text = director.get(reverse("orders:list"), {"lateness": "late"}).content.decode()
    assert late.number in text
    assert other.number not in text
    text = director.get(reverse("orders:list"), {"status": "received"}).content.decode()
    assert late.number not in text
    text = director.get(reverse("orders:list"), {"distributor": scene.shop.distributor.code}).content.decode()
    assert late.number in text
    assert other.number not in text
    text = director.get(reverse("orders:list"), {"q": other.number.lower()}).content.decode()
    assert other.number in text
    assert late.number not in text


def test_managers_approve_what_is_ticked(scene: Stage) -> None:
    """Forty presses every morning."""
    first, second = scene.placed(), scene.placed()
    approve_order(order_id=second.id, actor=scene.manager, now=timezone.now())
    manager = _as(scene.manager)
    stranger = OrderFactory.create()
    ticked = {"ids": [first.id, second.id, stranger.pk]}
    asked = manager.post(reverse("orders:approve-ticked"), ticked)
    assert asked.status_code == 200
    text = " ".join(asked.content.decode().split())
    assert "1 order, " in text
    assert "100.00" in text  # two products at 10.00, five of each
    assert "1 ticked order is not waiting for approval" in text
    assert Order.objects.get(pk=first.id).status == OrderStatus.SUBMITTED
    answer = manager.post(reverse("orders:approve-ticked"), ticked | {"confirmed": "1"})
    text = manager.get(answer.url).content.decode()
    assert "1 order approved." in text
    assert second.number in text
    assert Order.objects.get(pk=first.id).status == OrderStatus.APPROVED
    assert Order.objects.get(pk=stranger.pk).status == OrderStatus.SUBMITTED
    assert _as(scene.buyer).post(reverse("orders:approve-ticked"), {"ids": [first.id]}).status_code == 403


def test_export_holds_exactly_what_is_filtered(scene: Stage) -> None:
    """A spreadsheet with other rows than the screen misleads."""
    placed = scene.placed()
    other = OrderFactory.create(distributor=scene.shop.distributor, status=OrderStatus.RECEIVED)
    answer = _as(scene.buyer).get(reverse("orders:list"), {"status": "submitted", "export": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert placed.number in text
    assert other.number not in text


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_cost_the_same_at_any_length(count: int, django_assert_max_num_queries: Any) -> None:
    """The page would get slower with every order."""
    scene = stage(products=count)
    shipment = _shipped(scene)
    OrderFactory.create_batch(count, distributor=scene.shop.distributor)
    client = _as(scene.manager)
    client.get(reverse("orders:list"))
    with django_assert_max_num_queries(23):
        client.get(reverse("orders:order", args=[shipment.order.number]))
    with django_assert_max_num_queries(16):
        client.get(reverse("orders:list"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sort", "index"), [("promised_on", "order_by_promised_day"), ("net_amount", "order_by_amount")]
)
@pytest.mark.parametrize("sign", ["", "-"])
def test_every_sort_of_the_list_has_its_index(sort: str, index: str, sign: str) -> None:
    """At a million orders each turn of a column's head would read and sort all of them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    rows = Order.objects.visible_to(DirectorFactory.create()).order_by(f"{sign}{sort}", f"{sign}pk")[:51]
    assert index in rows.explain()


@pytest.mark.django_db
def test_ordering_again_from_the_list_opens_the_draft(scene: Stage) -> None:
    """The buyer would be back on the list, with a draft somewhere to be looked for: two clicks more, each time."""
    placed = scene.placed()
    buyer, listed = _as(scene.buyer), f"{reverse('orders:list')}?status=submitted"
    answer = buyer.post(reverse("orders:order-again", args=[placed.number]), {"next": listed})
    draft = Order.objects.get(status=OrderStatus.DRAFT)
    assert answer.headers["Location"] == f"{reverse('orders:entry')}?draft={draft.reference}"
