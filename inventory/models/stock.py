import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.models.product import Product
from core.models import Bilingual, ends_after_start, no_overlap
from core.state import legal_values
from inventory.enums import Cover, MoveKind
from inventory.querysets import StockQuerySet, SupplyRouteQuerySet, WarehouseQuerySet
from inventory.rules import SELL_IN_DAYS, cover_of, days_of_cover

NOT_ITSELF = """
IF EXISTS (SELECT 1 FROM inventory_warehouse WHERE id = NEW.warehouse_id AND distributor_id = NEW.distributor_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'supply_route_not_itself',
        MESSAGE = 'a distributor does not supply itself';
END IF;
RETURN NEW;
"""
FIRST_IS_DEFAULT = """
NEW.is_default := NEW.distributor_id IS NOT NULL AND (NEW.is_default OR NOT EXISTS (
    SELECT 1 FROM inventory_warehouse WHERE distributor_id = NEW.distributor_id AND is_default
));
RETURN NEW;
"""
OWNER_STAYS = """
IF OLD.distributor_id IS DISTINCT FROM NEW.distributor_id THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'warehouse_owner_stays',
        MESSAGE = 'whose a warehouse is stays for good';
END IF;
RETURN NEW;
"""


class Warehouse(Bilingual):
    """A place where stock lies. It belongs to the company, or to a distributor, which may have several; that never changes.

    One of a distributor's is its default: where its orders arrive and where its stock reports count, the first one unless
    another is chosen. A seller supplies from its own warehouses.
    """

    distributor = models.ForeignKey(
        Distributor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="warehouses",
        verbose_name=_("distributor"),
        help_text=_("The distributor it belongs to. Leave blank for the company's own."),
    )
    is_default = models.BooleanField(
        _("default"), default=False, help_text=_("Orders are delivered here, and stock reports apply to it.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    counted_at = models.DateTimeField(_("last counted at"), null=True, blank=True)

    objects = WarehouseQuerySet.as_manager()

    class Meta:
        verbose_name = _("warehouse")
        verbose_name_plural = _("warehouses")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["distributor"],
                name="warehouse_one_default",
                condition=Q(is_default=True),
                violation_error_message=_("This distributor already has a default warehouse."),
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(distributor__isnull=False), name="warehouse_default_of_distributor"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(name="owner_stays", when=pgtrigger.Before, operation=pgtrigger.Update, func=OWNER_STAYS),
            pgtrigger.Trigger(
                name="first_is_default", when=pgtrigger.Before, operation=pgtrigger.Insert, func=FIRST_IS_DEFAULT
            ),
        ]


class SupplyRoute(models.Model):
    """Which warehouse supplies a distributor for a time, and in how many days the goods arrive.

    An order takes the first one by priority that is valid on its day and leads from a warehouse of its seller in use.
    """

    distributor = models.ForeignKey(
        Distributor, models.CASCADE, related_name="supply_routes", verbose_name=_("distributor")
    )
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="routes", verbose_name=_("warehouse"))
    lead_days = models.PositiveSmallIntegerField(_("lead time in days"), default=7)
    priority = models.PositiveSmallIntegerField(_("priority"), default=1, help_text=_("1 is the highest priority."))
    starts_on = models.DateField(_("since"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = SupplyRouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("supply route")
        verbose_name_plural = _("supply routes")
        ordering = ["distributor", "priority"]
        constraints = [
            ends_after_start("supply_route_dates"),
            no_overlap(
                "supply_route_priority_once",
                same=["distributor_id", "priority"],
                message=_("Another route of this distributor has this priority on some of these days."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="not_itself",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NOT_ITSELF,
            )
        ]

    def __str__(self) -> str:
        return f"{self.warehouse_id} → {self.distributor_id}"


class Stock(models.Model):
    """What lies in one warehouse of one product, and how much of it is reserved. Changed by services only.

    `sold_in` is kept for a distributor's warehouse: the pieces that it bought of the product in the last 91 days, by the
    orders that count as sales, on the day of the order. Counted anew every six hours and when stock is reported or received.
    """

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="stock", db_index=False, verbose_name=_("warehouse")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="stock", verbose_name=_("product"))
    on_hand = models.BigIntegerField(_("on hand"), default=0)
    reserved = models.BigIntegerField(_("reserved"), default=0)
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
        ]

    def __str__(self) -> str:
        return f"{self.warehouse_id}/{self.product_id}: {self.on_hand} ({self.reserved})"

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved

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
    """One change of what lies in a warehouse. Append-only; on hand is the sum of these."""

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", db_index=False, verbose_name=_("warehouse")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    kind = models.CharField(_("kind"), max_length=16, choices=MoveKind)
    quantity = models.BigIntegerField(_("quantity"))
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
        indexes = [models.Index(fields=["warehouse", "product", "-at"], name="stock_move_of")]
        constraints = [
            legal_values("kind", MoveKind, "stock_move_kind_legal"),
            models.CheckConstraint(condition=~Q(quantity=0), name="stock_move_not_zero"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.warehouse_id}/{self.product_id} {self.quantity:+d}"


class Reservation(models.Model):
    """Stock reserved in one warehouse for one line of a document. `quantity` is what is still reserved; zero means closed.

    The source is the document and its line: `source_type` is a subject type such as `order`, for documents belong to the
    apps above this one.
    """

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", db_index=False, verbose_name=_("warehouse")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    source_type = models.CharField(_("kind of document"), max_length=32)
    source_id = models.BigIntegerField(_("document"))
    source_line_id = models.BigIntegerField(_("line of the document"))
    quantity = models.BigIntegerField(_("quantity still reserved"))
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
            models.UniqueConstraint(
                fields=["source_type", "source_id", "source_line_id", "warehouse"], name="reservation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_type} {self.source_id}/{self.source_line_id}: {self.quantity}"
