import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.ordering.models.order import Order
from orders.ordering.querysets import ByOrderQuerySet


class PromiseChange(models.Model):
    """A day that the seller named later for an order, with its reason. Append-only; the order keeps its first promise."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="promise_changes", verbose_name=_("order"))
    promised_on = models.DateField(_("promised on"))
    reason = models.CharField(_("reason"), max_length=300)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("changed by")
    )
    changed_at = models.DateTimeField(_("changed at"))

    objects = ByOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("changed promise")
        verbose_name_plural = _("changed promises")
        ordering = ["order", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="promise_change_reason")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.promised_on}"
