from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput


class ShipmentRefused(InvalidInput):
    """The quantities to ship or to receive do not fit. Nothing was written."""

    default_message = _("These quantities do not fit the order.")
