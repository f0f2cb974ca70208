"""How a shipment is packed: its parcels, what they weigh, and, where somebody noted it, what is in them."""

from typing import Final

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.fulfilment.models import Shipment, ShipmentLine
from orders.fulfilment.querysets import ByShipmentQuerySet
from orders.fulfilment.waybills.querysets import ByParcelQuerySet

_MOST_CENTIMETRES: Final = 10_000
_WITHIN_SHIPMENT = """
IF EXISTS (
    SELECT FROM (SELECT DISTINCT shipment_line_id FROM made) AS changed
    JOIN orders_shipmentline AS line ON line.id = changed.shipment_line_id
    JOIN orders_parcelline AS packed ON packed.shipment_line_id = line.id
    JOIN orders_parcel AS parcel ON parcel.id = packed.parcel_id
    GROUP BY line.id, line.quantity, line.shipment_id
    HAVING SUM(packed.pieces) > line.quantity OR bool_or(parcel.shipment_id <> line.shipment_id)
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'parcels_within_shipment',
        MESSAGE = 'parcels_within_shipment: parcels hold no more of a line than its shipment does';
END IF;
RETURN NULL;
"""
WITHIN_SHIPMENT = pgtrigger.Trigger(
    name="parcels_within_shipment",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="made"),  # type: ignore[no-untyped-call]  # the package has no types for it
    func=_WITHIN_SHIPMENT,
)


def _length(label: object) -> models.PositiveSmallIntegerField[int | None, int | None]:
    return models.PositiveSmallIntegerField(label, null=True, blank=True)  # type: ignore[arg-type]  # a lazy text


class Parcel(models.Model):
    """A parcel of a shipment, the first is number 1. Weight in kilograms with the packing, lengths in centimetres."""

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="parcels", verbose_name=_("shipment"))
    position = models.PositiveSmallIntegerField(_("parcel"))
    weight = models.DecimalField(_("weight (kg)"), max_digits=9, decimal_places=3)
    length = _length(_("length (cm)"))
    width = _length(_("width (cm)"))
    height = _length(_("height (cm)"))
    tracking_number = models.CharField(_("tracking number"), max_length=64, blank=True)

    objects = ByShipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        ordering = ["shipment", "position"]
        constraints = [
            models.UniqueConstraint(fields=["shipment", "position"], name="parcel_position_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, weight__gt=0),
                name="parcel_weighs",
                violation_error_message=_("A parcel weighs more than nothing."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{side}__isnull": True})
                    | Q(**{f"{side}__gte": 1, f"{side}__lte": _MOST_CENTIMETRES}),
                    name=f"parcel_{side}_sensible",
                )
                for side in ("length", "width", "height")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_id}/{self.position}"

    @property
    def size(self) -> str:
        """Such as 60 × 40 × 35, empty where not all of it is known."""
        sides = (self.length, self.width, self.height)
        return " × ".join(map(str, sides)) if all(sides) else ""


class ParcelLine(models.Model):
    """How many pieces of a shipment line are in a parcel. Not every parcel says so; none holds more than was shipped."""

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="lines", db_index=False, verbose_name=_("parcel"))
    shipment_line = models.ForeignKey(
        ShipmentLine, models.CASCADE, related_name="parcel_lines", verbose_name=_("shipment line")
    )
    pieces = models.PositiveIntegerField(_("pieces"))

    objects = ByParcelQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a parcel")
        verbose_name_plural = _("lines of parcels")
        ordering = ["parcel", "id"]
        constraints = [
            models.UniqueConstraint(fields=["parcel", "shipment_line"], name="parcel_line_once"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="parcel_line_pieces_positive"),
        ]
        triggers = [WITHIN_SHIPMENT, pgtrigger.Protect(name="parcel_line_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.parcel_id}/{self.shipment_line_id}: {self.pieces}"
