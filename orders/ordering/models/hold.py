from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.money import money_field
from core.state import legal_values
from core.ui.numbers import money
from orders.ordering.enums import HoldKind
from orders.ordering.models.order import Order
from orders.ordering.querysets import HoldQuerySet


def outside_territory(params: Mapping[str, Any]) -> str:
    """Why an order to an address outside the territories of agreements is on hold, in the reader's language."""
    return str(_("The delivery address “%(address)s” lies outside the territory of agreement %(agreement)s.")) % {
        "address": params.get("address", ""),
        "agreement": params.get("agreement", ""),
    }


def above_limit(params: Mapping[str, Any]) -> str:
    """Why an order above the limit of its buyer is on hold, in the reader's language; without amounts where they are hidden."""
    if "limit" not in params:
        return str(HoldKind.LIMIT.label)
    return str(
        _("The order is above the buyer's limit of %(limit)s %(currency)s: an approver of the distributor confirms it.")
    ) % {
        "limit": params.get("limit", ""),
        "currency": params.get("currency", ""),
    }


def over_credit(params: Mapping[str, Any]) -> str:
    """By how much an order is over the credit limit, in the reader's language; without amounts where they are hidden."""
    if "over" not in params:
        return str(HoldKind.CREDIT.label)
    return str(_("The order is over the credit limit by %(over)s.")) % {
        "over": money(Decimal(str(params.get("over", 0))), str(params.get("currency", ""))),
    }


class OrderHold(models.Model):
    """What stops an order before a step, until somebody lifts it. An order may have several at once.

    `code` says what happened and `params` its particulars: the sentence is made in the reader's language. `amount` and
    `until` bound a hold that is lifted for so much, or so long, only.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="holds", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=16, choices=HoldKind)
    code = models.CharField(_("code"), max_length=64)
    params = models.JSONField(_("parameters"), default=dict, blank=True)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("placed by"),
    )
    placed_at = models.DateTimeField(_("placed at"))
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("lifted by"),
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    amount = money_field(verbose_name=_("amount"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold of an order")
        verbose_name_plural = _("holds of orders")
        ordering = ["order", "id"]
        constraints = [
            legal_values("kind", HoldKind, "order_hold_kind_legal"),
            models.UniqueConstraint(
                fields=["order", "kind"], condition=Q(lifted_at__isnull=True), name="order_hold_once_open"
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True) | Q(lifted_at__isnull=False), name="order_hold_lifted_when"
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def reason(self) -> str:
        """Why the order is stopped, in the reader's language."""
        if self.kind == HoldKind.RESERVATION:
            return str(_("The reservation of its stock expired."))
        if self.kind == HoldKind.TERRITORY:
            return outside_territory(self.params)
        if self.kind == HoldKind.LIMIT:
            return above_limit(self.params)
        if self.kind == HoldKind.CREDIT:
            return over_credit(self.params)
        return str(self.params.get("reason", "")) or str(HoldKind(self.kind).label)

    @property
    def reason_without_amounts(self) -> str:
        """Why the order is stopped, for whoever may not read what it amounts to."""
        return str(HoldKind(self.kind).label) if HoldKind(self.kind).is_of_money else self.reason
