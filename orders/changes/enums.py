from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour, ColouredChoices


class RequestStatus(ColouredChoices):
    """Of a change that is asked for after the approval."""

    UNCONFIRMED = "unconfirmed", Colour.WARNING, _("To be confirmed by the distributor")
    REQUESTED = "requested", Colour.WORK, _("Requested")
    ACCEPTED = "accepted", Colour.DONE, _("Accepted")
    REFUSED = "refused", Colour.DANGER, _("Refused")
    WITHDRAWN = "withdrawn", Colour.DRAFT, _("Withdrawn")


class RequestAction(models.TextChoices):
    CONFIRM = "confirm", _("Confirm")
    ACCEPT = "accept", _("Accept")
    REFUSE = "refuse", _("Refuse")
    WITHDRAW = "withdraw", _("Withdraw")


class PriceChoice(models.TextChoices):
    """What is decided for an open order whose prices are not those of today any more."""

    KEEP = "keep", _("Keep the prices of the order")
    REPRICE = "reprice", _("Take today's prices")
