"""The admin over orders: administrators look, search and approve; nobody edits a ledger."""

import pytest
from django.test import Client
from django.urls import reverse

from orders.fulfilment.services.shipping import ship_order
from orders.models import Order
from orders.ordering.enums import OrderStatus
from orders.ordering.services.approval import approve_order
from tests.factories.accounts import AdministratorFactory, ManagerFactory
from tests.factories.orders import CarrierFactory, ReturnedGoodsFactory, TrackingEventFactory
from tests.orders.clock import NOW
from tests.orders.people import stage

pytestmark = pytest.mark.django_db
MODELS = ("order", "orderline", "shipment", "shipmentline", "trackingevent", "carrier", "returnedgoods")


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(AdministratorFactory.create())
    return client


def test_a_buyers_formula_is_text_in_the_administrators_export(admin: Client) -> None:
    """A purchase order number is typed by somebody else, and opened in a spreadsheet here."""
    order = stage().placed()
    Order.objects.filter(pk=order.id).update(purchase_order_number="=cmd|'/C calc'!A0")
    fields = {"format": "0", "resource": "", "orderresource_purchase_order_number": "on"}
    page = admin.post(reverse("admin:orders_order_export"), fields)
    assert page["Content-Type"] == "text/csv"
    assert b"cmd|" in page.content
    assert b"=cmd|" not in page.content


def test_every_list_and_page_opens(admin: Client) -> None:
    """An administrator would meet an error page where a record is to be looked at."""
    people = stage()
    order = approve_order(order_id=people.placed().id, actor=people.manager, now=NOW)
    shipment = ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)
    TrackingEventFactory.create(shipment=shipment)
    CarrierFactory.create()
    ReturnedGoodsFactory.create()

    for model in MODELS:
        assert admin.get(reverse(f"admin:orders_{model}_changelist"), {"q": order.number}).status_code == 200
        assert admin.get(reverse(f"admin:orders_{model}_changelist")).status_code == 200, model
    page = admin.get(reverse("admin:orders_order_change", args=[order.pk]))
    assert page.status_code == 200
    assert people.shop.products[0].code in page.content.decode()
    assert admin.get(reverse("admin:orders_shipment_change", args=[shipment.pk])).status_code == 200
    assert admin.post(reverse("admin:orders_order_change", args=[order.pk]), {"note": "x"}).status_code == 403
    assert admin.get(reverse("admin:orders_order_add")).status_code == 403


def test_chosen_orders_are_approved_by_the_service(admin: Client) -> None:
    """An administrator's approval would reserve nothing and count nothing."""
    people = stage()
    fine, twice = people.placed().id, approve_order(order_id=people.placed().id, actor=people.manager, now=NOW).pk

    page = admin.post(
        reverse("admin:orders_order_changelist"), {"action": "approve", "_selected_action": [fine, twice]}, follow=True
    )

    assert Order.objects.get(pk=fine).status == OrderStatus.APPROVED
    text = page.content.decode()
    assert "1 order is approved." in text
    assert Order.objects.get(pk=twice).number in text


def test_only_administrators_come_in() -> None:
    """A manager would read every distributor's orders."""
    client = Client()
    client.force_login(ManagerFactory.create())

    assert client.get(reverse("admin:orders_order_changelist")).status_code in {302, 403, 404}
