"""Orders that are picked together, and what is to be picked of them, in the order of the walk."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from company.models import Document
from core.models import COUNT_VERSIONS
from inventory.models import Lot, Warehouse
from inventory.models.lines import person_field
from orders.fulfilment.models import Shipment
from orders.fulfilment.waves.enums import ShortReason, WaveStatus
from orders.fulfilment.waves.permissions import WAVE_STATES
from orders.fulfilment.waves.querysets import ByWaveLineQuerySet, ByWaveQuerySet, WaveQuerySet
from orders.ordering.models import OrderLine


class Wave(Document):
    """Many orders of one warehouse that are picked and shipped at once (波次)."""

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="waves", db_index=False, verbose_name=_("warehouse")
    )
    status = models.CharField(_("status"), max_length=16, choices=WaveStatus, default=WaveStatus.OPEN)
    made_at = models.DateTimeField(_("made at"))
    made_by = person_field(_("made by"))
    picked_at = models.DateTimeField(_("picked at"), null=True, blank=True)
    shipped_at = models.DateTimeField(_("shipped at"), null=True, blank=True)
    shipped_by = person_field(_("shipped by"))

    objects = WaveQuerySet.as_manager()

    class Meta(Document.Meta):
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="wave_newest"),
            models.Index(fields=["warehouse", "-made_at", "-id"], name="wave_of_warehouse"),
        ]
        constraints = [
            *Document.Meta.constraints,
            WAVE_STATES.constraint("wave_status_legal"),
            models.CheckConstraint(condition=Q(number__isnull=False), name="wave_has_number"),
            models.CheckConstraint(
                condition=Q(status=WaveStatus.SHIPPED, shipped_at__isnull=False)
                | ~Q(status=WaveStatus.SHIPPED) & Q(shipped_at__isnull=True),
                name="wave_shipped_when",
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def get_absolute_url(self) -> str:
        return reverse("orders:wave", args=[self.number])

    @property
    def title(self) -> str:
        return str(self)

    @property
    def seller_distributor_id(self) -> int | None:
        """Whose warehouse it is: a distributor's, or None where it is the company's."""
        return self.warehouse.distributor_id


class WaveLine(models.Model):
    """A line of an order in a wave. It is in one open wave at most; `shipment` is what it left with."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="lines", verbose_name=_("wave"))
    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="wave_lines", verbose_name=_("order line"))
    quantity = models.PositiveIntegerField(_("quantity"))
    is_open = models.BooleanField(_("open"), default=True)
    shipment = models.ForeignKey(
        Shipment, models.PROTECT, null=True, blank=True, related_name="wave_lines", verbose_name=_("shipment")
    )

    objects = ByWaveQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("wave", "order line of a wave")
        verbose_name_plural = pgettext_lazy("wave", "order lines of waves")
        ordering = ["wave", "id"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "order_line"], name="wave_line_once"),
            models.UniqueConstraint(
                fields=["order_line"],
                name="wave_line_in_one_open_wave",
                condition=Q(is_open=True),
                violation_error_message=_("A line of these orders is in another open wave."),
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="wave_line_quantity_positive"),
            models.CheckConstraint(
                condition=Q(shipment__isnull=True) | Q(is_open=False), name="wave_line_shipped_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave_id}/{self.order_line_id}: {self.quantity}"


class Pick(models.Model):
    """So many pieces of an order line, of one lot, from one place. `picked` is empty until somebody was there."""

    line = models.ForeignKey(WaveLine, models.CASCADE, related_name="picks", verbose_name=_("line"))
    lot = models.ForeignKey(
        Lot, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("lot")
    )
    zone = models.CharField(_("zone"), max_length=16, blank=True)
    place = models.CharField(pgettext_lazy("stock", "place"), max_length=32, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    picked = models.PositiveIntegerField(_("picked"), null=True, blank=True)
    short_reason = models.CharField(_("reason for the short pick"), max_length=16, choices=ShortReason, blank=True)
    picked_at = models.DateTimeField(_("picked at"), null=True, blank=True)
    picked_by = person_field(_("picked by"))

    objects = ByWaveLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("pick")
        verbose_name_plural = _("picks")
        ordering = ["line", "id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "lot"], name="pick_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(short_reason__in=["", *ShortReason.values]), name="pick_short_reason_legal"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="pick_quantity_positive"),
            models.CheckConstraint(
                condition=Q(picked__isnull=True, short_reason="")
                | Q(picked=F("quantity"), short_reason="")
                | Q(picked__lt=F("quantity")) & ~Q(short_reason=""),
                name="pick_short_has_reason",
                violation_error_message=_("Enter a reason where fewer pieces were picked than listed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.lot_id}: {self.quantity}"

    @property
    def is_short(self) -> bool:
        return self.picked is not None and self.picked < self.quantity
