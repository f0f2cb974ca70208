"""Two people make another address the default at the same moment: one default is left. The twin shows the race."""

from functools import partial

import pytest
from django.db import IntegrityError

from accounts.models import Distributor
from channel.models import Address
from channel.services.records import ADDRESS, change_record
from core.errors import Conflict
from tests.concurrency.together import Unlocked, together
from tests.factories.accounts import DistributorFactory, OwnerFactory
from tests.factories.channel import AddressFactory

pytestmark = pytest.mark.django_db(transaction=True)


def contest(previous_period: Unlocked | None = None) -> tuple[list[object], int]:
    """Both make their address the default at once; what each got, and how many defaults are left."""
    distributor = DistributorFactory.create()
    owner = OwnerFactory.create(distributor=distributor)
    AddressFactory.create(distributor=distributor, is_default=True)
    rows = [AddressFactory.create(distributor=distributor) for _ in range(2)]

    def choose(address: Address) -> object:
        return change_record(record_type=ADDRESS, record_id=address.pk, actor=owner, is_default=True)

    results = together(*(partial(choose, row) for row in rows), previous_period=previous_period)
    return results, Address.objects.filter(distributor=distributor, is_default=True).count()


def test_of_two_new_defaults_at_once_the_later_one_stays() -> None:
    """One of two people would be refused, or goods would have two addresses to go to."""
    results, defaults = contest()
    assert [type(result) for result in results] == [Address, Address]
    assert defaults == 1


def test_without_the_lock_one_of_them_is_refused_by_the_constraint() -> None:
    """The twin: the constraint alone keeps one default, and refuses the other person."""
    unlocked = Unlocked(Distributor, Address)
    results, defaults = contest(unlocked)
    assert unlocked.stripped
    assert sum(isinstance(result, Conflict | IntegrityError) for result in results) == 1
    assert defaults == 1
