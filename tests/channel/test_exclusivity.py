"""Figure A1: an exclusive territory is kept for whom it was promised to, and nobody else is shut out by it."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import ChannelKind
from channel.enums import CarveOutEffect
from channel.errors import ExclusivityOverlap
from channel.models import Agreement, AgreementCoverage
from channel.rules import CarveOutTerms, SubjectTerms
from channel.selectors.invariants import INVARIANTS
from channel.services.steps import end_agreement
from core.errors import InvalidInput
from tests.factories.accounts import DirectorFactory, DistributorFactory, TerritoryFactory
from tests.factories.channel import accepted_agreement, agreement_in_force, terms
from tests.factories.inventory import BrandFactory, CategoryFactory
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


class Scene:
    """江苏 with 南京 and 苏州 below it, two brands, and A, who has brand X exclusively in 江苏 for 2026, wholesale."""

    def __init__(self, **changes: Any) -> None:
        self.jiangsu = TerritoryFactory.create(name="Jiangsu", name_zh="江苏")
        self.nanjing = TerritoryFactory.create(name="Nanjing", name_zh="南京", parent=self.jiangsu)
        self.suzhou = TerritoryFactory.create(name="Suzhou", name_zh="苏州", parent=self.jiangsu)
        self.brand = BrandFactory.create(name="X")
        self.a, self.b = DistributorFactory.create(name="A"), DistributorFactory.create(name="B")
        exclusive = {"is_exclusive": True, **changes}
        self.first = agreement_in_force(self.a, terms(brand=self.brand, territory=self.jiangsu, **exclusive))

    def second(self, **changes: Any) -> Agreement:
        """B in 南京 from July on."""
        values: dict[str, Any] = {
            "brand": self.brand, "territory": self.nanjing, "starts_on": date(2026, 7, 1), "ends_on": date(2027, 6, 30),
        }  # fmt: skip
        return agreement_in_force(self.b, terms(**{**values, **changes}))


@pytest.mark.parametrize("is_exclusive", [True, False])
def test_nobody_else_comes_into_an_exclusive_territory(*, is_exclusive: bool) -> None:
    """A has paid for being alone; B is refused with the days that overlap, whether B would be alone or not."""
    scene = Scene()
    with pytest.raises(ExclusivityOverlap) as refused:
        scene.second(is_exclusive=is_exclusive)
    said = str(refused.value)
    assert "from 2026-07-01 to 2026-12-31" in said
    assert all(word in said for word in ("X", "Nanjing", "Wholesale", str(scene.first), "A"))
    assert AgreementCoverage.objects.filter(distributor=scene.b).count() == 0


def test_an_exclusive_one_does_not_come_where_somebody_is() -> None:
    """The other way round: B, who is there without being alone, is not shut out by a promise to A."""
    scene = Scene(is_exclusive=False)
    with pytest.raises(ExclusivityOverlap, match="from 2026-07-01 to 2026-12-31"):
        scene.second(is_exclusive=True)


@pytest.mark.parametrize(
    "change",
    [
        {"channel_kinds": [ChannelKind.E_COMMERCE.value]},
        {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)},
        {"brand": "other"},
        {"territory": "other"},
    ],
)
def test_what_differs_in_one_dimension_is_accepted(change: dict[str, Any]) -> None:
    """Another kind, brand, place or year is free: more would be promised to A than A has."""
    scene = Scene()
    if "brand" in change:
        change = {"brand": BrandFactory.create()}
    if "territory" in change:
        change = {"territory": TerritoryFactory.create()}
    scene.second(**change)
    assert offending_rows(INVARIANTS) == {}


def test_the_last_day_and_the_first_day_touch() -> None:
    """A day is in both terms: 31 December is still A's."""
    with pytest.raises(ExclusivityOverlap, match="from 2026-12-31 to 2026-12-31"):
        Scene().second(starts_on=date(2026, 12, 31))


def test_two_that_are_not_exclusive_stand_beside_each_other() -> None:
    scene = Scene(is_exclusive=False)
    scene.second()
    assert AgreementCoverage.objects.filter(territory=scene.nanjing).count() == 2


def test_a_category_is_compared_at_its_leaves() -> None:
    """X is A's; a category of every brand holds X too, another brand's category does not."""
    scene = Scene()
    drinks = CategoryFactory.create()
    tea = CategoryFactory.create(parent=drinks)
    with pytest.raises(ExclusivityOverlap):
        scene.second(subjects=[SubjectTerms(category_id=drinks.pk)])
    agreement_in_force(
        DistributorFactory.create(),
        terms(
            brand=scene.brand,
            territory=scene.nanjing,
            subjects=[SubjectTerms(category_id=drinks.pk, brand_id=BrandFactory.create().pk)],
        ),
    )
    assert AgreementCoverage.objects.filter(category=tea).count() == 1
    assert not AgreementCoverage.objects.filter(category=drinks).exists()


def carve(other: Any, place: Any, effect: CarveOutEffect = CarveOutEffect.BOTH) -> list[CarveOutTerms]:
    return [CarveOutTerms(other_id=other.pk, territory_id=place.pk, effect=effect)]


def carved(*, on_a: bool, on_b: bool, b_is_exclusive: bool = False) -> Agreement:
    """A in 江苏 and B in 南京, with the carve-out of 南京 on one agreement or both."""
    jiangsu = TerritoryFactory.create(name="Jiangsu")
    nanjing = TerritoryFactory.create(parent=jiangsu, name="Nanjing")
    TerritoryFactory.create(parent=jiangsu)
    brand, a, b = BrandFactory.create(), DistributorFactory.create(), DistributorFactory.create()
    of_a = carve(b, nanjing) if on_a else []
    of_b = carve(a, nanjing) if on_b else []
    agreement_in_force(a, terms(brand=brand, territory=jiangsu, is_exclusive=True, carve_outs=of_a))
    return agreement_in_force(b, terms(brand=brand, territory=nanjing, is_exclusive=b_is_exclusive, carve_outs=of_b))


def test_a_carve_out_on_both_lets_both_sell() -> None:
    """What the two agreed with the brand: B sells in 南京 beside A, who stays alone against everybody else."""
    agreement = carved(on_a=True, on_b=True)
    assert offending_rows(INVARIANTS) == {}
    third = DistributorFactory.create()
    place = agreement.territories.get().territory
    brand = agreement.subjects.get().brand
    with pytest.raises(ExclusivityOverlap):
        agreement_in_force(third, terms(brand=brand, territory=place))


@pytest.mark.parametrize(("on_a", "on_b"), [(True, False), (False, True), (False, False)])
def test_a_carve_out_on_one_of_them_is_none(*, on_a: bool, on_b: bool) -> None:
    """Neither side can carve something out of what the other was promised."""
    with pytest.raises(ExclusivityOverlap):
        carved(on_a=on_a, on_b=on_b)


def test_both_cannot_be_alone_in_one_place() -> None:
    with pytest.raises(ExclusivityOverlap):
        carved(on_a=True, on_b=True, b_is_exclusive=True)


def test_who_leaves_a_place_to_another_is_not_there() -> None:
    """A keeps 江苏 without 南京, where B may even be alone; 苏州 stays A's."""
    jiangsu = TerritoryFactory.create()
    nanjing = TerritoryFactory.create(parent=jiangsu)
    suzhou = TerritoryFactory.create(parent=jiangsu)
    brand, a, b = BrandFactory.create(), DistributorFactory.create(), DistributorFactory.create()
    left = carve(b, nanjing, CarveOutEffect.OTHER)
    agreement_in_force(a, terms(brand=brand, territory=jiangsu, is_exclusive=True, carve_outs=left))
    taken = carve(a, nanjing, CarveOutEffect.ALONE)
    agreement_in_force(b, terms(brand=brand, territory=nanjing, is_exclusive=True, carve_outs=taken))
    assert set(AgreementCoverage.objects.filter(distributor=a).values_list("territory", flat=True)) == {suzhou.pk}
    assert offending_rows(INVARIANTS) == {}


def test_what_ended_early_is_free_again() -> None:
    """The day after A's last one, another can have the place: no month is lost to a dead promise."""
    scene = Scene()
    last_on = date(2026, 11, 30)
    end_agreement(
        agreement_id=scene.first.pk,
        last_on=last_on,
        reason="Moved",
        actor=DirectorFactory.create(),
        expected_version=None,
    )
    with pytest.raises(ExclusivityOverlap, match="from 2026-11-30 to 2026-11-30"):
        scene.second(starts_on=date(2026, 11, 30))
    scene.second(starts_on=date(2026, 12, 1))


def test_the_database_itself_refuses() -> None:
    """Whoever writes rows past the service is refused as well."""
    scene = Scene()
    row = AgreementCoverage.objects.filter(territory=scene.nanjing).values().get()
    waiting = accepted_agreement(scene.b, terms(brand=scene.brand, territory=scene.nanjing))
    with transaction.atomic(), pytest.raises(IntegrityError, match="agreement_exclusivity"):
        AgreementCoverage.objects.create(
            agreement=waiting,
            distributor=scene.b,
            brand=scene.brand,
            territory=scene.nanjing,
            channel_kind=row["channel_kind"],
            starts_on=date(2026, 7, 1),
            ends_on=None,
            parties=f"{{[{scene.b.pk * 1000},{scene.b.pk * 1000}]}}",
        )


def test_subjects_that_cover_the_same_are_told_at_sending() -> None:
    """The brand and a category of every brand would both cover X: which terms hold would be a guess."""
    scene = Scene(is_exclusive=False)
    category = CategoryFactory.create()
    both = [SubjectTerms(brand_id=scene.brand.pk), SubjectTerms(category_id=category.pk)]
    with pytest.raises(InvalidInput) as refused:
        scene.second(subjects=both)
    assert refused.value.problems[0].code == "overlaps_itself"
