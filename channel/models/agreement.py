from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, GeneratedField, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind
from accounts.models import Distributor
from channel.enums import AgreementStatus, BelowMinimum, FreightTerms, PaymentBase
from channel.models.freezing import FREEZE_TERMS, KEEP_AGREEMENTS
from channel.querysets import AgreementQuerySet
from company.iso_codes import check_currency
from company.models import Company
from core.models import COUNT_VERSIONS, Versioned, ends_after_start
from core.money import currency_check, money_field
from core.state import legal_values

_NOT_SIGNED = [AgreementStatus.DRAFT, AgreementStatus.SENT, AgreementStatus.ACCEPTED]
_SIGNED = [AgreementStatus.IN_FORCE, AgreementStatus.IN_GRACE, AgreementStatus.ENDED]


def _share(name: str, text: Any) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{name}__gte": 0, f"{name}__lte": 1}),
        name=f"agreement_{name}",
        violation_error_message=text,
    )


def _days(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 1, f"{name}__lte": 365}),
        name=f"agreement_{name}",
        violation_error_message=_("Enter a number of days between 1 and 365."),
    )


def _weight(text: Any, **options: Any) -> models.DecimalField[Decimal | None, Decimal | None]:
    return models.DecimalField(text, max_digits=12, decimal_places=3, null=True, blank=True, **options)


class _DaysLater(Func):
    """A day so many days after another one."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    output_field = models.DateField()


class Agreement(Versioned):
    """One revision of what a seller and a distributor agreed.

    A change of terms is a new revision under the same number that supersedes the one before from its first day on; what
    was sent is never edited (`FREEZE_TERMS`), only a draft is. Days: the terms hold from `starts_on` to `ends_on` (open
    where it is empty), and orders are taken for `grace_days` more, with a warning; where it was ended or superseded,
    `last_on` is the last day of all. `orders_until` says it in one column. Amounts are in `currency`,
    rates are shares (0.05 is 5 %).
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="+", db_index=False, verbose_name=_("seller"))
    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="agreements", verbose_name=_("distributor")
    )
    number = models.CharField(_("number"), max_length=32, null=True, blank=True)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name=_("supersedes")
    )
    status = models.CharField(_("status"), max_length=16, choices=AgreementStatus, default=AgreementStatus.DRAFT)

    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=0)
    last_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=300, blank=True)
    orders_until = GeneratedField(
        expression=Coalesce(F("last_on"), _DaysLater("ends_on", "grace_days")),
        output_field=models.DateField(),
        db_persist=True,
        verbose_name=_("orders until"),
    )
    warned_days = models.PositiveSmallIntegerField(_("warned so many days ahead"), null=True, blank=True)

    channel_kinds = ArrayField(
        models.CharField(max_length=20, choices=ChannelKind), default=list, blank=True, verbose_name=_("channel kinds")
    )
    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])
    payment_base = models.CharField(
        _("payment counts from"), max_length=16, choices=PaymentBase, default=PaymentBase.INVOICED
    )
    payment_days = models.PositiveSmallIntegerField(_("days of payment"), null=True, blank=True)
    payment_cut_day = models.PositiveSmallIntegerField(
        _("cut day"),
        null=True,
        blank=True,
        help_text=_("What comes after this day of the month counts as of the next."),
    )
    payment_from_month_end = models.BooleanField(_("from the end of the month"), default=False)
    credit_limit = money_field(verbose_name=_("credit limit"), null=True, blank=True)
    deposit_amount = money_field(verbose_name=_("deposit"), null=True, blank=True)
    discount_rate = models.DecimalField(_("discount"), max_digits=6, decimal_places=5, null=True, blank=True)
    return_rate = models.DecimalField(_("return rate"), max_digits=6, decimal_places=5, null=True, blank=True)
    order_minimum_amount = money_field(verbose_name=_("order minimum"), null=True, blank=True)
    order_minimum_weight = _weight(_("order minimum (kg)"))
    order_minimum_pallets = models.PositiveSmallIntegerField(_("order minimum (pallets)"), null=True, blank=True)
    full_truck_weight = _weight(_("full truck (kg)"), help_text=_("A truck is full by its weight or by its pallets."))
    full_truck_pallets = models.PositiveSmallIntegerField(_("full truck (pallets)"), null=True, blank=True)
    below_minimum = models.CharField(
        _("below the minimum"), max_length=16, choices=BelowMinimum, default=BelowMinimum.REFUSED
    )
    freight_surcharge = money_field(verbose_name=_("freight surcharge"), null=True, blank=True)
    freight_terms = models.CharField(_("freight"), max_length=16, choices=FreightTerms, default=FreightTerms.SELLER)
    freight_free_from = money_field(verbose_name=_("freight paid from"), null=True, blank=True)
    least_remaining_days = models.PositiveSmallIntegerField(
        _("least remaining life (days)"),
        null=True,
        blank=True,
        help_text=_(
            "Goods that expire sooner after their arrival are not shipped. Leave blank where there is no rule."
        ),
    )
    report_days = models.PositiveSmallIntegerField(
        _("days to report a difference"),
        null=True,
        blank=True,
        help_text=_(
            "So many days after the delivery a shipment counts as received whole. Leave blank to use the company's setting."
        ),
    )
    claim_days = models.PositiveSmallIntegerField(
        _("days to decide a delivery claim"),
        null=True,
        blank=True,
        help_text=_("From the receipt. Leave blank to use the company's setting."),
    )
    never_older = models.BooleanField(
        _("never older than the last delivery"),
        default=False,
        db_default=False,
        help_text=_("No goods are shipped that were produced before those of the product's last delivery."),
    )
    clauses = models.TextField(_("further clauses"), blank=True)
    agent_reason = models.CharField(
        _("reason for a true agent"),
        max_length=300,
        blank=True,
        help_text=_("Why the distributor is a true agent, whose resale price may be fixed. Set by an administrator."),
    )

    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("accepted by")
    )
    accepted_name = models.CharField(_("name under the agreement"), max_length=200, blank=True)
    accepted_text = models.TextField(_("text that was accepted"), blank=True)
    in_force_at = models.DateTimeField(_("put in force at"), null=True, blank=True)
    signature_reference = models.CharField(_("signature reference"), max_length=200, blank=True)
    scan = models.FileField(_("stamped scan"), upload_to="agreements/%Y/%m/", blank=True)
    scan_name = models.CharField(_("file name of the scan"), max_length=200, blank=True)
    scan_type = models.CharField(_("media type of the scan"), max_length=40, blank=True)
    scan_hash = models.CharField(_("SHA-256 of the scan"), max_length=64, blank=True)
    is_imported = models.BooleanField(
        _("imported"), default=False, help_text=_("It was agreed before it came here; nobody accepted it online.")
    )
    imported_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("imported by")
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["distributor", "-starts_on"], name="agreement_of_distributor"),
            models.Index(fields=["status", "ends_on"], name="agreement_to_move"),
        ]
        constraints = [
            legal_values("status", AgreementStatus, "agreement_status_legal"),
            legal_values("payment_base", PaymentBase, "agreement_payment_base_legal"),
            legal_values("freight_terms", FreightTerms, "agreement_freight_terms_legal"),
            legal_values("below_minimum", BelowMinimum, "agreement_below_minimum_legal"),
            models.UniqueConstraint(fields=["number", "company", "revision"], name="agreement_number_once"),
            models.CheckConstraint(
                condition=Q(status=AgreementStatus.DRAFT) | (Q(number__isnull=False) & ~Q(number="")),
                name="agreement_numbered_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(revision=1, previous__isnull=True) | Q(revision__gt=1, previous__isnull=False),
                name="agreement_revision_has_previous",
            ),
            ends_after_start("agreement_dates"),
            models.CheckConstraint(
                condition=Q(channel_kinds__contained_by=ChannelKind.values), name="agreement_channel_kinds_legal"
            ),
            currency_check("currency", "agreement_currency_iso"),
            models.CheckConstraint(
                condition=Q(payment_cut_day__gte=1, payment_cut_day__lte=31),
                name="agreement_cut_day",
                violation_error_message=_("The cut day is a day of the month, from 1 to 31."),
            ),
            models.CheckConstraint(
                condition=(Q(credit_limit__isnull=True) | Q(credit_limit__gte=0))
                & (Q(deposit_amount__isnull=True) | Q(deposit_amount__gte=0))
                & (Q(order_minimum_amount__isnull=True) | Q(order_minimum_amount__gte=0))
                & (Q(freight_free_from__isnull=True) | Q(freight_free_from__gte=0)),
                name="agreement_amounts_not_negative",
                violation_error_message=_("An amount cannot be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(freight_terms=FreightTerms.SELLER_FROM, freight_free_from__isnull=False)
                | (~Q(freight_terms=FreightTerms.SELLER_FROM) & Q(freight_free_from__isnull=True)),
                name="agreement_freight_amount",
                violation_error_message=_("Give the order amount exactly where freight is paid from an amount on."),
            ),
            models.CheckConstraint(
                condition=(Q(order_minimum_weight__isnull=True) | Q(order_minimum_weight__gt=0))
                & (Q(order_minimum_pallets__isnull=True) | Q(order_minimum_pallets__gt=0))
                & (Q(full_truck_weight__isnull=True) | Q(full_truck_weight__gt=0))
                & (Q(full_truck_pallets__isnull=True) | Q(full_truck_pallets__gt=0)),
                name="agreement_minimums_positive",
                violation_error_message=_("Enter a number above zero."),
            ),
            models.CheckConstraint(
                condition=Q(below_minimum=BelowMinimum.SURCHARGE, freight_surcharge__gt=0)
                | (~Q(below_minimum=BelowMinimum.SURCHARGE) & Q(freight_surcharge__isnull=True)),
                name="agreement_freight_surcharge",
                violation_error_message=_("Give the freight surcharge exactly where one is charged below the minimum."),
            ),
            _share("discount_rate", _("A discount is between 0 and 100 %.")),
            _share("return_rate", _("A return rate is between 0 and 100 %.")),
            _days("report_days"),
            _days("claim_days"),
            models.CheckConstraint(
                condition=Q(status__in=[AgreementStatus.DRAFT, AgreementStatus.SENT], accepted_at__isnull=True)
                | (
                    Q(
                        status__in=[AgreementStatus.ACCEPTED, *_SIGNED],
                        accepted_at__isnull=False,
                        accepted_by__isnull=False,
                    )
                    & ~Q(accepted_name="")
                    & ~Q(accepted_text="")
                )
                | Q(is_imported=True, accepted_at__isnull=True),
                name="agreement_accepted_by_name",
            ),
            models.CheckConstraint(
                condition=Q(is_imported=True, imported_at__isnull=False)
                | Q(is_imported=False, imported_at__isnull=True, imported_by__isnull=True),
                name="agreement_imported_at",
            ),
            models.CheckConstraint(
                condition=Q(status__in=_NOT_SIGNED, in_force_at__isnull=True)
                | (
                    Q(status__in=_SIGNED, in_force_at__isnull=False)
                    & (~Q(signature_reference="") | Q(scan_hash__regex="^[0-9a-f]{64}$"))
                ),
                name="agreement_in_force_is_signed",
                violation_error_message=_("Add the stamped scan or a signature reference."),
            ),
        ]
        triggers = [COUNT_VERSIONS, FREEZE_TERMS, KEEP_AGREEMENTS]

    def __str__(self) -> str:
        return f"{self.display_number} R{self.revision}"

    @property
    def display_number(self) -> str:
        """The number, and for a draft without one a word instead."""
        return self.number or gettext("Draft")

    def get_absolute_url(self) -> str:
        return reverse("channel:agreement", args=[self.pk])
