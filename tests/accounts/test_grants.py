"""Grants: what a role or a person may do otherwise than declared. Where this breaks, a limit is only a line in a table."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.enums import Role
from accounts.models import Distributor, Grant, User
from accounts.services.grants import create_grant, end_grant
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Event
from core.permissions import declared_permissions, has_permission
from orders.models import Order
from orders.ordering.services.approval import approve_order
from orders.permissions import can_decide
from tests.factories.accounts import (
    AbsenceFactory,
    AdministratorFactory,
    ApiTokenFactory,
    DirectorFactory,
    DistributorFactory,
    GrantFactory,
    ManagerFactory,
    ResponsibilityFactory,
    WarehouseUserFactory,
)
from tests.factories.orders import OrderFactory
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db


def fresh(person: Any) -> User:
    found: User = User.objects.get(pk=person.pk)
    return found


def test_grants_of_the_role_and_of_the_person_count_on_their_days() -> None:
    today = timezone.localdate()
    person, other = WarehouseUserFactory.create(), WarehouseUserFactory.create()
    assert not has_permission(fresh(person), "orders.decide")
    GrantFactory.create(role=Role.WAREHOUSE, permission="orders.decide", ends_on=today - timedelta(days=1))
    GrantFactory.create(role=Role.WAREHOUSE, permission="orders.decide", starts_on=today + timedelta(days=1))
    assert not has_permission(fresh(person), "orders.decide")
    GrantFactory.create(role=Role.WAREHOUSE, permission="orders.decide", starts_on=today, ends_on=today)
    assert has_permission(fresh(person), "orders.decide")
    GrantFactory.create(role="", person=person, permission="orders.decide", is_allowed=False)
    assert not has_permission(fresh(person), "orders.decide")
    assert has_permission(fresh(other), "orders.decide")


def test_scopes_follow_grants() -> None:
    """Whoever loses the view of the channel would keep it in every list."""
    director, shop = DirectorFactory.create(), DistributorFactory.create()
    assert Distributor.objects.visible_to(fresh(director)).get() == shop
    GrantFactory.create(role=Role.DIRECTOR, permission="accounts.see_channel", is_allowed=False)
    assert not Distributor.objects.visible_to(fresh(director)).exists()
    ResponsibilityFactory.create(distributor=shop, user=director)
    assert Distributor.objects.visible_to(fresh(director)).get() == shop, "by responsibility, as others of the brand"


def test_an_order_beyond_the_limit_is_somebody_elses_to_approve() -> None:
    """The limit is in the company's currency; an order in another one would pass it by its bare number."""
    manager = ManagerFactory.create()
    shop = ResponsibilityFactory.create(user=manager).distributor
    GrantFactory.create(role=Role.MANAGER, permission="orders.decide", amount_limit=Decimal(100))
    order: Any = OrderFactory.create(distributor=shop)
    order.net_amount, order.exchange_rate = Decimal(60), Decimal(1)
    assert can_decide(fresh(manager), order)
    order.exchange_rate = Decimal(2)
    assert not can_decide(fresh(manager), order)
    order.exchange_rate = None
    assert not can_decide(fresh(manager), order), "an unknown rate is beyond every limit"
    assert can_decide(fresh(DirectorFactory.create()), order)


def test_a_stand_in_decides_only_while_the_person_is_away() -> None:
    """Two people would decide the same order, or nobody."""
    held = ResponsibilityFactory.create(stand_in=ManagerFactory.create())
    order = OrderFactory.create(distributor=held.distributor)
    assert Order.objects.visible_to(fresh(held.stand_in)).get() == order
    assert (can_decide(fresh(held.user), order), can_decide(fresh(held.stand_in), order)) == (True, False)
    with refused(NotAllowed):
        approve_order(order_id=order.pk, actor=fresh(held.stand_in), now=timezone.now())
    AbsenceFactory.create(person=held.user, starts_on=timezone.localdate())
    assert can_decide(fresh(held.stand_in), order)


def test_grants_are_read_with_whoever_asks(client: Client) -> None:
    """Each check would cost a query, or a session would know nothing of grants."""
    person = WarehouseUserFactory.create()
    GrantFactory.create(role="", person=person, permission="orders.decide", amount_limit=Decimal("12.5"))
    GrantFactory.create(role=Role.WAREHOUSE, permission="orders.fulfil", is_allowed=False)
    GrantFactory.create(role=Role.DIRECTOR, permission="orders.place")
    caller = APIClient()
    caller.credentials(HTTP_AUTHORIZATION=f"Token {ApiTokenFactory.create(user=person).secret}")
    client.force_login(person)
    for get in (caller.get, client.get):
        with CaptureQueriesContext(connection) as queries:
            rows = {row["codename"]: row for row in get(reverse("api:permissions")).json()}
        assert len([one for one in queries if "accounts_grant" in one["sql"]]) <= 1
        assert (rows["orders.decide"]["allowed"], rows["orders.decide"]["amount_limit"]) == (True, "12.5000")
        assert (rows["orders.fulfil"]["allowed"], rows["orders.place"]["allowed"]) == (False, False)
        assert set(rows) == set(declared_permissions())


def test_a_grant_is_made_and_ended_by_who_may() -> None:
    today = timezone.localdate()
    administrator = AdministratorFactory.create()
    options: dict[str, Any] = {"permission": "orders.decide", "role": Role.WAREHOUSE, "starts_on": today}
    grant = create_grant(actor=administrator, **options, amount_limit=Decimal(500))
    with refused(Conflict):
        create_grant(actor=administrator, **options, is_allowed=False)
    with refused(InvalidInput):
        end_grant(actor=administrator, grant_id=grant.pk, ends_on=today - timedelta(days=1))
    end_grant(actor=administrator, grant_id=grant.pk, ends_on=today)
    with refused(Conflict):
        end_grant(actor=administrator, grant_id=grant.pk, ends_on=today + timedelta(days=1))
    with refused(NotAllowed):
        create_grant(actor=DirectorFactory.create(), **options)
    assert list(Event.objects.order_by("pk").values_list("kind", flat=True)) == ["grant.created", "grant.ended"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"permission": "orders.nothing"},
        {"permission": "accounts.administer"},
        {"role": ""},
        {"role": "auditor"},
        {"permission": "orders.fulfil", "amount_limit": Decimal(5)},
        {"is_allowed": False, "amount_limit": Decimal(5)},
        {"amount_limit": Decimal(-1)},
        {"ends_on": date(2020, 1, 1)},  # before it begins
    ],
    ids=str,
)
def test_a_grant_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    wish = {"permission": "orders.decide", "role": Role.WAREHOUSE, "starts_on": timezone.localdate(), **wrong}
    with refused(InvalidInput):
        create_grant(actor=AdministratorFactory.create(), **wish)
    assert not Grant.objects.exists()


def test_nobody_grants_to_themselves() -> None:
    administrator = AdministratorFactory.create()
    with refused(NotAllowed):
        create_grant(
            actor=administrator, permission="orders.place", person_id=administrator.pk, starts_on=timezone.localdate()
        )


def test_the_administrator_grants_on_a_page_what_the_program_declares(client: Client) -> None:
    """A limit would need a programmer, or a call of the API."""
    client.force_login(AdministratorFactory.create())
    address, today = reverse("accounts:grant-new"), timezone.localdate()
    wish = {"permission": "orders.decide", "effect": "allow", "starts_on": today}
    person = WarehouseUserFactory.create()
    assert client.post(address, {**wish, "person": person.email, "amount_limit": "5000"}).status_code == 302
    page = client.get(reverse("accounts:permissions")).content.decode()
    assert f"Allowed: {person}" in page
    assert "up to" in page
    assert "5,000.00" in page
    assert has_permission(fresh(person), "orders.decide", amount=Decimal(5000))
    assert not has_permission(fresh(person), "orders.decide", amount=Decimal(5001))
    for wrong in ({}, {"role": "warehouse", "person": person.email}, {"role": "nobody"}, {"person": "x@example.test"}):
        answer = client.post(address, {**wish, **wrong})
        assert answer.status_code == 400, wrong
        assert "is-invalid" in answer.content.decode() or "alert" in answer.content.decode()
    fixed = client.post(address, {**wish, "permission": "accounts.manage_grants", "role": "director"})
    assert fixed.status_code == 400
    grant = Grant.objects.get(person=person)
    end = reverse("accounts:grant-end", args=[grant.pk])
    assert client.post(end, {"ends_on": today - timedelta(days=1)}).status_code == 400
    assert client.post(end, {"ends_on": today}).status_code == 302
    assert Grant.objects.get(pk=grant.pk).ends_on == today
