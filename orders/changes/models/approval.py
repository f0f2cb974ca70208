from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import ChannelKind
from accounts.models import Tier
from company.models import Company
from core.codes import unique_code
from core.models import COUNT_VERSIONS, Bilingual, Versioned, ends_after_start
from core.money import money_field
from orders.changes.querysets import ApprovalRuleQuerySet, ByOrderQuerySet
from orders.ordering.models import Order, OrderType


class ApprovalRule(Versioned, Bilingual):
    """When an order of a seller approves itself. What is empty asks nothing; an order on hold never does.

    Asked are the rules in force on the day, by position: the first that fits approves. `most_amount_company` is in the
    company's currency, net.
    """

    position = models.PositiveSmallIntegerField(_("position"), default=10)
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seller"),
        help_text=_("Leave empty to apply to every seller."),
    )
    type = models.ForeignKey(
        OrderType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("order", "type"),
        help_text=_("Every type of order where it is empty."),
    )
    tier = models.ForeignKey(
        Tier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tier"),
        help_text=_("Every tier where it is empty."),
    )
    channel_kind = models.CharField(_("channel kind"), max_length=20, choices=ChannelKind, blank=True)
    most_amount_company = money_field(verbose_name=_("up to the amount"), null=True, blank=True)
    needs_usual_quantity = models.BooleanField(_("usual quantities only"), default=True)
    needs_stock = models.BooleanField(_("only where all stock is reserved"), default=True)
    starts_on = models.DateField(_("valid from"))
    ends_on = models.DateField(_("valid until"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = ApprovalRuleQuerySet.as_manager()

    class Meta(Versioned.Meta):
        verbose_name = _("approval rule")
        verbose_name_plural = _("approval rules")
        ordering = ["position", "code"]
        constraints = [
            unique_code("approval_rule_code_once"),
            models.CheckConstraint(
                condition=Q(most_amount_company__isnull=True) | Q(most_amount_company__gt=0),
                name="approval_rule_amount_positive",
            ),
            models.CheckConstraint(
                condition=Q(channel_kind="") | Q(channel_kind__in=ChannelKind.values),
                name="approval_rule_channel_kind_legal",
            ),
            ends_after_start("approval_rule_ends_after_start"),
        ]
        triggers = [COUNT_VERSIONS]

    def get_absolute_url(self) -> str:
        return reverse("orders:approval-rule", args=[self.code])


class ApprovalCheck(models.Model):
    """What the rules said of an order that waits: which one approved it, or why none did.

    `reasons` are codes with their particulars: the sentences are made in the reader's language.
    """

    order = models.OneToOneField(Order, models.CASCADE, related_name="approval_check", verbose_name=_("order"))
    checked_at = models.DateTimeField(_("checked at"))
    rule = models.ForeignKey(
        ApprovalRule, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approval rule")
    )
    reasons = models.JSONField(_("reasons"), default=list, blank=True)

    objects = ByOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("check by approval rules")
        verbose_name_plural = _("checks by approval rules")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rule__isnull=True) | Q(reasons=[]), name="approval_check_rule_or_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}"
