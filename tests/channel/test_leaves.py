"""A tree that changes later: what agreements cover follows it, or the change is refused."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Territory
from channel.errors import ExclusivityOverlap
from channel.models import AgreementCoverage
from channel.rules import SubjectTerms
from channel.selectors.invariants import INVARIANTS
from channel.services.steps import end_agreement
from tests.factories.accounts import AdministratorFactory, DirectorFactory, DistributorFactory, TerritoryFactory
from tests.factories.channel import agreement_in_force, terms
from tests.factories.inventory import BrandFactory, CategoryFactory
from tests.integration.conftest import Run, wrong
from tests.integration.conftest import run as run  # noqa: PLC0414 - a fixture
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


class Scene:
    """A has brand X exclusively in 江苏, which is a leaf; B sells it in 浙江."""

    def __init__(self, **changes: Any) -> None:
        self.jiangsu, self.zhejiang = (TerritoryFactory.create(code=code) for code in ("JS", "ZJ"))
        self.brand = BrandFactory.create(name="X")
        self.a, self.b = DistributorFactory.create(name="A"), DistributorFactory.create(name="B")
        values = {"brand": self.brand, "territory": self.jiangsu, "is_exclusive": True, **changes}
        self.first = agreement_in_force(self.a, terms(**values))

    def sell_in_zhejiang(self) -> None:
        agreement_in_force(self.b, terms(brand=self.brand, territory=self.zhejiang))


def leaves(distributor: Any) -> set[str]:
    return set(AgreementCoverage.objects.filter(distributor=distributor).values_list("territory__code", flat=True))


def test_a_territory_that_is_divided_later_stays_whose_it_was() -> None:
    """The district that was entered after the signature would be anybody's."""
    scene = Scene()
    nanjing = TerritoryFactory.create(code="NJ", parent=scene.jiangsu)
    TerritoryFactory.create(code="XW", parent=nanjing)
    TerritoryFactory.create(code="SZ", parent=scene.jiangsu)
    assert leaves(scene.a) == {"XW", "SZ"}
    for place in (nanjing, scene.jiangsu):
        with pytest.raises(ExclusivityOverlap):
            agreement_in_force(scene.b, terms(brand=scene.brand, territory=place))
    assert offending_rows(INVARIANTS) == {}


def test_a_territory_that_is_moved_leaves_the_one_and_comes_to_the_other() -> None:
    scene = Scene()
    free = TerritoryFactory.create(code="HZ")
    Territory.objects.filter(pk=free.pk).update(parent=scene.jiangsu)
    assert leaves(scene.a) == {"HZ"}
    Territory.objects.filter(pk=free.pk).update(parent=scene.zhejiang)
    assert leaves(scene.a) == {"JS"}
    assert offending_rows(INVARIANTS) == {}


def test_a_move_that_puts_two_into_one_place_is_refused() -> None:
    """A was promised to be alone in 江苏, and finds B there because somebody tidied up the tree."""
    scene = Scene()
    scene.sell_in_zhejiang()
    with transaction.atomic(), pytest.raises(IntegrityError, match="agreement_exclusivity"):
        Territory.objects.filter(pk=scene.zhejiang.pk).update(parent=scene.jiangsu)
    assert (leaves(scene.a), leaves(scene.b)) == ({"JS"}, {"ZJ"})


def test_the_administration_says_why_a_move_is_refused() -> None:
    """An administrator gets a sentence, and not an error page."""
    scene = Scene()
    scene.sell_in_zhejiang()
    client = Client()
    client.force_login(AdministratorFactory.create())
    url = reverse("admin:accounts_territory_change", args=[scene.zhejiang.pk])
    moved = {"code": "ZJ", "name": "Zhejiang", "name_zh": "", "parent": scene.jiangsu.pk}
    page = client.post(url, moved, follow=True)
    assert "This agreement overlaps with an exclusive one." in page.content.decode()
    assert Territory.objects.get(code="ZJ").parent_id is None


def test_an_import_names_the_row_of_such_a_move(run: Run) -> None:
    """Of a tree of three hundred rows the one that collides is named."""
    scene = Scene()
    scene.sell_in_zhejiang()
    outcome = run("[[import]]\nentity='territory'\nrows=[{code='ZJ', name='Zhejiang', parent='JS'}]")
    assert [reason for *_place, reason in wrong(outcome)] == ["This agreement overlaps with an exclusive one."]
    assert leaves(scene.b) == {"ZJ"}


def test_a_category_that_is_divided_later_is_covered_whole() -> None:
    tea = CategoryFactory.create(code="TEA")
    scene = Scene(subjects=[SubjectTerms(category_id=tea.pk, is_exclusive=True)])
    green = CategoryFactory.create(code="GREEN", parent=tea)
    assert set(AgreementCoverage.objects.values_list("category__code", flat=True)) == {"GREEN"}
    with pytest.raises(ExclusivityOverlap):
        agreement_in_force(
            scene.b,
            terms(brand=scene.brand, territory=scene.jiangsu, subjects=[SubjectTerms(category_id=green.pk)]),
        )
    assert offending_rows(INVARIANTS) == {}


def test_what_ends_earlier_than_agreed_stays_ended() -> None:
    """Written anew, an agreement whose end was decided would be back to its old last day."""
    scene = Scene()
    end_agreement(
        agreement_id=scene.first.pk,
        last_on=date(2026, 11, 30),
        reason="Sold",
        actor=DirectorFactory.create(),
        expected_version=None,
    )
    TerritoryFactory.create(code="NJ", parent=scene.jiangsu)
    assert list(AgreementCoverage.objects.values_list("territory__code", "ends_on")) == [("NJ", date(2026, 11, 30))]
