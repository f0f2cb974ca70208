from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.models import Product
from core.money import money_field
from orders.ordering.models.order import Order
from orders.returns.querysets import ReturnedGoodsQuerySet


class ReturnedGoods(models.Model):
    """Goods a distributor gave back, as imported history tells it."""

    number = models.CharField(_("return number"), max_length=32)
    distributor = models.ForeignKey(Distributor, models.PROTECT, related_name="returns", verbose_name=_("distributor"))
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="returns", verbose_name=_("order")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"))
    quantity = models.PositiveIntegerField(_("quantity"))
    amount = money_field(verbose_name=_("credited amount"), default=Decimal(0))
    currency = models.CharField(_("currency"), max_length=3)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    returned_on = models.DateField(_("returned on"))

    objects = ReturnedGoodsQuerySet.as_manager()

    class Meta:
        verbose_name = _("returned goods")
        verbose_name_plural = _("returned goods")
        ordering = ["-returned_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["number", "product"], name="returned_goods_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="returned_goods_quantity_positive"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="returned_goods_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return self.number
