"""Prices, promotions, plans and actual sales for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from company.models import BusinessPeriod, BusinessYear
from company.services.business_years import open_calendar_year
from planning.enums import PlanLevel, PlanStatus
from planning.models import SalesActual, SalesPlan, SalesPlanMix, SalesPlanPeriod
from pricing.models import Price, PriceList, Promotion
from tests.factories.company import CompanyFactory

DISTRIBUTOR = "tests.factories.accounts.DistributorFactory"
PRODUCT = "tests.factories.inventory.ProductFactory"
CATEGORY = "tests.factories.inventory.CategoryFactory"


def calendar_year(year: int = 2026) -> BusinessYear:
    """The business year that is this calendar year, with its months, of a company that is set up."""
    CompanyFactory.create()
    return open_calendar_year(year)


def first_period(year: BusinessYear) -> BusinessPeriod:
    return year.periods.order_by("number")[0]


class PriceListFactory(DjangoModelFactory[PriceList]):
    """For everybody, unless distributor, territory, tier or channel_kind is given."""

    class Meta:
        model = PriceList

    code = factory.Sequence(lambda number: f"LIST-{number:03d}")
    name = factory.Sequence(lambda number: f"Price list {number}")
    name_zh = factory.Sequence(lambda number: f"价目表{number}")
    currency = "USD"


class PriceFactory(DjangoModelFactory[Price]):
    class Meta:
        model = Price

    price_list = factory.SubFactory(PriceListFactory)
    product = factory.SubFactory(PRODUCT)
    from_quantity = 1
    amount = Decimal("10.0000")
    starts_on = date(2020, 1, 1)


class PromotionFactory(DjangoModelFactory[Promotion]):
    class Meta:
        model = Promotion

    code = factory.Sequence(lambda number: f"PROMO-{number:03d}")
    name = factory.Sequence(lambda number: f"Promotion {number}")
    name_zh = factory.Sequence(lambda number: f"促销{number}")
    discount_rate = Decimal("0.100000")
    starts_on = date(2020, 1, 1)


class SalesPlanFactory(DjangoModelFactory[SalesPlan]):
    """A distributor's plan: `amount` spread evenly over the periods of the year."""

    class Meta:
        model = SalesPlan
        skip_postgeneration_save = True

    level = PlanLevel.DISTRIBUTOR
    year = factory.LazyFunction(calendar_year)
    distributor = factory.SubFactory(DISTRIBUTOR)
    status = PlanStatus.DRAFT
    currency = "USD"
    amount = Decimal("12000.0000")

    @classmethod
    def _generate(cls, strategy: Any, params: Any) -> Any:
        """In one transaction, at whose end the periods must add up to the plan."""
        with transaction.atomic():
            return super()._generate(strategy, params)

    @factory.post_generation
    def with_periods(self, create: Any, extracted: Any, **_options: Any) -> None:
        plan: Any = self
        if not create or extracted is False:
            return
        periods = list(plan.year.periods.order_by("number"))
        plan.amount = Decimal(plan.amount)
        share = (plan.amount / len(periods)).quantize(Decimal("0.01"))
        amounts = [share] * (len(periods) - 1) + [plan.amount - share * (len(periods) - 1)]
        SalesPlanPeriod.objects.bulk_create(
            [
                SalesPlanPeriod(plan=plan, period=period, amount=amount)
                for period, amount in zip(periods, amounts, strict=True)
            ]
        )


class SalesPlanPeriodFactory(DjangoModelFactory[SalesPlanPeriod]):
    """Only the row; the plan's amount must add up by the end of the transaction."""

    class Meta:
        model = SalesPlanPeriod

    plan = factory.SubFactory(SalesPlanFactory, with_periods=False)
    period = factory.LazyAttribute(lambda row: first_period(row.plan.year))
    amount = factory.LazyAttribute(lambda row: row.plan.amount)


class SalesPlanMixFactory(DjangoModelFactory[SalesPlanMix]):
    """One category that is the whole of its period."""

    class Meta:
        model = SalesPlanMix

    plan_period = factory.SubFactory(SalesPlanPeriodFactory)
    category = factory.SubFactory(CATEGORY)
    amount = factory.LazyAttribute(lambda row: row.plan_period.amount)


class SalesActualFactory(DjangoModelFactory[SalesActual]):
    class Meta:
        model = SalesActual

    distributor = factory.SubFactory(DISTRIBUTOR)
    category = factory.SubFactory(CATEGORY)
    month = date(2026, 1, 1)
    period = factory.LazyAttribute(
        lambda row: BusinessPeriod.objects.filter(starts_on__lte=row.month, ends_on__gte=row.month).first()
    )
    currency = "USD"
    units = 10
    lines = 1
    gross_amount = Decimal("100.0000")
    discount_amount = Decimal("0.0000")
    net_amount = Decimal("100.0000")
    cost_amount_company = Decimal("60.0000")
