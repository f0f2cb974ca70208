from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices

WAVE = "wave"
"""The type of a wave as the subject of an event."""


class WaveStatus(ColouredChoices):
    OPEN = "open", Colour.WORK, pgettext_lazy("wave", "To be picked")
    PICKED = "picked", Colour.WORK, pgettext_lazy("wave", "Ready to ship")
    SHIPPED = "shipped", Colour.DONE, pgettext_lazy("wave", "Shipped")
    CANCELLED = "cancelled", Colour.DRAFT, pgettext_lazy("wave", "Cancelled")


OPEN_WAVES = frozenset({WaveStatus.OPEN, WaveStatus.PICKED})


class ShortReason(models.TextChoices):
    """Why fewer pieces were picked than listed."""

    NOT_FOUND = "not_found", pgettext_lazy("short pick", "Not found")
    DAMAGED = "damaged", pgettext_lazy("short pick", "Damaged")
    MISCOUNTED = "miscounted", pgettext_lazy("short pick", "Counted wrongly")
    FROZEN = "frozen", pgettext_lazy("short pick", "Lot frozen")
    NOT_NEEDED = "not_needed", pgettext_lazy("short pick", "Not needed any more")


class WaveEvent(models.TextChoices):
    MADE = "wave.made", _("Wave made")
    PICKED = "wave.picked", _("Picks recorded")
    TAKEN_OUT = "wave.order_taken_out", _("Order taken out of the wave")
    SHIPPED = "wave.shipped", _("Wave shipped")
    CANCELLED = "wave.cancelled", _("Wave cancelled")
