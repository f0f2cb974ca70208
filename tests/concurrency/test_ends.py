"""An end that meets another change of the same thing: what was acknowledged holds.

Each of these ends locked its own row alone, while the other change read that row under the lock of what it belongs to. The
row is held from outside until both wait for it: so the other change had read it before the end was written.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership
from accounts.services.memberships import end_membership
from accounts.services.people import change_role
from pricing.models import Price
from pricing.services.prices import end_price, set_price
from tests.concurrency.together import failed, together, until_all_wait
from tests.factories.accounts import AdministratorFactory, ManagerFactory
from tests.factories.planning import PriceFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_the_end_of_a_price_is_not_lost(_round: int) -> None:
    """Somebody ended an offer, and it went on until the next price."""
    actor, today = AdministratorFactory.create(), timezone.localdate()
    price = PriceFactory.create(starts_on=today, ends_on=None)
    ends_on = today + timedelta(days=30)

    def end() -> Any:
        return end_price(price_id=price.pk, ends_on=ends_on, actor=actor)

    def follow() -> Any:
        return set_price(
            price_list_id=price.price_list_id,
            product_id=price.product_id,
            amount=Decimal(7),
            starts_on=today + timedelta(days=60),
            actor=actor,
            from_quantity=price.from_quantity,
        )

    with until_all_wait(Price.objects.filter(pk=price.pk), waiting=2):
        told = together(follow, end)
    assert failed(told) == []
    assert Price.objects.get(pk=price.pk).ends_on == ends_on


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_the_end_of_a_membership_is_not_lost(_round: int) -> None:
    """Somebody left ten days ago, and had the old role until yesterday."""
    actor, person, today = AdministratorFactory.create(), ManagerFactory.create(), timezone.localdate()
    membership = Membership.objects.get(person=person)
    Membership.objects.filter(pk=membership.pk).update(starts_on=today - timedelta(days=90))
    ends_on = today - timedelta(days=10)

    def end() -> Any:
        return end_membership(actor=actor, membership_id=membership.pk, ends_on=ends_on)

    def change() -> Any:
        return change_role(actor=actor, user_id=person.pk, role=Role.FINANCE)

    with until_all_wait(Membership.objects.filter(pk=membership.pk), waiting=2):
        together(change, end)
    assert Membership.objects.get(pk=membership.pk).ends_on == ends_on
