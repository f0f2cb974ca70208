"""A policy that its distributor has not acknowledged stops new orders, after the days for it and not before."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import TokenScope
from orders.models import Order
from orders.ordering.errors import LinkedProblem, OrderRefused
from orders.ordering.services.approval import approve_order
from orders.ordering.services.placing import place_order
from policies.services.publishing import acknowledge_announcement, withdraw_announcement
from tests.factories.accounts import ApiTokenFactory, BuyerFactory, DirectorFactory, OwnerFactory
from tests.factories.announcements import published
from tests.factories.orders import Shop, shop
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db


def place(given: Shop, buyer: Any, *, after: int) -> Any:
    return place_order(
        distributor_id=given.distributor.pk,
        actor=buyer,
        lines=given.wishes(1),
        now=timezone.now() + timedelta(days=after),
    )


def test_new_orders_are_refused_after_the_grace_until_it_is_acknowledged() -> None:
    """A distributor would go on under terms that it never accepted, or could not order on the day it was told."""
    given = shop(products=1)
    buyer = BuyerFactory.create(distributor=given.distributor)
    owner = OwnerFactory.create(distributor=given.distributor)
    before = place(given, buyer, after=0)
    policy = published(blocks_orders=True)
    place(given, buyer, after=10)
    with refused(OrderRefused) as refusal:
        place(given, buyer, after=11)
    (problem,) = refusal.value.problems
    assert isinstance(problem, LinkedProblem)
    assert (problem.code, problem.address) == ("policy_not_acknowledged", policy.get_absolute_url())
    assert "“Return policy”" in str(problem.message)
    approve_order(order_id=before.id, actor=DirectorFactory.create(), now=timezone.now() + timedelta(days=11))
    acknowledge_announcement(announcement_id=policy.pk, name="Li", actor=owner)
    place(given, buyer, after=11)
    assert Order.objects.count() == 3


def test_what_does_not_block_or_holds_no_longer_refuses_nothing() -> None:
    given = shop(products=1)
    buyer = BuyerFactory.create(distributor=given.distributor)
    published()
    withdrawn = published(blocks_orders=True)
    withdraw_announcement(announcement_id=withdrawn.pk, actor=DirectorFactory.create(), expected_version=None)
    published(blocks_orders=True, distributor_ids=[OwnerFactory.create().distributor_id])
    place(given, buyer, after=100)


def test_placing_takes_as_many_statements_with_policies_as_without() -> None:
    """Every order would pay for every policy."""
    given = shop(products=1)
    buyer = BuyerFactory.create(distributor=given.distributor)
    counts = []
    for _ in range(2):
        place(given, buyer, after=0)
        with CaptureQueriesContext(connection) as queries:
            place(given, buyer, after=0)
        counts.append(len(queries))
        for _more in range(5):
            published(blocks_orders=True)
    assert counts[0] == counts[1]


def test_the_page_and_the_api_say_which_policy_and_where(client: Client) -> None:
    given = shop(products=1)
    buyer = BuyerFactory.create(distributor=given.distributor)
    policy = published(blocks_orders=True, grace_days=0)
    policy.recipients.update(blocks_on=timezone.localdate())
    client.force_login(buyer)
    page = client.get(reverse("orders:entry"), follow=True).content.decode()
    answer = client.post(
        "/api/v1/orders/",
        {"lines": [{"product": given.products[0].code, "quantity": 1}], "submit": True},
        content_type="application/json",
        headers={"Authorization": f"Token {ApiTokenFactory.create(user=buyer, scope=TokenScope.ORDER).secret}"},
    )
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"], error["attr"]) == (400, "policy_not_acknowledged", "policy")
    assert error["detail"].endswith(policy.get_absolute_url())
    assert policy.get_absolute_url() in page
