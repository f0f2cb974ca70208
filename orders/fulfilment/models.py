from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from company.models import BusinessPeriod
from core.codes import NormalCode, unique_code
from core.models import Bilingual
from core.money import money_field
from core.sentences import listed
from core.state import legal_values
from inventory.models import Lot, Warehouse
from orders.fulfilment.enums import CarrierKind, DifferenceKind
from orders.fulfilment.permissions import SHIPMENT_STATES
from orders.fulfilment.querysets import (
    ByShipmentLineQuerySet,
    ByShipmentQuerySet,
    CarrierQuerySet,
    DropShipmentQuerySet,
    ShipmentSerialQuerySet,
)
from orders.ordering.models.order import Order, OrderLine
from orders.ordering.querysets import ByOrderQuerySet

_ONE_WAREHOUSE = """
IF EXISTS (
    SELECT FROM made
    JOIN orders_shipment AS shipment ON shipment.id = made.shipment_id
    JOIN orders_orderline AS line ON line.id = made.order_line_id
    WHERE line.warehouse_id <> shipment.warehouse_id
      AND (SELECT placed.source FROM orders_order AS placed WHERE placed.id = line.order_id) <> 'import'
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_of_one_warehouse',
        MESSAGE = 'shipment_of_one_warehouse: what a shipment holds leaves its warehouse';
END IF;
RETURN NULL;
"""
ONE_WAREHOUSE = pgtrigger.Trigger(
    name="shipment_of_one_warehouse",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="made"),  # type: ignore[no-untyped-call]  # the package has no types for it
    func=_ONE_WAREHOUSE,
)
"""What comes with an import says where it left as far as the old system knew."""


class Carrier(Bilingual):
    """Who carries the goods. The signing secret is read from the environment variable named here, never stored."""

    kind = models.CharField(_("kind"), max_length=16, choices=CarrierKind, default=CarrierKind.MANUAL)
    base_url = models.URLField(_("address of its service"), blank=True)
    secret_name = models.CharField(_("environment variable with the secret"), max_length=64, blank=True)
    tracking_url = models.CharField(_("tracking page, with {number}"), max_length=300, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = CarrierQuerySet.as_manager()

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        ordering = ["code"]
        constraints = [unique_code("carrier_code_once"), legal_values("kind", CarrierKind, "carrier_kind_legal")]


class Shipment(models.Model):
    """A part of an order that left the warehouse together. What left here posts actual sales, imported history does not."""

    number = models.CharField(_("shipment number"), max_length=32, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="shipments", verbose_name=_("order"))
    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("warehouse")
    )
    carrier = models.ForeignKey(
        Carrier, models.PROTECT, null=True, blank=True, related_name="shipments", verbose_name=_("carrier")
    )
    tracking_number = models.CharField(_("tracking number"), max_length=64, blank=True, db_index=True)
    status = models.CharField(_("status"), max_length=16, choices=SHIPMENT_STATES.states.choices, default="shipped")
    shipped_at = models.DateTimeField(_("shipped at"))
    expected_on = models.DateField(_("expected on"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    polled_at = models.DateTimeField(_("carrier last polled at"), null=True, blank=True)
    posts_sales = models.BooleanField(_("posted to the actual sales"), default=False, db_default=False, editable=False)
    sales_period = models.ForeignKey(
        BusinessPeriod, models.PROTECT, null=True, blank=True, editable=False, related_name="+", db_index=False,
        verbose_name=_("period of the sales"),
    )  # fmt: skip

    objects = ByOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        ordering = ["shipped_at", "id"]
        indexes = [
            models.Index(fields=["shipped_at"], name="shipment_shipped"),
            models.Index(fields=["polled_at"], name="shipment_to_track", condition=Q(status="shipped")),
        ]
        constraints = [SHIPMENT_STATES.constraint("shipment_status_legal")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """A shipment is shown with its order."""
        return self.order.get_absolute_url()


class DropShipment(Shipment):
    """A shipment as the sub-distributor sees it that gets the goods of a distributor above it (直发)."""

    objects: Any = DropShipmentQuerySet.as_manager()  # type: ignore[misc, assignment]  # narrower than that of every shipment

    class Meta:
        proxy = True
        verbose_name = _("drop shipment")
        verbose_name_plural = _("drop shipments")

    def get_absolute_url(self) -> str:
        """Not that of the order, which its people do not see."""
        return reverse("orders:drop-shipment", args=[self.number])


class ShipmentLine(models.Model):
    """How much of an order line a shipment holds, and how much of it arrived whole (empty until received).

    What was shipped and did not arrive whole is damaged or missing: both stand on the delivery claim of the shipment.
    Amounts are its share of the line's, as they were posted to the actual sales when it left.
    """

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="lines", verbose_name=_("shipment"))
    order_line = models.ForeignKey(
        OrderLine, models.PROTECT, related_name="shipment_lines", verbose_name=_("order line")
    )
    quantity = models.PositiveIntegerField(_("quantity"))
    received = models.PositiveIntegerField(_("received"), null=True, blank=True)
    damaged = models.PositiveIntegerField(_("damaged"), default=0, db_default=0)
    missing = models.PositiveIntegerField(_("missing"), default=0, db_default=0)
    # With a default of the database: rows that are loaded in bulk name no kind.
    difference_kind = models.CharField(
        _("kind of difference"), max_length=16, choices=DifferenceKind, blank=True, db_default=""
    )
    difference_reason = models.CharField(_("reason for the difference"), max_length=300, blank=True)
    gross_amount = money_field(verbose_name=_("gross"), default=Decimal(0), db_default=Decimal(0))
    discount_amount = money_field(verbose_name=_("discount"), default=Decimal(0), db_default=Decimal(0))
    net_amount = money_field(verbose_name=_("net"), default=Decimal(0), db_default=Decimal(0))
    cost_amount_company = money_field(
        verbose_name=_("cost in the company's currency"), default=Decimal(0), db_default=Decimal(0)
    )

    objects = ByShipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("shipment line")
        verbose_name_plural = _("shipment lines")
        ordering = ["shipment", "id"]
        triggers = [ONE_WAREHOUSE]
        indexes = [
            models.Index(fields=["shipment"], name="shipment_line_differs", condition=~Q(difference_kind="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["shipment", "order_line"], name="shipment_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="shipment_line_quantity_positive"),
            models.CheckConstraint(
                condition=Q(received__isnull=True, damaged=0, missing=0)
                | Q(received__isnull=False, quantity=F("received") + F("damaged") + F("missing")),
                name="shipment_line_accounted_for",
            ),
            models.CheckConstraint(
                condition=Q(difference_kind__in=["", *DifferenceKind.values]), name="shipment_line_difference_legal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_id}/{self.order_line_id}: {self.quantity}"

    @property
    def difference(self) -> str:
        """Why fewer came, in the reader's language, with what the receiver wrote."""
        is_named = self.difference_kind and self.difference_kind != DifferenceKind.OTHER
        words = [str(self.get_difference_kind_display())] if is_named else []
        return listed([*words, *([self.difference_reason] if self.difference_reason else [])])


class ShipmentLot(models.Model):
    """Of which lots the pieces of a shipment line are. Of a tracked product these add up to its quantity."""

    shipment_line = models.ForeignKey(
        ShipmentLine, models.CASCADE, related_name="lots", db_index=False, verbose_name=_("shipment line")
    )
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="shipped", verbose_name=_("lot"))
    pieces = models.PositiveIntegerField(_("pieces"))

    objects = ByShipmentLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot of a shipment")
        verbose_name_plural = _("lots of shipments")
        ordering = ["shipment_line", "id"]
        constraints = [
            models.UniqueConstraint(fields=["shipment_line", "lot"], name="shipment_lot_once"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="shipment_lot_pieces_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_line_id}/{self.lot_id}: {self.pieces}"


class ShipmentSerial(models.Model):
    """The serial number of a piece that was shipped. Until it comes back, no other piece of the product has it."""

    shipment_line = models.ForeignKey(
        ShipmentLine, models.CASCADE, related_name="serials", verbose_name=_("shipment line")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    serial = models.CharField(_("serial number"), max_length=64)
    normal = models.GeneratedField(expression=NormalCode("serial"), output_field=models.TextField(), db_persist=True)
    returned_at = models.DateTimeField(_("came back at"), null=True, blank=True)

    objects = ShipmentSerialQuerySet.as_manager()

    class Meta:
        verbose_name = _("serial number shipped")
        verbose_name_plural = _("serial numbers shipped")
        ordering = ["shipment_line", "id"]
        indexes = [models.Index(fields=["normal"], name="shipment_serial_by_number")]
        constraints = [
            models.CheckConstraint(condition=~Q(normal=""), name="shipment_serial_not_empty"),
            models.UniqueConstraint(
                fields=["product", "normal"],
                name="shipment_serial_once",
                condition=Q(returned_at__isnull=True),
                violation_error_message=_("A serial number of these was shipped already and has not come back."),
            ),
        ]

    def __str__(self) -> str:
        return self.serial
