"""Two directors put two exclusive agreements for one place in force at once: one place is promised once.

The database decides (`agreement_exclusivity`): both may look before the other has written.
"""

from typing import Any

import pytest

from channel.models import Agreement
from channel.selectors.invariants import INVARIANTS
from channel.services.agreements import create_agreement
from channel.services.steps import accept_agreement, put_in_force, send_agreement
from core.errors import Conflict
from core.models import Event
from tests.concurrency.together import Unlocked, failed, succeeded, together
from tests.factories.accounts import DirectorFactory, DistributorFactory, OwnerFactory, TerritoryFactory
from tests.factories.channel import accepted_agreement, terms
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db(transaction=True)


def two_at_once(previous_period: Unlocked | None = None) -> list[Any]:
    """Both agreements cover the place exclusively, and are accepted."""
    place, brand = TerritoryFactory.create(), BrandFactory.create()
    what = terms(brand=brand, territory=place, is_exclusive=True)
    agreements = [accepted_agreement(DistributorFactory.create(), what) for _ in range(2)]
    directors = [DirectorFactory.create() for _ in range(2)]

    def sign(index: int) -> Agreement:
        return put_in_force(
            agreement_id=agreements[index].pk,
            actor=directors[index],
            expected_version=None,
            signature_reference="S",
        )

    return together(lambda: sign(0), lambda: sign(1), previous_period=previous_period)


@pytest.mark.parametrize("previous_period", [None, Unlocked(Agreement)], ids=["as it is", "both have looked"])
def test_one_place_is_promised_once(previous_period: Unlocked | None) -> None:
    """Two distributors would both hold a stamped paper that says they are alone."""
    results = two_at_once(previous_period)
    assert len(succeeded(results)) == 1, results
    assert all(isinstance(error, Conflict) for error in failed(results)), results
    assert Agreement.objects.filter(status="in_force").count() == 1
    assert offending_rows(INVARIANTS) == {}


def accepted_twice(previous_period: Unlocked | None = None) -> list[Any]:
    """Two owners of one distributor accept what both have read."""
    draft = terms(brand=BrandFactory.create(), territory=TerritoryFactory.create())
    distributor, director = DistributorFactory.create(), DirectorFactory.create()
    CompanyFactory.create()
    agreement = create_agreement(distributor_id=distributor.pk, terms=draft, actor=director)
    sent = send_agreement(agreement_id=agreement.pk, actor=director, expected_version=None)
    owners = [OwnerFactory.create(distributor=distributor) for _ in range(2)]

    def accept(index: int) -> Agreement:
        return accept_agreement(
            agreement_id=sent.pk, name=f"Owner {index}", actor=owners[index], expected_version=sent.version
        )

    return together(lambda: accept(0), lambda: accept(1), previous_period=previous_period)


def test_two_owners_accept_at_once() -> None:
    """The name under the agreement is that of whoever accepted it, and not of who came second."""
    results = accepted_twice()
    (accepted,) = succeeded(results)
    assert all(isinstance(error, Conflict) for error in failed(results)), results
    assert Agreement.objects.get().accepted_name == accepted.accepted_name
    assert Event.objects.filter(kind="agreement.accepted").count() == 1


def test_without_the_lock_both_would_accept() -> None:
    """The twin: the second would write its name over the first."""
    accepted_twice(Unlocked(Agreement))
    assert Event.objects.filter(kind="agreement.accepted").count() == 2
