from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.account import TradeAccount
from billing.querysets import ByAccountQuerySet
from core.money import money_field


class CreditReservation(models.Model):
    """What a document uses of the credit of an account, with tax: what is ordered, and what was shipped and is not invoiced.

    `invoiced_amount` is what of it has been invoiced: that counts as an open invoice.
    """

    account = models.ForeignKey(
        TradeAccount, models.PROTECT, related_name="reservations", verbose_name=_("trade account")
    )
    source_type = models.CharField(_("source"), max_length=32)
    source_id = models.BigIntegerField(_("source number"))
    ordered_amount = money_field(verbose_name=_("ordered, not shipped"))
    shipped_amount = money_field(verbose_name=_("shipped, not invoiced"))
    invoiced_amount = money_field(verbose_name=_("invoiced"), default=Decimal(0))

    objects = ByAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit reservation")
        verbose_name_plural = _("credit reservations")
        ordering = ["account", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source_type", "source_id"], name="credit_reservation_once"),
            models.CheckConstraint(
                condition=Q(ordered_amount__gte=0, shipped_amount__gte=0, invoiced_amount__gte=0),
                name="credit_reservation_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_type} {self.source_id}: {self.ordered_amount + self.shipped_amount}"
