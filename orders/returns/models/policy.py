from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Tier
from core.codes import unique_code
from core.models import COUNT_VERSIONS, Bilingual, Versioned
from orders.returns.enums import Condition, ReturnReason
from orders.returns.querysets import ReturnPolicyQuerySet


def _choices(label: Any, choices: type[models.TextChoices], **options: Any) -> Any:
    field: Any = models.CharField(max_length=16, choices=choices)
    return ArrayField(field, default=list, blank=True, verbose_name=label, **options)


class ReturnPolicy(Versioned, Bilingual):
    """When a return authorises itself beside the agreement's return rate. What the policy does not allow a person decides.

    The policy of a distributor is that of its tier, else the one without a tier. `window_days` count from the last receipt
    of an order line; empty: no window. Returns for one of `exempt_reasons` (a recall, a fault of the seller) do not use
    the return rate.
    """

    tier = models.ForeignKey(
        Tier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tier"),
        help_text=_("Every tier where it is empty."),
    )
    window_days = models.PositiveSmallIntegerField(_("days after the receipt"), null=True, blank=True)
    reasons = _choices(_("reasons accepted"), ReturnReason)
    exempt_reasons = _choices(
        _("reasons that do not use the return rate"),
        ReturnReason,
        help_text=_("Recalls and what is the seller's fault."),
    )
    photo_reasons = _choices(_("reasons that need a photo"), ReturnReason)
    conditions = _choices(_("conditions accepted"), Condition)
    is_active = models.BooleanField(_("active"), default=True)

    objects = ReturnPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("return policy")
        verbose_name_plural = _("return policies")
        ordering = ["code"]
        constraints = [
            unique_code("return_policy_code_once"),
            models.UniqueConstraint(
                fields=["tier"],
                condition=Q(is_active=True),
                nulls_distinct=False,
                name="return_policy_one_of_a_tier",
                violation_error_message=_("There is an active return policy for this tier already."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__contained_by": ReturnReason.values}), name=f"return_policy_{name}_legal"
                )
                for name in ("reasons", "exempt_reasons", "photo_reasons")
            ),
            models.CheckConstraint(
                condition=Q(conditions__contained_by=Condition.values), name="return_policy_conditions_legal"
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("orders:return-policy", args=[self.code])
