from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind
from accounts.models import Duty, Territory, Tier
from catalogue.models import Brand
from channel.enums import FreightTerms
from company.iso_codes import check_currency
from core.codes import unique_code
from core.models import COUNT_VERSIONS, Bilingual, Versioned
from core.money import currency_check, money_field
from core.state import legal_values
from inventory.models import Warehouse
from onboarding.enums import Side, StepKind
from onboarding.querysets import ManagedQuerySet
from pricing.models import PriceList


class Template(Versioned, Bilingual):
    """What a new distributor of one channel kind begins with. Amounts are in `currency`, rates are shares."""

    channel_kind = models.CharField(_("channel kind"), max_length=20, choices=ChannelKind)
    is_active = models.BooleanField(_("active"), default=True)
    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])
    tier = models.ForeignKey(Tier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tier"))
    brands = models.ManyToManyField(Brand, related_name="+", verbose_name=_("brands"))
    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="+", verbose_name=_("price list"))
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+", verbose_name=_("supplied from"))
    lead_days = models.PositiveSmallIntegerField(_("lead time in days"), default=7)
    term_months = models.PositiveSmallIntegerField(_("months of the agreement"), default=12)
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=30)
    payment_days = models.PositiveSmallIntegerField(_("days of payment"), null=True, blank=True)
    payment_from_month_end = models.BooleanField(_("from the end of the month"), default=False)
    credit_limit = money_field(verbose_name=_("credit limit"), null=True, blank=True)
    deposit_amount = money_field(verbose_name=_("deposit"), null=True, blank=True)
    order_minimum_amount = money_field(verbose_name=_("order minimum"), null=True, blank=True)
    discount_rate = models.DecimalField(_("discount"), max_digits=6, decimal_places=5, null=True, blank=True)
    return_rate = models.DecimalField(_("return rate"), max_digits=6, decimal_places=5, null=True, blank=True)
    freight_terms = models.CharField(
        _("freight"),
        max_length=16,
        choices=[choice for choice in FreightTerms.choices if choice[0] != FreightTerms.SELLER_FROM],
        default=FreightTerms.SELLER,
    )
    clauses = models.TextField(_("further clauses"), blank=True)

    objects = ManagedQuerySet.as_manager()

    class Meta:
        verbose_name = _("onboarding template")
        verbose_name_plural = _("onboarding templates")
        ordering = ["code"]
        constraints = [
            unique_code("onboarding_template_code_once"),
            legal_values("channel_kind", ChannelKind, "onboarding_template_kind_legal"),
            currency_check("currency", "onboarding_template_currency_iso"),
            models.CheckConstraint(condition=Q(term_months__gte=1), name="onboarding_template_term"),
        ]
        triggers = [COUNT_VERSIONS]

    def get_absolute_url(self) -> str:
        return reverse("onboarding:template", args=[self.pk])


class TemplateDuty(models.Model):
    """Who answers for a duty of a new distributor: everywhere, or in a territory and those below it."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="duties", verbose_name=_("template"))
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", verbose_name=_("duty"))
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("territory")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("accountable person")
    )
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stand-in")
    )

    objects = ManagedQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsibility of a template")
        verbose_name_plural = _("responsibilities of templates")
        ordering = ["template", "duty", "territory"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "duty", "territory"],
                name="template_duty_once",
                nulls_distinct=False,
                violation_error_message=_("This duty has somebody for this territory already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}: {self.person_id}"


class TemplateStep(models.Model):
    """A step of the onboarding, with the day on which it is due counted from the approval."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="steps", verbose_name=_("template"))
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("Chinese name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=StepKind, default=StepKind.TASK)
    side = models.CharField(_("side"), max_length=16, choices=Side, default=Side.BRAND)
    due_days = models.PositiveSmallIntegerField(_("due after days"), default=14)
    is_required = models.BooleanField(_("required before the first order"), default=True)
    valid_months = models.PositiveSmallIntegerField(
        _("months that a certificate is valid"),
        null=True,
        blank=True,
        help_text=_("Of trainings. Leave blank where it never runs out."),
    )

    objects = ManagedQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a template")
        verbose_name_plural = _("steps of templates")
        ordering = ["template", "position"]
        constraints = [
            models.UniqueConstraint(fields=["template", "position"], name="template_step_position_once"),
            legal_values("kind", StepKind, "template_step_kind_legal"),
            legal_values("side", Side, "template_step_side_legal"),
        ]

    def __str__(self) -> str:
        return self.name
