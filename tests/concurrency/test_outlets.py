"""An outlet is linked while somebody closes it, and linked twice at once. The twin shows the race."""

from functools import partial

import pytest
from django.utils import timezone

from core.errors import Conflict
from outlets.models import Outlet, OutletLink
from outlets.selectors.invariants import INVARIANTS
from outlets.services.links import link_outlet
from outlets.services.outlets import close_outlet
from tests.concurrency.together import Unlocked, together
from tests.factories.accounts import DirectorFactory, DistributorFactory
from tests.factories.outlets import OutletFactory

pytestmark = pytest.mark.django_db(transaction=True)


def close_and_link(previous_period: Unlocked | None = None) -> tuple[list[object], list[object]]:
    """What each got, and the links that go on after the outlet's last day."""
    outlet, director, today = OutletFactory.create(), DirectorFactory.create(), timezone.localdate()
    link = partial(
        link_outlet,
        outlet_id=outlet.pk,
        distributor_id=DistributorFactory.create().pk,
        starts_on=today,
        actor=director,
    )
    close = partial(close_outlet, outlet_id=outlet.pk, closed_on=today, reason="Gone", actor=director)
    results = together(link, close, previous_period=previous_period)
    return results, list(INVARIANTS[0].find(10))


def test_a_closed_outlet_is_not_linked() -> None:
    """A shop that is gone would go on buying."""
    for _ in range(5):
        results, violations = close_and_link()
        assert violations == []
        assert isinstance(results[1], Outlet)


def test_without_the_lock_a_closed_outlet_goes_on_buying() -> None:
    """The twin: both read an open outlet, and one closes what the other links. Where the link is there first, closing ends it."""
    violations: list[object] = []
    for _ in range(20):
        unlocked = Unlocked(Outlet)
        _results, violations = close_and_link(unlocked)
        assert unlocked.stripped
        if violations:
            break
    assert violations


def test_two_at_once_make_one_link() -> None:
    """Two managers who add the same distributor would count its sales twice."""
    outlet, director, seller = OutletFactory.create(), DirectorFactory.create(), DistributorFactory.create()
    link = partial(
        link_outlet,
        outlet_id=outlet.pk,
        distributor_id=seller.pk,
        starts_on=timezone.localdate(),
        actor=director,
    )
    results = together(link, link)
    assert sorted(type(result).__name__ for result in results) == [Conflict.__name__, OutletLink.__name__]
    assert OutletLink.objects.count() == 1
