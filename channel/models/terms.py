"""The rows of what is agreed: minimums, instalments, who decides what, and the data to be delivered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Brand
from channel.enums import ControlMode, ControlSubject, DataKind, Frequency, PriceRule, PurchaseBasis
from channel.models.agreement import Agreement
from channel.models.freezing import FIX_NO_PRICE, FREEZE_ROWS
from channel.querysets import ByAgreementQuerySet
from core.money import money_field
from core.state import legal_values


class MinimumPurchase(models.Model):
    """What the distributor is to buy in a year, in the agreement's currency, and by what a purchase counts.

    Pro rata by months for a term that is not a year (`channel.rules.minimum_of_term`). A row without a brand is for all
    that the agreement is about. Compared with what was bought by an app above.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="minimums", verbose_name=_("agreement"))
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brand"))
    amount_a_year = money_field(verbose_name=_("minimum of a year"))
    basis = models.CharField(_("basis"), max_length=16, choices=PurchaseBasis)
    with_tax = models.BooleanField(_("with tax"), default=False)
    net_of_returns = models.BooleanField(_("net of returns"), default=True)
    gifts_count = models.BooleanField(_("gifts count"), default=False)

    objects = ByAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("minimum purchase")
        verbose_name_plural = _("minimum purchases")
        ordering = ["agreement", "id"]
        constraints = [
            legal_values("basis", PurchaseBasis, "minimum_purchase_basis_legal"),
            models.CheckConstraint(
                condition=Q(amount_a_year__gt=0),
                name="minimum_purchase_positive",
                violation_error_message=_("A minimum is more than zero."),
            ),
            models.UniqueConstraint(fields=["agreement", "brand"], nulls_distinct=False, name="minimum_purchase_once"),
        ]
        triggers = [FREEZE_ROWS]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.amount_a_year} {self.basis}"


class PaymentInstalment(models.Model):
    """A share of an amount due and its days. All of an agreement add up to the whole; none: one payment."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="instalments", verbose_name=_("agreement"))
    position = models.PositiveSmallIntegerField(_("position"))
    share = models.DecimalField(_("share"), max_digits=6, decimal_places=5)
    days = models.PositiveSmallIntegerField(_("days"))

    objects = ByAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["agreement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="payment_instalment_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="payment_instalment_share"),
        ]
        triggers = [FREEZE_ROWS]

    def __str__(self) -> str:
        return f"{self.agreement_id}/{self.position}: {self.share}"


class ControlRule(models.Model):
    """Who decides about one thing. A resale price is recommended or capped at most, and fixed for a true agent only."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="control_rules", verbose_name=_("agreement"))
    subject = models.CharField(_("subject"), max_length=16, choices=ControlSubject)
    mode = models.CharField(_("control mode"), max_length=8, choices=ControlMode)
    price_rule = models.CharField(_("resale price"), max_length=16, choices=PriceRule, blank=True)

    objects = ByAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("control mode")
        verbose_name_plural = _("control modes")
        ordering = ["agreement", "id"]
        constraints = [
            legal_values("subject", ControlSubject, "control_rule_subject_legal"),
            legal_values("mode", ControlMode, "control_rule_mode_legal"),
            models.UniqueConstraint(fields=["agreement", "subject"], name="control_rule_once"),
            models.CheckConstraint(
                condition=(
                    Q(subject=ControlSubject.RESALE_PRICE, mode=ControlMode.FREE, price_rule="")
                    | Q(
                        subject=ControlSubject.RESALE_PRICE,
                        mode__in=[ControlMode.ORDERED, ControlMode.AGREED],
                        price_rule__in=PriceRule.values,
                    )
                    | (~Q(subject=ControlSubject.RESALE_PRICE) & Q(price_rule=""))
                ),
                name="control_rule_price_never_fixed",
                violation_error_message=_("A resale price can be recommended or capped, never fixed."),
            ),
        ]
        triggers = [FREEZE_ROWS, FIX_NO_PRICE]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.subject} {self.mode}"


class DataDuty(models.Model):
    """Data that the distributor delivers: what, how often, and how many days after the period."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="data_duties", verbose_name=_("agreement"))
    kind = models.CharField(_("data"), max_length=16, choices=DataKind)
    frequency = models.CharField(_("how often"), max_length=16, choices=Frequency)
    days_after = models.PositiveSmallIntegerField(_("days after the period"), default=0)

    objects = ByAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("data to be delivered")
        verbose_name_plural = _("data to be delivered")
        ordering = ["agreement", "id"]
        constraints = [
            legal_values("kind", DataKind, "data_duty_kind_legal"),
            legal_values("frequency", Frequency, "data_duty_frequency_legal"),
            models.UniqueConstraint(fields=["agreement", "kind"], name="data_duty_once"),
        ]
        triggers = [FREEZE_ROWS]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.kind} {self.frequency}"
