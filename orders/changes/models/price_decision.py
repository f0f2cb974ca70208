from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.money import money_field
from core.state import legal_values
from orders.changes.enums import PriceChoice
from orders.changes.querysets import ByLineQuerySet
from orders.ordering.models import OrderLine


class PriceDecision(models.Model):
    """What was decided last for a line whose price is not that of its price list any more. In the order's currency.

    Asked again only where the price list says something else than `current_price`.
    """

    line = models.OneToOneField(OrderLine, models.CASCADE, related_name="+", verbose_name=_("order line"))
    choice = models.CharField(_("decision"), max_length=16, choices=PriceChoice)
    ordered_price = money_field(verbose_name=_("price in the order"))
    current_price = money_field(verbose_name=_("price on the day"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"))

    objects = ByLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision about a price")
        verbose_name_plural = _("decisions about prices")
        ordering = ["-id"]
        constraints = [legal_values("choice", PriceChoice, "price_decision_choice_legal")]

    def __str__(self) -> str:
        return f"{self.line_id}"
