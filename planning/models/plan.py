from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor, Territory
from catalogue.models import Category
from company.iso_codes import check_currency
from company.models import BusinessPeriod, BusinessYear
from core.models import COUNT_VERSIONS, Versioned
from core.money import money_field
from core.state import legal_values
from planning.enums import PlanLevel, PlanStatus, SalesBasis
from planning.models.sums import MIX_ADDS_UP, PERIOD_ADDS_UP, PLAN_ADDS_UP, PLANS_CHANGED
from planning.querysets import SalesActualQuerySet, SalesPlanQuerySet


class SalesPlan(Versioned):
    """What one owner is to sell in one business year. A new revision replaces the old one, which stays readable."""

    level = models.CharField(_("level"), max_length=16, choices=PlanLevel)
    year = models.ForeignKey(BusinessYear, models.PROTECT, related_name="plans", verbose_name=_("business year"))
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("territory")
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("manager")
    )
    distributor = models.ForeignKey(
        Distributor, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("distributor")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    revision = models.PositiveIntegerField(_("version"), default=1)
    is_current = models.BooleanField(_("in force"), default=True)
    status = models.CharField(_("status"), max_length=16, choices=PlanStatus, default=PlanStatus.DRAFT)
    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])
    amount = money_field(verbose_name=_("amount"))

    objects = SalesPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("sales plan")
        verbose_name_plural = _("sales plans")
        ordering = ["-year", "level", "id"]
        constraints = [
            legal_values("status", PlanStatus, "sales_plan_status_legal"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="sales_plan_amount_not_negative"),
            models.CheckConstraint(
                name="sales_plan_one_owner",
                condition=Q(level="company", territory=None, manager=None, distributor=None)
                | Q(level="territory", territory__isnull=False, manager=None, distributor=None)
                | Q(level="manager", territory=None, manager__isnull=False, distributor=None)
                | Q(level="distributor", territory=None, manager=None, distributor__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["year", "level", "territory", "manager", "distributor"],
                condition=Q(is_current=True),
                nulls_distinct=False,
                name="sales_plan_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["year", "level", "territory", "manager", "distributor", "revision"],
                nulls_distinct=False,
                name="sales_plan_version_once",
            ),
        ]
        triggers = [COUNT_VERSIONS, PLANS_CHANGED, PLAN_ADDS_UP]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.year_id} v{self.revision}"

    def get_absolute_url(self) -> str:
        return reverse("planning:plan", args=[self.pk])


class SalesPlanPeriod(models.Model):
    """The plan of one period (month). The periods of a plan add up to it, exactly (a deferred trigger holds it)."""

    plan = models.ForeignKey(SalesPlan, models.CASCADE, related_name="periods", verbose_name=_("plan"))
    period = models.ForeignKey(BusinessPeriod, models.PROTECT, related_name="+", verbose_name=_("period"))
    amount = money_field(verbose_name=_("amount"))

    class Meta:
        verbose_name = _("plan of a period")
        verbose_name_plural = _("plans of periods")
        ordering = ["period"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "period"], name="sales_plan_period_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="sales_plan_period_not_negative"),
        ]
        triggers = [PLANS_CHANGED, PERIOD_ADDS_UP]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.period_id}: {self.amount}"


class SalesPlanMix(models.Model):
    """The share of one category in the plan of a period. Where a period has a mix, it adds up to the period."""

    plan_period = models.ForeignKey(SalesPlanPeriod, models.CASCADE, related_name="mix", verbose_name=_("period"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    amount = money_field(verbose_name=_("amount"))

    class Meta:
        verbose_name = _("product mix")
        verbose_name_plural = _("product mix")
        ordering = ["category"]
        constraints = [
            models.UniqueConstraint(fields=["plan_period", "category"], name="sales_plan_mix_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="sales_plan_mix_not_negative"),
        ]
        triggers = [MIX_ADDS_UP]

    def __str__(self) -> str:
        return f"{self.plan_period_id}/{self.category_id}: {self.amount}"


class SalesActual(models.Model):
    """What was sold (sell-in, net of discount, by order date) per distributor, manager, category, month and period.

    Posted by the orders app in the transaction that approves or cancels; `verify` recomputes it from the orders. A
    month that two business periods share has a row for each, so both the calendar's and the company's sums are exact.
    Each basis has rows of its own, posted by its document: sums of two are never added.
    """

    basis = models.CharField(_("basis"), max_length=16, choices=SalesBasis, default=SalesBasis.ORDERED)

    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="actuals", db_index=False, verbose_name=_("distributor")
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("manager"),
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", db_index=False, verbose_name=_("category"))
    month = models.DateField(_("month"))
    period = models.ForeignKey(
        BusinessPeriod,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("period"),
    )
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("units"), default=0)
    lines = models.IntegerField(_("lines"), default=0)
    gross_amount = money_field(verbose_name=_("gross"), default=Decimal(0))
    discount_amount = money_field(verbose_name=_("discount"), default=Decimal(0))
    net_amount = money_field(verbose_name=_("net"), default=Decimal(0))
    cost_amount_company = money_field(verbose_name=_("cost in the company's currency"), default=Decimal(0))

    objects = SalesActualQuerySet.as_manager()

    class Meta:
        verbose_name = _("actual sales")
        verbose_name_plural = _("actual sales")
        ordering = ["month", "id"]
        indexes = [
            models.Index(fields=["month", "distributor"], name="sales_actual_month"),
            models.Index(fields=["period", "distributor"], name="sales_actual_period"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["distributor", "month", "category", "manager", "period", "currency", "basis"],
                nulls_distinct=False,
                name="sales_actual_once",
            ),
            legal_values("basis", SalesBasis, "sales_actual_basis_legal"),
        ]

    def __str__(self) -> str:
        return f"{self.distributor_id} {self.month:%Y-%m}: {self.net_amount}"
