"""A waybill (运单): what one carrier takes in one go to one address, of one order or of several."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from company.iso_codes import check_currency
from company.models import Document
from core.models import COUNT_VERSIONS
from core.money import currency_check, money_field
from core.state import legal_values
from inventory.models.lines import person_field
from orders.fulfilment.models import Carrier, Shipment
from orders.fulfilment.waybills.enums import FreightPayer
from orders.fulfilment.waybills.querysets import WaybillQuerySet, WaybillShipmentQuerySet

_OF_ONE_RECIPIENT = """
IF EXISTS (
    SELECT FROM made
    JOIN orders_waybill AS waybill ON waybill.id = made.waybill_id
    JOIN orders_shipment AS shipment ON shipment.id = made.shipment_id
    JOIN orders_order AS placed ON placed.id = shipment.order_id
    WHERE (placed.company_id, placed.distributor_id) <> (waybill.company_id, waybill.distributor_id)
       OR placed.seller_distributor_id IS DISTINCT FROM waybill.seller_distributor_id
       OR shipment.carrier_id IS DISTINCT FROM waybill.carrier_id
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'waybill_of_one_recipient',
        MESSAGE = 'waybill_of_one_recipient: the shipments of a waybill have its distributor, seller and carrier';
END IF;
RETURN NULL;
"""
OF_ONE_RECIPIENT = pgtrigger.Trigger(
    name="waybill_of_one_recipient",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="made"),  # type: ignore[no-untyped-call]  # the package has no types for it
    func=_OF_ONE_RECIPIENT,
)


class Waybill(Document):
    """Shipments of one distributor that go to one address together. It has no state: its shipments have theirs.

    `agreed_amount_company` and `actual_amount_company` are what the carriage costs, in `currency`, the company's; they
    are spread over the shipments by weight. `ship_to` is a copy of the address that the orders have in common.
    """

    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="+", db_index=False, verbose_name=_("distributor")
    )
    seller_distributor = models.ForeignKey(
        Distributor, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("selling distributor"),
    )  # fmt: skip
    carrier = models.ForeignKey(
        Carrier, models.PROTECT, null=True, blank=True, related_name="waybills", verbose_name=_("carrier")
    )
    tracking_number = models.CharField(_("tracking number"), max_length=64, blank=True)
    ship_to = models.JSONField(_("ship to"), default=dict, blank=True)
    left_on = models.DateField(_("left on"))
    made_at = models.DateTimeField(_("made at"))
    made_by = person_field(_("made by"))
    borne_by = models.CharField(_("freight borne by"), max_length=16, choices=FreightPayer, default=FreightPayer.SELLER)
    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])
    agreed_amount_company: Any = money_field(verbose_name=_("agreed freight"), null=True, blank=True)
    actual_amount_company: Any = money_field(verbose_name=_("actual freight"), null=True, blank=True)

    objects = WaybillQuerySet.as_manager()

    class Meta(Document.Meta):
        verbose_name = _("waybill")
        verbose_name_plural = _("waybills")
        ordering = ["-left_on", "-id"]
        indexes = [
            models.Index(fields=["-left_on", "-id"], name="waybill_newest"),
            models.Index(fields=["distributor", "-left_on", "-id"], name="waybill_of_distributor"),
        ]
        constraints = [
            *Document.Meta.constraints,
            legal_values("borne_by", FreightPayer, "waybill_borne_by_legal"),
            currency_check("currency", "waybill_currency_iso"),
            models.CheckConstraint(condition=Q(number__isnull=False), name="waybill_has_number"),
            models.CheckConstraint(
                condition=(Q(agreed_amount_company__isnull=True) | Q(agreed_amount_company__gte=0))
                & (Q(actual_amount_company__isnull=True) | Q(actual_amount_company__gte=0)),
                name="waybill_freight_not_negative",
                violation_error_message=_("Freight is not negative."),
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def get_absolute_url(self) -> str:
        return reverse("orders:waybill", args=[self.number])

    @property
    def title(self) -> str:
        return str(self)


class WaybillShipment(models.Model):
    """A shipment on a waybill, with its share of the freight. It is on one at most.

    `weight` in kilograms is that of its parcels, else what its goods weigh with their packing; None where nobody knows.
    """

    waybill = models.ForeignKey(Waybill, models.CASCADE, related_name="carried", verbose_name=_("waybill"))
    shipment = models.OneToOneField(Shipment, models.PROTECT, related_name="carriage", verbose_name=_("shipment"))
    weight = models.DecimalField(_("weight (kg)"), max_digits=12, decimal_places=3, null=True, blank=True)
    agreed_amount_company: Any = money_field(verbose_name=_("agreed freight"), null=True, blank=True)
    actual_amount_company: Any = money_field(verbose_name=_("actual freight"), null=True, blank=True)

    objects = WaybillShipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("shipment on a waybill")
        verbose_name_plural = _("shipments on waybills")
        ordering = ["waybill", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(weight__isnull=True) | Q(weight__gte=0))
                & (Q(agreed_amount_company__isnull=True) | Q(agreed_amount_company__gte=0))
                & (Q(actual_amount_company__isnull=True) | Q(actual_amount_company__gte=0)),
                name="waybill_shipment_not_negative",
            )
        ]
        triggers = [OF_ONE_RECIPIENT]

    def __str__(self) -> str:
        return f"{self.waybill_id}/{self.shipment_id}"
