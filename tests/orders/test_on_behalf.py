"""A manager orders for a distributor, who sees it as its own; the history says who, and for whom."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import TokenScope
from core.errors import NotAllowed, NotVisible
from core.models import Event
from orders.models import Order
from orders.ordering.enums import OrderStatus
from orders.ordering.services.placing import place_order
from tests.factories.accounts import (
    ApiTokenFactory,
    DirectorFactory,
    GrantFactory,
    ManagerFactory,
    WarehouseUserFactory,
)
from tests.orders.people import stage

pytestmark = pytest.mark.django_db


def test_a_manager_orders_on_behalf_of_the_distributors_he_answers_for(client: Client) -> None:
    """Ordering for those who phone is a manager's daily work; nobody orders for others unseen, or for anybody's distributor."""
    scene = stage(products=2)
    distributor, product = scene.shop.distributor, scene.shop.products[0]
    entry = f"{reverse('orders:entry')}?for={distributor.code}"
    client.force_login(scene.manager)
    assert entry in client.get(distributor.get_absolute_url()).content.decode()
    assert client.get(reverse("orders:entry")).headers["Location"] == reverse("accounts:distributors")
    client.post(f"{reverse('orders:entry-add')}?for={distributor.code}", {"q": product.code, "quantity": "3"})
    draft = Order.objects.get(status=OrderStatus.DRAFT)
    assert (draft.distributor, draft.created_by) == (distributor, scene.manager)
    page = client.get(entry)
    assert distributor.display_name in page.context["page_title"]
    assert page.context["order_entry"].order == draft
    other = ManagerFactory.create()
    for somebody, sees in (
        (scene.buyer, True),
        (scene.manager, True),
        (DirectorFactory.create(), False),
        (other, False),
    ):
        assert Order.objects.visible_to(somebody).filter(pk=draft.pk).exists() == sees
    form = page.context["order_entry"]
    sent = {"draft": draft.reference, "version": draft.version, "key": "k", "agreed_total": form.agreed_total}
    placed = client.post(f"{reverse('orders:entry-place')}?for={distributor.code}", sent, follow=True)
    order = Order.objects.get(pk=draft.pk)
    assert order.status == OrderStatus.SUBMITTED
    assert f"on behalf of {distributor.display_name}" in placed.content.decode()
    event = Event.objects.get(kind="order.submitted")
    assert (event.actor, event.data["ordered_for"]) == (scene.manager, distributor.display_name)
    client.force_login(other)
    assert client.get(entry).status_code == 404
    client.force_login(WarehouseUserFactory.create())
    assert client.get(entry).status_code == 403


def test_over_the_api_too_and_never_beyond_the_permission(client: Client) -> None:
    """An ERP of the brand orders for a distributor by the same rule; an idle manager's token orders for nobody."""
    scene = stage(products=1)
    token = ApiTokenFactory.create(user=scene.manager, scope=TokenScope.ORDER).secret
    body = {
        "distributor": scene.shop.distributor.code,
        "lines": [{"product": scene.shop.products[0].code, "quantity": 2}],
        "submit": True,
    }
    headers = {"Authorization": f"Token {token}", "Idempotency-Key": "k"}
    answer = client.post("/api/v1/orders/", body, content_type="application/json", headers=headers)
    assert answer.status_code == 201, answer.content
    arguments = {"distributor_id": scene.shop.distributor.pk, "lines": scene.shop.wishes(2), "now": timezone.now()}
    assert place_order(actor=scene.manager, **arguments).number
    with pytest.raises(NotVisible):
        place_order(actor=ManagerFactory.create(), **arguments)
    with pytest.raises(NotAllowed):
        place_order(actor=WarehouseUserFactory.create(), **arguments)
    GrantFactory.create(person=scene.manager, role="", permission="orders.place_for", is_allowed=False)
    with pytest.raises(NotAllowed):
        place_order(actor=type(scene.manager).objects.get(pk=scene.manager.pk), **arguments)
