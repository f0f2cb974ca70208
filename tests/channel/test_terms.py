"""Figures A2 and A3: warned in time, bought in grace, refused after it; the minimum and its basis."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from channel.enums import ControlMode, ControlSubject, PriceRule, PurchaseBasis
from channel.models import Agreement
from channel.rules import (
    ControlTerms,
    DataTerms,
    InstalmentTerms,
    MinimumTerms,
    SubjectTerms,
    due_on,
    minimum_of_term,
)
from channel.selectors.clauses import clauses_of
from channel.selectors.terms import grace_warnings, refusals, terms_of
from channel.services.agreements import create_agreement
from channel.services.calendar import move_agreements
from core.errors import InvalidInput
from core.models import Event
from tests.factories.accounts import DirectorFactory, DistributorFactory, TerritoryFactory
from tests.factories.channel import ControlRuleFactory, agreement_in_force, terms
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory, BuyingRightFactory, CategoryFactory, ProductFactory


class Scene:
    """A product and a distributor whose agreement about its brand ends on 31 December, with 31 days of grace."""

    def __init__(self, **changes: Any) -> None:
        self.product = ProductFactory.create()
        self.distributor, self.territory = DistributorFactory.create(), TerritoryFactory.create()
        values = {"brand": self.product.brand, "territory": self.territory, **changes}
        self.agreement = agreement_in_force(self.distributor, terms(**values))

    def of(self, day: date) -> tuple[int, bool] | None:
        found = terms_of(
            seller_id=self.agreement.company_id, buyer_id=self.distributor.pk, brand_id=self.product.brand_id, day=day
        )
        return None if found is None else (found.agreement.pk, found.is_grace)

    def warnings(self, day: date) -> list[str]:
        return grace_warnings(buyer_id=self.distributor.pk, product_ids=[self.product.pk], day=day)

    def refusal(self, day: date) -> str:
        return refusals(buyer_id=self.distributor.pk, product_ids=[self.product.pk], day=day).get(self.product.pk, "")


def days_with(kind: str) -> list[str]:
    return [str(event.data["days"]) for event in Event.objects.filter(kind=kind).order_by("pk")]


@pytest.mark.django_db
def test_renewal_is_warned_of_ninety_sixty_and_thirty_days_ahead() -> None:
    """A2: on 2 October, 1 November and 1 December, once each, however often the schedule runs."""
    scene = Scene()
    told = []
    day = date(2026, 9, 25)
    while day <= date(2026, 12, 31):
        told += [day for _again in range(2) if move_agreements(today=day)]
        day += timedelta(days=1)
    assert told == [date(2026, 10, 2), date(2026, 11, 1), date(2026, 12, 1)]
    assert days_with("agreement.expiring") == ["90", "60", "30"]
    assert Event.objects.filter(kind="agreement.expiring", distributor_id=scene.distributor.pk).count() == 3


@pytest.mark.django_db
def test_after_a_standstill_only_the_nearest_warning_is_given() -> None:
    """Three warnings on one morning would say no more than one."""
    Scene()
    assert move_agreements(today=date(2026, 12, 15)) == 1
    assert days_with("agreement.expiring") == ["16"]
    assert move_agreements(today=date(2026, 12, 16)) == 0


@pytest.mark.django_db
def test_grace_and_its_end() -> None:
    """A2: an order on 31 January is accepted with a warning, on 1 February it is refused with the clause."""
    scene = Scene()
    assert scene.of(date(2026, 12, 31)) == (scene.agreement.pk, False)
    assert scene.of(date(2027, 1, 1)) == (scene.agreement.pk, True)
    assert scene.of(date(2027, 1, 31)) == (scene.agreement.pk, True)
    assert scene.of(date(2027, 2, 1)) is None
    assert scene.of(date(2025, 12, 31)) is None
    assert scene.warnings(date(2026, 12, 31)) == []
    (warning,) = scene.warnings(date(2027, 1, 31))
    assert str(scene.agreement) in warning
    assert scene.warnings(date(2027, 2, 1)) == []
    assert "clause 1" in scene.refusal(date(2027, 2, 1))
    assert str(scene.agreement) in scene.refusal(date(2027, 2, 1))
    moved = [(day, move_agreements(today=day), Agreement.objects.get().status) for day in (
        date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 31), date(2027, 2, 1), date(2027, 2, 2),
    )]  # fmt: skip
    assert [(count, status) for _day, count, status in moved] == [
        (1, "in_force"), (1, "in_grace"), (0, "in_grace"), (1, "ended"), (0, "ended"),
    ]  # fmt: skip
    assert Event.objects.filter(kind="agreement.ended", actor=None).count() == 1


@pytest.mark.django_db
def test_without_grace_the_end_is_the_end() -> None:
    scene = Scene(grace_days=0)
    assert scene.of(date(2027, 1, 1)) is None
    move_agreements(today=date(2027, 1, 1))
    assert Agreement.objects.get().status == "ended"


@pytest.mark.django_db
def test_no_warning_where_something_else_gives_the_right() -> None:
    """Whoever may buy anyhow is not frightened by the end of one agreement among several."""
    scene = Scene()
    BuyingRightFactory.create(distributor=scene.distributor, brand=scene.product.brand)
    assert scene.warnings(date(2027, 1, 31)) == []


@pytest.mark.django_db
def test_a_refusal_names_the_clause_that_says_nothing_of_the_product() -> None:
    scene = Scene()
    other = ProductFactory.create()
    said = refusals(buyer_id=scene.distributor.pk, product_ids=[other.pk], day=date(2026, 12, 1))
    assert "clause 2" in said[other.pk]
    assert refusals(buyer_id=DistributorFactory.create().pk, product_ids=[other.pk], day=date(2026, 12, 1)) == {}


@pytest.mark.django_db
def test_the_terms_of_a_day_are_the_nearest_to_the_brand() -> None:
    """An agreement that names the brand goes before one that names a category; one in term before one in grace."""
    scene = Scene()
    category = CategoryFactory.create()
    wide = terms(
        brand=BrandFactory.create(),
        territory=TerritoryFactory.create(),
        starts_on=date(2026, 6, 1),
        ends_on=None,
        subjects=[SubjectTerms(category_id=category.pk)],
    )
    second = agreement_in_force(scene.distributor, wide)
    assert scene.of(date(2026, 12, 1)) == (scene.agreement.pk, False)
    assert scene.of(date(2027, 1, 15)) == (second.pk, False)
    assert (
        terms_of(
            seller_id=scene.agreement.company_id + 1,
            buyer_id=scene.distributor.pk,
            brand_id=None,
            day=date(2026, 12, 1),
        )
        is None
    )


@pytest.mark.django_db
def test_new_products_of_a_category_are_granted_by_the_schedule() -> None:
    """What is listed after the agreement was signed can be ordered the next day."""
    category = CategoryFactory.create()
    scene = Scene(subjects=[SubjectTerms(category_id=category.pk)])
    new = ProductFactory.create(category=category)
    assert scene.distributor.buying_rights.count() == 0
    move_agreements(today=date(2026, 11, 26))
    assert scene.distributor.buying_rights.get().product == new
    move_agreements(today=date(2026, 11, 26))
    assert scene.distributor.buying_rights.count() == 1


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "amount"),
    [
        (date(2026, 3, 1), date(2026, 12, 31), "1000000.00"),
        (date(2026, 1, 1), date(2026, 12, 31), "1200000.00"),
        (date(2026, 12, 15), date(2027, 1, 14), "200000.00"),
        (date(2026, 1, 1), date(2027, 12, 31), "2400000.00"),
    ],
)
def test_the_minimum_of_a_term_is_pro_rata_by_months(starts_on: date, ends_on: date, amount: str) -> None:
    """A3: 1,200,000.00 a year, March to December, are 1,000,000.00."""
    found = minimum_of_term(Decimal("1200000.00"), starts_on=starts_on, ends_on=ends_on, currency="CNY")
    assert found == Decimal(amount)


def test_the_minimum_is_rounded_to_the_currency() -> None:
    spring = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 31)}
    assert minimum_of_term(Decimal(1000), currency="CNY", **spring) == Decimal("83.33")
    assert minimum_of_term(Decimal(1000), currency="JPY", **spring) == Decimal(83)


@pytest.mark.parametrize(
    ("base", "terms_", "due"),
    [
        (date(2026, 11, 3), {"days": 30, "from_month_end": True}, date(2026, 12, 30)),
        (date(2026, 11, 30), {"days": 30, "from_month_end": True}, date(2026, 12, 30)),
        (date(2026, 11, 3), {"days": 30}, date(2026, 12, 3)),
        (date(2026, 11, 25), {"days": 0, "from_month_end": True, "cut_day": 25}, date(2026, 11, 30)),
        (date(2026, 11, 26), {"days": 0, "from_month_end": True, "cut_day": 25}, date(2026, 12, 31)),
        (date(2026, 12, 26), {"days": 15, "cut_day": 25}, date(2027, 1, 16)),
    ],
)
def test_the_day_on_which_payment_is_due(base: date, terms_: dict[str, Any], due: date) -> None:
    """C4's 月结 30 天: shipped on 3 November, due on 30 December; after the cut day it counts as of the next month."""
    assert due_on(base, **terms_) == due


@pytest.mark.django_db
def test_what_is_agreed_is_written_out_clause_by_clause() -> None:
    """A3: the minimum says its basis, and all of it is read before it is accepted."""
    scene = Scene(
        starts_on=date(2026, 3, 1),
        minimums=[MinimumTerms(amount_a_year=Decimal(1200000), basis=PurchaseBasis.INVOICED)],
        instalments=[InstalmentTerms(share=Decimal("0.3"), days=0), InstalmentTerms(share=Decimal("0.7"), days=30)],
        control_rules=[
            ControlTerms(subject="resale_price", mode="ordered", price_rule="maximum"),
            ControlTerms(subject="display", mode="agreed"),
        ],
        data_duties=[DataTerms(kind="stock", frequency="weekly", days_after=2)],
        payment_days=30,
        payment_from_month_end=True,
        credit_limit=Decimal(50000),
        return_rate=Decimal("0.05"),
        clauses="Further text.",
    )
    said = {int(clause.number): "\n".join(clause.lines) for clause in clauses_of(scene.agreement)}
    assert "1,200,000.00 USD a year, Invoiced, without tax, net of returns, gifts do not count" in said[5]
    assert "1,000,000.00 USD in this term" in said[5]
    assert "30% after 0 days" in said[6]
    assert "Maximum price" in said[8]
    assert "5%" in said[7]
    assert said[10] == "Further text."


@pytest.mark.django_db
def test_instalments_add_up() -> None:
    CompanyFactory.create()
    what = terms(
        brand=BrandFactory.create(),
        territory=TerritoryFactory.create(),
        instalments=[InstalmentTerms(share=Decimal("0.3"), days=0)],
    )
    with pytest.raises(InvalidInput) as refused:
        create_agreement(distributor_id=DistributorFactory.create().pk, terms=what, actor=DirectorFactory.create())
    assert refused.value.problems[0].field == "instalments"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("subject", "mode", "rule", "is_legal"),
    [
        (ControlSubject.RESALE_PRICE, ControlMode.ORDERED, PriceRule.MAXIMUM, True),
        (ControlSubject.RESALE_PRICE, ControlMode.AGREED, PriceRule.RECOMMENDED, True),
        (ControlSubject.RESALE_PRICE, ControlMode.FREE, "", True),
        (ControlSubject.RESALE_PRICE, ControlMode.ORDERED, "", False),
        (ControlSubject.RESALE_PRICE, ControlMode.ORDERED, "fixed", False),
        (ControlSubject.DISPLAY, ControlMode.ORDERED, "", True),
        (ControlSubject.DISPLAY, ControlMode.ORDERED, PriceRule.MAXIMUM, False),
    ],
)
def test_a_resale_price_is_never_fixed(subject: str, mode: str, rule: str, *, is_legal: bool) -> None:
    """Fixing it would put the brand before the antitrust authority; the database does not hold such a rule."""
    if is_legal:
        ControlRuleFactory.create(subject=subject, mode=mode, price_rule=rule)
        return
    with transaction.atomic(), pytest.raises(IntegrityError, match="control_rule"):
        ControlRuleFactory.create(subject=subject, mode=mode, price_rule=rule)
