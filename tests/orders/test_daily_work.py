"""What the people of an order do every day: order again, reject, remind, receive their own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Event
from inventory.models import Reservation
from messaging.models import Notification
from messaging.services.notifications import notify
from orders.fulfilment.services.receiving import receive_order
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order
from orders.ordering.enums import Lateness, OrderEvent, OrderStatus
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import reject_order
from orders.tracking.services.reminding import remind_of_order
from tests.factories.accounts import KeeperFactory, OwnerFactory
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db


def _late(people: Stage, *, approved: bool = False) -> Order:
    placed = people.placed()
    if approved:
        approve_order(order_id=placed.id, actor=people.manager, now=timezone.now())
    day = timezone.localdate() - timedelta(days=10)
    Order.objects.filter(pk=placed.id).update(lateness=Lateness.LATE, promised_on=day)
    return Order.objects.get(pk=placed.id)


def test_any_earlier_order_is_found_by_number_or_month_and_says_what_is_short(client: Client) -> None:
    """Last month's order stood nowhere, because only the last ten were listed."""
    people = stage()
    old, new = people.placed(5), people.placed(2)
    day = timezone.localdate().replace(day=1) - timedelta(days=40)
    Order.objects.filter(pk=old.id).update(ordered_on=day, ordered_at=timezone.now() - timedelta(days=70))
    stock = people.shop.stock_of(people.shop.products[0])
    stock.on_hand = stock.reserved + 3
    stock.save()
    client.force_login(people.buyer)
    address = reverse("orders:entry-again")
    by_month = client.get(address, {"q": f"{day:%Y-%m}"}).content.decode()
    assert old.number in by_month
    assert new.number not in by_month
    assert "1 product short" in by_month
    by_number = client.get(address, {"q": new.number.lower()}).content.decode()
    assert new.number in by_number
    assert old.number not in by_number
    assert "product short" not in by_number


def test_a_list_orders_again_by_one_press(client: Client) -> None:
    """Seven clicks for last month's order."""
    people = stage()
    placed = people.placed(5)
    again = reverse("orders:order-again", args=[placed.number])
    client.force_login(people.buyer)
    assert f'formaction="{again}"' in client.get(reverse("orders:list")).content.decode()
    client.post(again)
    assert Order.objects.get(status=OrderStatus.DRAFT).lines.count() == 2
    client.force_login(people.manager)  # who orders on behalf of it
    assert f'formaction="{again}"' in client.get(reverse("orders:list")).content.decode()
    client.force_login(people.warehouse)
    assert again not in client.get(reverse("orders:list")).content.decode()


def test_a_manager_rejects_with_a_reason_beside_approving(client: Client) -> None:
    """An order that nobody wants would wait for ever, or be "cancelled" as if the buyer had asked for it."""
    people = stage()
    placed = people.placed()
    client.force_login(people.manager)
    assert (
        reverse("orders:reject", args=[placed.number])
        in client.get(reverse("orders:order", args=[placed.number])).content.decode()
    )
    with pytest.raises(InvalidInput):
        reject_order(order_id=placed.id, actor=people.manager, now=timezone.now(), reason=" ")
    with pytest.raises(NotAllowed):
        reject_order(order_id=placed.id, actor=people.buyer, now=timezone.now(), reason="No")
    client.post(reverse("orders:reject", args=[placed.number]), {"reason": "Out of season"})
    order = Order.objects.get()
    assert (order.status, order.cancel_reason) == (OrderStatus.CANCELLED, "Out of season")
    assert not Reservation.objects.filter(quantity__gt=0).exists()
    event = Event.objects.get(kind=OrderEvent.REJECTED)
    notify([event])
    assert Notification.objects.filter(event=event, recipient=people.buyer).exists()


def test_a_late_order_says_why_since_when_and_who_acts(client: Client) -> None:
    """“See why” showed no reason, and nobody to turn to."""
    people = stage()
    order = _late(people, approved=True)
    client.force_login(people.buyer)
    page = client.get(order.get_absolute_url()).content.decode()
    assert "10 days late. Approved on" in page
    assert f"{people.shop.warehouse.display_name} is responsible." in page


@pytest.mark.parametrize(("approved", "told"), [(False, "manager"), (True, "warehouse")])
def test_who_acts_is_reminded_one_time_a_day(client: Client, *, approved: bool, told: str) -> None:
    """A buyer with a late order could do nothing but telephone."""
    people = stage()
    order = _late(people, approved=approved)
    client.force_login(people.buyer)
    address = reverse("orders:act", args=[order.number, "remind"])
    assert address in client.get(order.get_absolute_url()).content.decode()
    client.post(address)
    (event,) = Event.objects.filter(kind__startswith="order.reminded")
    notify([event])
    assert set(Notification.objects.filter(event=event).values_list("recipient", flat=True)) == {
        getattr(people, told).pk
    }
    assert address not in client.get(order.get_absolute_url()).content.decode()
    with pytest.raises(Conflict):
        remind_of_order(order_id=order.pk, actor=people.manager, now=timezone.now())
    tomorrow = timezone.now() + timedelta(days=1)
    remind_of_order(order_id=order.pk, actor=people.manager, now=tomorrow)


def test_nobody_is_reminded_of_what_is_not_late() -> None:
    """Reminders that mean nothing are not read."""
    people = stage()
    with pytest.raises(Conflict):
        remind_of_order(order_id=people.placed().id, actor=people.buyer, now=timezone.now())


def test_goods_of_the_sub_network_are_theirs_to_receive(client: Client) -> None:
    """A keeper had eight receipts of other companies among thirteen."""
    people = stage()
    distributor = people.shop.distributor
    above = OwnerFactory.create()
    distributor.parent = above.distributor
    distributor.save()
    keeper = KeeperFactory.create(distributor=above.distributor)
    order = approve_order(order_id=people.placed().id, actor=people.manager, now=timezone.now())
    ship_order(order_id=order.pk, actor=people.warehouse, now=timezone.now())

    with pytest.raises(NotAllowed):
        receive_order(order_id=order.pk, actor=keeper, now=timezone.now())
    client.force_login(keeper)
    assert order.number not in client.get(reverse("home")).content.decode()
    listed = reverse("orders:list")
    assert order.number not in client.get(listed, {"is_sub_network": "false"}).content.decode()
    assert order.number in client.get(listed, {"is_sub_network": "true"}).content.decode()
    assert reverse("orders:receive", args=[order.number]) not in client.get(order.get_absolute_url()).content.decode()
    assert receive_order(order_id=order.pk, actor=people.keeper, now=timezone.now()).status == OrderStatus.RECEIVED


def test_orders_are_sorted_by_promised_day_and_amount(client: Client) -> None:
    """A warehouse looked for what is due first, line by line."""
    people = stage()
    small, large = people.placed(1), people.placed(9)
    Order.objects.filter(pk=small.id).update(promised_on=timezone.localdate() + timedelta(days=30))
    client.force_login(people.manager)

    def listed(sort: str) -> list[str]:
        page = client.get(reverse("orders:list"), {"sort": sort}).content.decode()
        return sorted((small.number, large.number), key=page.index)

    assert listed("promised_on") == [large.number, small.number]
    assert listed("-net_amount") == [large.number, small.number]
    assert listed("net_amount") == [small.number, large.number]


def test_receiving_asks_for_a_reason_where_the_number_differs(client: Client) -> None:
    """Seven lines showed fourteen fields."""
    people = stage()
    order = approve_order(order_id=people.placed().id, actor=people.manager, now=timezone.now())
    ship_order(order_id=order.pk, actor=people.warehouse, now=timezone.now())
    client.force_login(people.keeper)
    address = reverse("orders:receive", args=[order.number])
    page = client.get(address).content.decode()
    assert page.count("not-needed") == 2
    assert "expected 5" in page
    names = [name for name in client.get(address).context["form"].fields if name.startswith("quantity-")]
    sent = {names[0]: "4", names[1]: "5"}
    short = client.post(address, sent)
    assert (short.status_code, short.content.decode().count("not-needed")) == (400, 1)


def test_cancelling_has_no_two_buttons_named_cancel(client: Client) -> None:
    """“Cancel the order” stood beside “Cancel”."""
    people = stage()
    client.force_login(people.buyer)
    page = client.get(reverse("orders:cancel", args=[people.placed().number])).content.decode()
    assert "Confirm cancellation" in page
    assert "Back to the order" in page


def test_a_problem_left_leads_to_it(client: Client) -> None:
    """“1 problem left” was a button that could not be pressed, and the wrong line was below the fold."""
    people = stage(on_hand=3)
    client.force_login(people.buyer)
    fine, wrong = people.shop.products
    client.post(reverse("orders:entry-add"), {"q": fine.code, "quantity": "1"})
    client.post(reverse("orders:entry-add"), {"q": wrong.code, "quantity": "50"})
    page = client.get(reverse("orders:entry")).content.decode()
    assert "data-first-problem" in page
    assert page.index(f"line-{wrong.pk}") < page.index(f"line-{fine.pk}")
