from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.models import Product
from core.money import STORED_DIGITS, money_field
from core.state import legal_values
from inventory.models import Warehouse
from orders.ordering.enums import Lateness, OrderSource, OrderStatus
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.querysets import ByOrderQuerySet, OrderQuerySet
from pricing.models import Price, Promotion

_LEAST = Decimal(1).scaleb(-STORED_DIGITS)


class Order(models.Model):
    """What a distributor orders from the brand owner. Amounts are in `currency`; totals are the sums of the lines."""

    number = models.CharField(_("order number"), max_length=32, unique=True)
    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="orders", db_index=False, verbose_name=_("distributor")
    )
    warehouse = models.ForeignKey(
        Warehouse,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        db_index=False,
        verbose_name=_("warehouse"),
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("manager"),
    )
    status = models.CharField(_("status"), max_length=16, choices=OrderStatus, default=OrderStatus.DRAFT)
    lateness = models.CharField(_("lateness"), max_length=16, choices=Lateness, default=Lateness.ON_TIME)
    source = models.CharField(_("entered by"), max_length=16, choices=OrderSource, default=OrderSource.PAGE)
    purchase_order_number = models.CharField(_("purchase order number"), max_length=64, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    hold_reason = models.CharField(_("reason for the hold"), max_length=300, blank=True)
    cancel_reason = models.CharField(_("reason for the cancellation"), max_length=300, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    exchange_rate = models.DecimalField(_("exchange rate"), max_digits=18, decimal_places=8, default=Decimal(1))
    gross_amount = money_field(verbose_name=_("gross"), default=Decimal(0))
    discount_amount = money_field(verbose_name=_("discount"), default=Decimal(0))
    net_amount = money_field(verbose_name=_("total"), default=Decimal(0))
    cost_amount = money_field(verbose_name=_("cost"), default=Decimal(0))
    line_count = models.PositiveIntegerField(_("lines"), default=0)
    unit_count = models.BigIntegerField(_("units"), default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("created by"),
    )
    ordered_at = models.DateTimeField(_("ordered at"))
    ordered_on = models.DateField(_("ordered on"))
    promised_on = models.DateField(_("promised on"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    shipped_at = models.DateTimeField(_("shipped at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-ordered_at", "-id"]
        indexes = [
            models.Index(fields=["-ordered_at", "-id"], name="order_newest"),
            models.Index(fields=["distributor", "-ordered_at", "-id"], name="order_of_distributor"),
            models.Index(fields=["status", "-ordered_at", "-id"], name="order_of_status"),
            models.Index(fields=["manager", "-ordered_at", "-id"], name="order_of_manager"),
            models.Index(
                fields=["lateness", "-ordered_at", "-id"], name="order_not_on_time", condition=~Q(lateness="on_time")
            ),
            models.Index(
                fields=["purchase_order_number"],
                name="order_purchase_order_prefix",
                opclasses=["varchar_pattern_ops"],
                condition=~Q(purchase_order_number=""),
            ),
            models.Index(
                fields=["promised_on"],
                name="order_promised",
                condition=Q(status__in=["submitted", "on_hold", "approved", "picking", "partly_shipped", "shipped"]),
            ),
        ]
        constraints = [
            ORDER_STATES.constraint("order_status_legal"),
            legal_values("lateness", Lateness, "order_lateness_legal"),
            legal_values("source", OrderSource, "order_source_legal"),
            models.CheckConstraint(
                # Imported lines keep their source's rounding (see OrderLine), so an imported total may differ by their number.
                condition=Q(net_amount=F("gross_amount") - F("discount_amount"))
                | Q(
                    source="import",
                    net_amount__gte=F("gross_amount") - F("discount_amount") - F("line_count") * _LEAST,
                    net_amount__lte=F("gross_amount") - F("discount_amount") + F("line_count") * _LEAST,
                ),
                name="order_net_is_gross_less_discount",
            ),
            models.UniqueConstraint(
                fields=["distributor", "purchase_order_number"],
                condition=~Q(purchase_order_number="") & ~Q(status="cancelled") & ~Q(source="import"),
                name="order_purchase_order_number_once",
                violation_error_message=_("Another order carries this purchase order number already."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("orders:order", args=[self.number])


class OrderLine(models.Model):
    """One product of an order, in whole units. Every amount is stored as it was agreed.

    The biggest table of the program: it is reached by its order, so no other column carries an index.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", db_index=False, verbose_name=_("order"))
    position = models.PositiveIntegerField(_("line"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    ordered = models.PositiveIntegerField(_("ordered"))
    cancelled = models.PositiveIntegerField(_("cancelled"), default=0)
    shipped = models.PositiveIntegerField(_("shipped"), default=0)
    received = models.PositiveIntegerField(_("received"), default=0)
    unit_price = money_field(verbose_name=_("unit price"))
    gross_amount = money_field(verbose_name=_("gross"))
    discount_amount = money_field(verbose_name=_("discount"), default=Decimal(0))
    net_amount = money_field(verbose_name=_("net"))
    cost_amount = money_field(verbose_name=_("cost"), default=Decimal(0))
    price = models.ForeignKey(
        Price,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("from this price"),
    )
    promotion = models.ForeignKey(
        Promotion, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("promotion")
    )

    objects = ByOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["order", "position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_position_once"),
            models.CheckConstraint(condition=Q(ordered__gte=1), name="order_line_ordered_positive"),
            models.CheckConstraint(
                condition=Q(received__lte=F("shipped")) & Q(shipped__lte=F("ordered") - F("cancelled")),
                name="order_line_quantities",
            ),
            models.CheckConstraint(
                # A source may have rounded discount and net each for itself: one unit of the last digit.
                condition=Q(net_amount__gte=F("gross_amount") - F("discount_amount") - _LEAST)
                & Q(net_amount__lte=F("gross_amount") - F("discount_amount") + _LEAST),
                name="order_line_net",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.position}"

    @property
    def outstanding(self) -> int:
        """Still to be shipped."""
        return self.ordered - self.cancelled - self.shipped
