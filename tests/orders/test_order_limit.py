"""A buyer orders up to a limit. Where this breaks, one click of a trainee binds the company to any amount."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Grant, User
from accounts.services.grants import limit_orders
from core.errors import NotAllowed
from orders.entry.lines import save_draft
from orders.models import Order
from orders.ordering.services.placing import place_order
from tests.factories.accounts import (
    ApiTokenFactory,
    GrantFactory,
    MembershipFactory,
    OwnerFactory,
)
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db


def limited(amount: str) -> tuple[Stage, User]:
    scene = stage()
    owner: User = OwnerFactory.create(distributor=scene.shop.distributor)
    limit_orders(actor=owner, person_id=scene.buyer.pk, amount=Decimal(amount), on=timezone.localdate())
    scene.buyer = User.objects.get(pk=scene.buyer.pk)
    return scene, owner


def total_of(scene: Stage) -> Decimal:
    return Order.objects.get(pk=scene.placed().id).net_amount


def test_beyond_the_limit_the_order_waits_for_the_owner() -> None:
    """The owner would have to place what the buyer prepared; see test_changes for what follows."""
    total = total_of(stage())
    scene, owner = limited(str(total - Decimal("0.01")))
    placed = scene.placed()
    assert (placed.is_on_hold, [problem.code for problem in placed.warnings]) == (True, ["above_limit"])
    draft = save_draft(distributor_id=scene.shop.distributor.pk, actor=scene.buyer, lines=scene.shop.wishes(5), now=NOW)
    mine = place_order(
        distributor_id=scene.shop.distributor.pk, actor=owner, lines=scene.shop.wishes(5), now=NOW, order_id=draft.pk
    )
    assert (mine.net_amount, mine.is_on_hold) == (total, False)


def test_up_to_the_limit_the_buyer_orders() -> None:
    scene, owner = limited(str(total_of(stage())))
    assert not scene.placed().is_on_hold
    limit_orders(actor=owner, person_id=scene.buyer.pk, amount=None, on=timezone.localdate())
    scene.buyer = User.objects.get(pk=scene.buyer.pk)
    assert not scene.placed(quantity=50).is_on_hold


def test_the_limit_of_one_company_is_not_that_of_another(client: Client) -> None:
    """An owner could keep somebody from buying for another company."""
    scene, _owner = limited("1")
    other = stage()
    second = MembershipFactory.create(person=scene.buyer, role=Role.BUYER, distributor=other.shop.distributor)
    person = User.objects.get(pk=scene.buyer.pk)
    person.use_membership(second.pk)
    assert person.grants == {}
    other.buyer = person
    assert not other.placed().is_on_hold
    GrantFactory.create(role="", person=person, permission="orders.place", amount_limit=Decimal(10**9))
    scene.buyer = User.objects.get(pk=scene.buyer.pk)
    assert scene.placed().is_on_hold


def test_the_api_holds_the_limit(client: Client) -> None:
    scene, _owner = limited("1")
    token = ApiTokenFactory.create(user=scene.buyer, scope="order")
    lines = [{"product": product.code, "quantity": 5} for product in scene.shop.products]
    answer = client.post(
        "/api/v1/orders/",
        {"submit": True, "lines": lines},
        content_type="application/json",
        headers={"Authorization": f"Token {token.secret}"},
    )
    assert answer.status_code == 201
    assert (answer.json()["is_on_hold"], answer.json()["warnings"][0]["code"]) == (True, "above_limit")
    owners = ApiTokenFactory.create(user=_owner, scope="order")
    number = answer.json()["number"]
    for secret, status in ((token.secret, 403), (owners.secret, 200)):
        confirmed = client.post(
            f"/api/v1/orders/{number}/confirm/", {}, content_type="application/json",
            headers={"Authorization": f"Token {secret}"},
        )  # fmt: skip
        assert confirmed.status_code == status
    assert confirmed.json()["is_on_hold"] is False


def test_who_limits_whom(client: Client) -> None:
    scene, owner = limited("100")
    stranger = OwnerFactory.create()
    for actor, person in ((scene.buyer, scene.buyer), (owner, owner)):
        with pytest.raises(NotAllowed):
            limit_orders(actor=actor, person_id=person.pk, amount=None, on=timezone.localdate())
    with pytest.raises(NotAllowed):
        limit_orders(actor=owner, person_id=scene.keeper.pk, amount=Decimal(1), on=timezone.localdate())
    client.force_login(stranger)
    address = reverse("accounts:order-limit", args=[scene.buyer.pk])
    assert client.get(address).status_code == 404
    client.force_login(owner)
    assert "100" in client.get(address).content.decode()
    assert client.post(address, {"amount": "-1"}).status_code == 400
    assert client.post(address, {"amount": "200"}).status_code == 302
    assert [str(row.amount_limit) for row in Grant.objects.all()] == ["200.0000"]
    later = timezone.localdate() + timedelta(days=3)
    limit_orders(actor=owner, person_id=scene.buyer.pk, amount=Decimal(300), on=later)
    rows: list[Any] = list(Grant.objects.order_by("starts_on").values_list("amount_limit", "ends_on"))
    assert rows == [(Decimal(200), later - timedelta(days=1)), (Decimal(300), None)]
