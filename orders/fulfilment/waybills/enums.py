from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WAYBILL: Final = "waybill"
"""The type of a waybill as the subject of an event."""


class FreightPayer(models.TextChoices):
    """Who bears the cost of carriage."""

    SELLER = "seller", pgettext_lazy("freight", "Seller")
    BUYER = "buyer", pgettext_lazy("freight", "Distributor")


class WaybillEvent(models.TextChoices):
    MADE = "waybill.made", _("Waybill made")
    FREIGHT_RECORDED = "waybill.freight_recorded", _("Freight recorded")
    DISSOLVED = "waybill.dissolved", _("Waybill dissolved")
