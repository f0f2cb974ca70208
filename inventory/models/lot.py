"""Lots: goods of a product that were made together, where they lie, and for whom they are bound."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, GeneratedField, Q, TextField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.models.product import Product
from core.codes import NormalCode
from core.models import COUNT_VERSIONS, Versioned
from core.state import legal_values
from inventory.enums import LotStatus
from inventory.models.lines import person_field
from inventory.models.lot_triggers import LOT_STOCK_FOLLOWS, LOTS_ARE_THE_STOCK
from inventory.models.stock import Reservation, StockMove
from inventory.models.warehouse import Warehouse
from inventory.querysets import LotQuerySet, LotStockQuerySet, OfBrandQuerySet


class Lot(Versioned):
    """A lot (批次) of a product. The one without a code is the unnamed lot: pieces of which nobody said the lot.

    Production date and expiry date are both stored. A frozen or recalled lot is neither promised nor shipped.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="lots", verbose_name=_("product"))
    code = models.CharField(_("lot"), max_length=64, blank=True)
    normal = GeneratedField(expression=NormalCode("code"), output_field=TextField(), db_persist=True)
    produced_on = models.DateField(_("production date"), null=True, blank=True)
    expires_on = models.DateField(_("expiry date"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=LotStatus, default=LotStatus.FREE)
    status_reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    status_at = models.DateTimeField(_("since"), null=True, blank=True)
    status_by = person_field(_("person"))

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["product", F("expires_on").asc(nulls_last=True), "id"]
        indexes = [
            models.Index(fields=["expires_on"], name="lot_expiring"),
            models.Index(fields=["normal"], name="lot_by_code"),
        ]
        constraints = [
            legal_values("status", LotStatus, "lot_status_legal"),
            # Of the expression: a generated column in a key would lock the lot against every movement when it changes.
            models.UniqueConstraint(
                F("product"),
                NormalCode("code"),
                name="lot_once",
                violation_error_message=_("The product already has this lot."),
            ),
            models.CheckConstraint(
                condition=Q(produced_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__gte=F("produced_on")),
                name="lot_expires_after_production",
                violation_error_message=_("A lot cannot expire before it was produced."),
            ),
            models.CheckConstraint(
                condition=~Q(normal="")
                | Q(code="", status=LotStatus.FREE, produced_on__isnull=True, expires_on__isnull=True),
                name="lot_unnamed_is_free",
                violation_error_message=_("Enter the lot's code."),
            ),
            models.CheckConstraint(
                condition=Q(status=LotStatus.FREE) | ~Q(status_reason="") & Q(status_at__isnull=False),
                name="lot_frozen_has_reason",
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its code, or that nobody said it."""
        return self.code or str(pgettext_lazy("lot", "Unnamed"))

    @property
    def state(self) -> LotStatus:
        return LotStatus(self.status)

    def get_absolute_url(self) -> str:
        return reverse("orders:lot", args=[self.pk])

    def days_left(self, day: date) -> int | None:
        """The remaining life on a day, None where the expiry date is not known."""
        return None if self.expires_on is None else (self.expires_on - day).days


class LotStock(models.Model):
    """What lies of a lot in a warehouse. `bound` is for reservations (`LotBinding`), `blocked` for blocks of the lot.

    Changed by the moves (`LotMove`) and under the lock of the stock row only.
    """

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", db_index=False, verbose_name=_("warehouse")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="stock", verbose_name=_("lot"))
    on_hand = models.BigIntegerField(_("on hand"), default=0)
    bound = models.BigIntegerField(pgettext_lazy("lot", "bound"), default=0)
    blocked = models.BigIntegerField(_("blocked"), default=0)

    objects = LotStockQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock of a lot")
        verbose_name_plural = _("stock of lots")
        ordering = ["warehouse", "product", "lot"]
        indexes = [models.Index(fields=["warehouse", "product"], name="lot_stock_of_product")]
        constraints = [
            models.UniqueConstraint(fields=["warehouse", "lot"], name="lot_stock_once"),
            models.CheckConstraint(
                condition=Q(bound__gte=0, blocked__gte=0) & Q(on_hand__gte=F("bound") + F("blocked")),
                name="lot_stock_covers",
                violation_error_message=_("There are not so many free pieces of this lot."),
            ),
        ]
        triggers = LOTS_ARE_THE_STOCK

    def __str__(self) -> str:
        return f"{self.warehouse_id}/{self.lot_id}: {self.on_hand}"

    @property
    def free(self) -> int:
        """Neither bound nor blocked."""
        return self.on_hand - self.bound - self.blocked


class LotMove(models.Model):
    """Pieces of a lot that came into a warehouse or left it. Append-only; the stock of a lot is the sum of these.

    Without a move, pieces changed their lot where they lie: tracking began, or somebody said which lot they are.
    """

    move = models.ForeignKey(
        StockMove, models.PROTECT, null=True, blank=True, related_name="lots", verbose_name=_("stock movement")
    )
    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", db_index=False, verbose_name=_("warehouse")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="moves", verbose_name=_("lot"))
    quantity = models.BigIntegerField(_("quantity"))
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

    objects = LotStockQuerySet.as_manager()

    class Meta:
        verbose_name = _("movement of a lot")
        verbose_name_plural = _("movements of lots")
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(quantity=0), name="lot_move_not_zero")]
        triggers = [
            LOT_STOCK_FOLLOWS,
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.warehouse_id}/{self.lot_id} {self.quantity:+d}"


class LotBinding(models.Model):
    """Pieces of a lot that are kept for a reservation: what is picked and shipped for its line.

    `lost` are pieces that were bound when the lot was frozen: the line is not shipped before other lots are bound.
    """

    reservation = models.ForeignKey(
        Reservation, models.CASCADE, related_name="bindings", db_index=False, verbose_name=_("reservation")
    )
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="bindings", verbose_name=_("lot"))
    pieces = models.BigIntegerField(_("pieces"))
    lost = models.BigIntegerField(_("pieces frozen since"), default=0)

    objects = OfBrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot of a reservation")
        verbose_name_plural = _("lots of reservations")
        ordering = ["reservation", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reservation", "lot"], name="lot_binding_once"),
            models.CheckConstraint(
                condition=Q(pieces__gte=0, lost__gte=0) & ~Q(pieces=0, lost=0), name="lot_binding_has_pieces"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reservation_id}/{self.lot_id}: {self.pieces}"
