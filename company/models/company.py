import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from company.iso_codes import check_country, check_currency
from company.querysets import StaffQuerySet
from core.codes import unique_code
from core.models import COUNT_VERSIONS, Bilingual, Versioned
from core.money import currency_check


@pghistory.track(exclude=["version"])
class Company(Versioned, Bilingual):
    """A legal entity of the brand owner. Exactly one is the default: whatever names no company belongs to it."""

    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[check_country])
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    logo = models.FileField(
        _("logo"), upload_to="logos/", blank=True, editable=False, help_text=_("It stands on printed documents.")
    )
    tax_number = models.CharField(_("tax number"), max_length=64, blank=True)
    follows_chinese_new_year = models.BooleanField(
        _("buys around the Chinese New Year"),
        default=False,
        help_text=_("Forecasts compare days by their distance from the New Year."),
    )
    claim_days = models.PositiveSmallIntegerField(
        _("days to decide a delivery claim"),
        default=7,
        db_default=7,
        help_text=_("Within so many days after the receipt a delivery claim is to be decided."),
    )
    receipt_days = models.PositiveSmallIntegerField(
        _("days until receipt by itself"),
        null=True,
        blank=True,
        help_text=_(
            "So many days after the delivery a shipment counts as received whole. Leave blank to switch it off."
        ),
    )
    credit_hold_days = models.PositiveSmallIntegerField(
        _("days of stock over the credit limit"),
        default=3,
        db_default=3,
        help_text=_("An order that is over the credit limit gives its stock back after so many days."),
    )
    is_default = models.BooleanField(_("default"), default=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["code"]
        constraints = [
            unique_code("company_code_once"),
            currency_check("currency", "company_currency_iso"),
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="company_one_default"),
            models.CheckConstraint(condition=Q(claim_days__gte=1, claim_days__lte=365), name="company_claim_days"),
            models.CheckConstraint(
                condition=Q(receipt_days__isnull=True) | Q(receipt_days__gte=1, receipt_days__lte=365),
                name="company_receipt_days",
            ),
            models.CheckConstraint(
                condition=Q(credit_hold_days__gte=1, credit_hold_days__lte=365), name="company_credit_hold_days"
            ),
        ]
        triggers = [
            COUNT_VERSIONS,
            pgtrigger.Trigger(
                name="freeze_currency",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__currency__df=pgtrigger.F("new__currency")),
                func="RAISE EXCEPTION 'company_currency_frozen' USING ERRCODE = '23514', CONSTRAINT = 'company_currency_frozen';",
            ),
        ]
