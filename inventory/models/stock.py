"""What lies in warehouses, how it changed, and for whom it is reserved."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.models.product import Product
from core.state import legal_values
from inventory.enums import Cover, MoveKind
from inventory.models.lot_triggers import CUT_BINDINGS, LOTS_FOLLOW, STOCK_IS_ITS_LOTS
from inventory.models.warehouse import Warehouse
from inventory.querysets import StockQuerySet
from inventory.rules import SELL_IN_DAYS, cover_of, days_of_cover

BACK_ORDERS_FIRST = """
IF EXISTS (
    SELECT FROM inventory_stock AS stock
    JOIN inventory_backorder AS waiting ON waiting.warehouse_id = stock.warehouse_id
        AND waiting.product_id = stock.product_id AND waiting.quantity > 0
    WHERE stock.id = NEW.id AND stock.on_hand > stock.reserved AND (
        SELECT SUM(earlier.quantity) FROM inventory_backorder AS earlier
        WHERE earlier.warehouse_id = stock.warehouse_id AND earlier.product_id = stock.product_id
          AND earlier.quantity > 0 AND (waiting.ship_on IS NULL OR earlier.ship_on <= waiting.ship_on)
    ) > (
        SELECT COALESCE(SUM(coming.quantity - coming.received), 0) FROM inventory_expectedreceipt AS coming
        WHERE coming.warehouse_id = stock.warehouse_id AND coming.product_id = stock.product_id
          AND coming.status = 'open' AND (waiting.ship_on IS NULL OR coming.expected_on < waiting.ship_on)
    )
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_back_orders_first',
        MESSAGE = 'stock_back_orders_first: pieces that no receipt brings in time belong to those who wait';
END IF;
RETURN NULL;
"""


class Stock(models.Model):
    """What lies in one warehouse of one product, and how much of it is reserved. Changed by services only.

    `waiting` are the pieces that back orders wait for. What is free is never more than what receipts leave them: pieces
    that no receipt brings in time are reserved for them at once, so that who orders now does not get them.

    `zone` and `place` say where it lies in the warehouse: pick lists are sorted by them.

    `blocked` are those of the reserved pieces that are reserved for a StockBlock: nobody gets them.

    `sold_in` is kept for a distributor's warehouse: the pieces that it bought of the product in the last 91 days, by the
    orders that count as sales, on the day of the order. Counted anew every six hours and when stock is reported or received.
    """

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="stock", db_index=False, verbose_name=_("warehouse")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="stock", verbose_name=_("product"))
    on_hand = models.BigIntegerField(_("on hand"), default=0)
    reserved = models.BigIntegerField(_("reserved"), default=0)
    blocked = models.BigIntegerField(_("blocked"), default=0, db_default=0)
    waiting = models.BigIntegerField(_("waiting"), default=0, db_default=0)
    zone = models.CharField(_("zone"), max_length=16, blank=True, default="", db_default="")
    place = models.CharField(pgettext_lazy("stock", "place"), max_length=32, blank=True, default="", db_default="")
    sold_in = models.BigIntegerField(_("purchased in 91 days"), null=True, blank=True)

    objects = StockQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        ordering = ["warehouse", "product"]
        constraints = [
            models.UniqueConstraint(fields=["warehouse", "product"], name="stock_once"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("on_hand")), name="stock_reserved_within_on_hand"
            ),
            models.CheckConstraint(
                condition=Q(blocked__gte=0) & Q(blocked__lte=F("reserved")), name="stock_blocked_within_reserved"
            ),
            models.CheckConstraint(condition=Q(waiting__gte=0), name="stock_waiting_not_negative"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="back_orders_first",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("NEW.waiting > 0 AND NEW.on_hand > NEW.reserved"),
                func=BACK_ORDERS_FIRST,
            ),
            *STOCK_IS_ITS_LOTS,
        ]

    def __str__(self) -> str:
        return f"{self.warehouse_id}/{self.product_id}: {self.on_hand} ({self.reserved})"

    @property
    def available(self) -> int:
        """What can be ordered now."""
        return self.on_hand - self.reserved

    @property
    def for_orders(self) -> int:
        """Reserved for orders: without what is blocked."""
        return self.reserved - self.blocked

    @property
    def daily_sell_in(self) -> float | None:
        """Average pieces per day, None before the first count."""
        return None if self.sold_in is None else self.sold_in / SELL_IN_DAYS

    @property
    def days_of_cover(self) -> float | None:
        return days_of_cover(on_hand=self.on_hand, sold_in=self.sold_in)

    @property
    def cover(self) -> Cover:
        return cover_of(on_hand=self.on_hand, sold_in=self.sold_in)


class StockMove(models.Model):
    """One change of what lies in a warehouse. Append-only; on hand is the sum of these.

    `lot` is the lot that whoever moved the goods named; which lots they were of a tracked product, its `lots` say.
    """

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", db_index=False, verbose_name=_("warehouse")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    kind = models.CharField(_("kind"), max_length=16, choices=MoveKind)
    quantity = models.BigIntegerField(_("quantity"))
    lot = models.ForeignKey(
        "inventory.Lot", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("lot")
    )
    reference = models.CharField(_("document"), max_length=64, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("person"),
    )

    objects = StockQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["warehouse", "product", "-at"], name="stock_move_of", include=["quantity"])]
        constraints = [
            legal_values("kind", MoveKind, "stock_move_kind_legal"),
            models.CheckConstraint(condition=~Q(quantity=0), name="stock_move_not_zero"),
        ]
        triggers = [
            LOTS_FOLLOW,
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.warehouse_id}/{self.product_id} {self.quantity:+d}"


class Reservation(models.Model):
    """Stock reserved in one warehouse for one line of a document. `quantity` is what is still reserved; zero means closed.

    The source is the document and its line: `source_type` is a subject type such as `order`, for documents belong to the
    apps above this one. Of a tracked product `bound` pieces have their lots (`LotBinding`).
    """

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", db_index=False, verbose_name=_("warehouse")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    source_type = models.CharField(_("kind of document"), max_length=32)
    source_id = models.BigIntegerField(_("document"))
    source_line_id = models.BigIntegerField(_("line of the document"))
    quantity = models.BigIntegerField(_("quantity still reserved"))
    bound = models.BigIntegerField(_("pieces with a lot"), default=0, db_default=0)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)

    objects = StockQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="reservation_expiring",
                condition=Q(quantity__gt=0, expires_at__isnull=False),  # most orders keep theirs for good
            ),
            models.Index(fields=["warehouse", "product"], name="reservation_open", condition=Q(quantity__gt=0)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=0), name="reservation_not_negative"),
            models.CheckConstraint(
                condition=Q(bound__gte=0) & Q(bound__lte=F("quantity")), name="reservation_bound_within_reserved"
            ),
            models.UniqueConstraint(
                fields=["source_type", "source_id", "source_line_id", "warehouse"], name="reservation_once"
            ),
        ]
        triggers = [CUT_BINDINGS]

    def __str__(self) -> str:
        return f"{self.source_type} {self.source_id}/{self.source_line_id}: {self.quantity}"
