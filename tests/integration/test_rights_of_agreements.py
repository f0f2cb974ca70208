"""Buying rights that an agreement grants beside those that an import brings."""

from datetime import date

import pytest

from catalogue.models import BuyingRight
from tests.factories.accounts import DistributorFactory, TerritoryFactory
from tests.factories.channel import agreement_in_force, terms
from tests.factories.inventory import BrandFactory
from tests.integration.conftest import Run, wrong

pytestmark = pytest.mark.django_db


def test_an_import_does_not_shorten_what_an_agreement_grants(run: Run) -> None:
    """A list of rights from an old system would end by accident what was signed; others of the list come in."""
    distributor, brand, free = DistributorFactory.create(), BrandFactory.create(), BrandFactory.create()
    agreement = agreement_in_force(distributor, terms(brand=brand, territory=TerritoryFactory.create()))
    rows = ", ".join(
        f"{{distributor='{distributor.code}', brand='{code}', starts_on='2026-01-01', ends_on='2026-06-30'}}"
        for code in (brand.code, free.code)
    )
    outcome = run(f"[[import]]\nentity='buying_right'\nrows=[{rows}]")
    assert [reason for *_place, reason in wrong(outcome)] == [
        "An agreement grants this from the same day on. It changes with the agreement."
    ]
    granted = BuyingRight.objects.get(source_type="agreement", source_id=agreement.pk)
    assert granted.ends_on == date(2027, 1, 31)
