from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from accounts.querysets import ByDistributorQuerySet
from catalogue.models import Product
from core.codes import NormalCode
from orders.ordering.querysets import ByTemplateQuerySet


class OrderTemplate(models.Model):
    """What a distributor orders together again and again, by a name. The one without a name holds its favourites."""

    distributor = models.ForeignKey(
        Distributor, models.CASCADE, related_name="order_templates", db_index=False, verbose_name=_("distributor")
    )
    name = models.CharField(_("name"), max_length=80, blank=True)

    objects = ByDistributorQuerySet.as_manager()

    class Meta:
        verbose_name = _("order template")
        verbose_name_plural = _("order templates")
        ordering = ["distributor", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                "distributor",
                NormalCode("name"),
                name="order_template_name_once",
                violation_error_message=_("Another template already has this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Favourites"))

    @property
    def is_favourites(self) -> bool:
        return not self.name


class OrderTemplateLine(models.Model):
    """A product with the quantity that is usually taken of it, in a unit that the product has."""

    template = models.ForeignKey(OrderTemplate, models.CASCADE, related_name="lines", verbose_name=_("order template"))
    position = models.PositiveIntegerField(_("line"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"))
    unit = models.CharField(_("unit"), max_length=16, blank=True, help_text=_("Empty for the piece."))
    units = models.PositiveIntegerField(_("units"))

    objects = ByTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of an order template")
        verbose_name_plural = _("lines of order templates")
        ordering = ["template", "position"]
        constraints = [
            models.UniqueConstraint(fields=["template", "product", "unit"], name="order_template_product_once"),
            models.CheckConstraint(condition=Q(units__gte=1), name="order_template_line_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.template_id}/{self.position}"
