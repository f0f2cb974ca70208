"""What a distributor orders again and again: templates by name, and favourites, by page and API."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import TokenScope
from core.models import Event
from orders.models import Order, OrderTemplate
from orders.ordering.enums import OrderStatus
from tests.factories.accounts import ApiTokenFactory, OwnerFactory
from tests.orders.people import stage

pytestmark = pytest.mark.django_db


def test_a_draft_becomes_a_template_and_the_template_a_draft(client: Client) -> None:
    """Who types the same forty lines every week orders elsewhere; the same name twice in two spellings is one template."""
    scene = stage(products=3)
    first, second, third = scene.shop.products
    client.force_login(scene.buyer)
    client.post(reverse("orders:entry-set"), {f"quantity-{first.pk}": "6", f"quantity-{second.pk}": "4"})
    client.post(reverse("orders:entry-template-save"), {"name": "Weekly order"})
    template = OrderTemplate.objects.get()
    assert (str(template), Event.objects.get(kind="order_template.saved").data["note"]) == ("Weekly order",) * 2
    client.post(reverse("orders:entry-set"), {f"quantity-{first.pk}": "8"})
    client.post(reverse("orders:entry-template-save"), {"name": "ＷＥＥＫＬＹ order "})
    assert [(line.product, line.units) for line in OrderTemplate.objects.get().lines.all()] == [
        (first, 8),
        (second, 4),
    ]
    client.post(reverse("orders:entry-discard"))
    client.post(reverse("orders:entry-template-save"), {"name": "Empty"})
    assert OrderTemplate.objects.count() == 1
    page = client.get(reverse("orders:entry-templates"))
    assert [row.line_count for row in page.context["templates"]] == [2]
    client.post(reverse("orders:entry-template", args=[template.pk]), {"ticked": "1", "ids": [second.pk]})
    client.post(reverse("orders:entry-template", args=[template.pk]))
    draft = Order.objects.get(status=OrderStatus.DRAFT)
    assert dict(draft.lines.values_list("product", "ordered")) == {first.pk: 8, second.pk: 8}
    for expected in ({third.pk}, set()):
        client.post(reverse("orders:entry-favourite"), {"product": third.pk, "quantity": "2"})
        assert client.get(reverse("orders:entry-catalogue")).context["order_entry"].favourites == expected
    stranger = Client()
    stranger.force_login(OwnerFactory.create())
    assert stranger.post(reverse("orders:entry-template-remove", args=[template.pk])).status_code == 404
    client.post(reverse("orders:entry-template-remove", args=[template.pk]))
    assert not OrderTemplate.objects.exclude(name="").exists()


def test_templates_over_the_api(client: Client) -> None:
    """An ERP keeps them too, by codes; a wrong code names its line."""
    scene = stage(products=2)
    token = ApiTokenFactory.create(user=scene.buyer, scope=TokenScope.ORDER).secret

    def ask(method: str, path: str, **body: object) -> tuple[int, dict[str, object]]:
        headers = {"Authorization": f"Token {token}"}
        answer = client.generic(
            method, f"/api/v1/order-templates/{path}", json.dumps(body), "application/json", headers=headers
        )
        return answer.status_code, answer.json() if answer.content else {}

    first, second = scene.shop.products
    status, made = ask("POST", "", name="Weekly", lines=[{"product": first.code.lower(), "quantity": 12}])
    assert (status, made["lines"][0]["quantity"]) == (201, 12)  # type: ignore[index]  # of a JSON answer
    assert ask("POST", "", name=" weekly", lines=[{"product": first.code, "quantity": 1}])[0] == 409
    status, wrong = ask("POST", "", name="New", lines=[{"product": "NOTHING", "quantity": 1}])
    assert (status, wrong["errors"][0]["attr"]) == (400, "lines.0.product")  # type: ignore[index]  # of a JSON answer
    assert (
        ask("PUT", f"{made['id']}/", name="Monthly", lines=[{"product": second.code, "quantity": 3}])[1]["name"]
        == "Monthly"
    )
    assert ask("DELETE", f"{made['id']}/")[0] == 204
    assert not OrderTemplate.objects.exists()
