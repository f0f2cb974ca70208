from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.codes import unique_code
from core.models import Bilingual
from orders.ordering.querysets import OrderTypeQuerySet


@pghistory.track()
class OrderType(Bilingual):
    """What an order is for, and what follows from it. Who may use it stands in `roles`.

    The switches are copied onto an order when it is placed (`Order.counts_as_sale`, `uses_credit`, `is_taxed`), so that
    a change is for later orders only. The lines of a type without prices are free of charge.
    """

    is_priced = models.BooleanField(
        _("priced"), default=True, help_text=_("Without it the lines are free of charge, whatever the price list says.")
    )
    uses_credit = models.BooleanField(_("uses credit"), default=True)
    counts_as_sale = models.BooleanField(_("counts as sale"), default=True)
    is_taxed = models.BooleanField(_("taxed"), default=True)
    roles: Any = ArrayField(
        models.CharField(max_length=20, choices=Role), default=list, blank=True, verbose_name=_("who may use it")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_default = models.BooleanField(_("default"), default=False, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = OrderTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("order type")
        verbose_name_plural = _("order types")
        ordering = ["position", "code"]
        constraints = [
            unique_code("order_type_code_once"),
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="order_type_one_default"),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(is_active=True, is_priced=True),
                name="order_type_default_in_use",
                violation_error_message=_("The default order type stays in use and priced."),
            ),
            models.CheckConstraint(condition=Q(roles__contained_by=Role.values), name="order_type_roles_legal"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("orders:type-change", args=[self.code])
