from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices

CLAIM = "delivery_claim"
"""The type of a delivery claim as the subject of an event."""


class ClaimStatus(ColouredChoices):
    """Of a delivery claim. Overdue is shown, never stored."""

    OPEN = "open", Colour.WARNING, pgettext_lazy("delivery claim", "To be decided")
    OVERDUE = "overdue", Colour.DANGER, pgettext_lazy("delivery claim", "Decision overdue")
    RESHIPPING = "reshipping", Colour.WORK, pgettext_lazy("delivery claim", "Being re-shipped")
    CLOSED = "closed", Colour.DONE, pgettext_lazy("delivery claim", "Closed")


class ClaimKind(models.TextChoices):
    """What differs. Surplus and wrong goods were not on the shipment."""

    MISSING = "missing", pgettext_lazy("delivery claim", "Missing")
    DAMAGED = "damaged", pgettext_lazy("delivery claim", "Damaged")
    SURPLUS = "surplus", pgettext_lazy("delivery claim", "Surplus")
    WRONG = "wrong", pgettext_lazy("delivery claim", "Wrong product")


UNORDERED = frozenset({ClaimKind.SURPLUS, ClaimKind.WRONG})
"""Goods that nobody ordered: the seller's until the buyer accepts them or sends them back."""


class ClaimOutcome(models.TextChoices):
    """How pieces on a claim end. The first three are the seller's decision, the others the buyer's."""

    RESHIP = "reship", pgettext_lazy("delivery claim", "Re-ship")
    CREDIT = "credit", pgettext_lazy("delivery claim", "Credit")
    REFUSE = "refuse", pgettext_lazy("delivery claim", "Refuse")
    ACCEPT = "accept", pgettext_lazy("delivery claim", "Accept")
    SEND_BACK = "send_back", pgettext_lazy("delivery claim", "Send back")

    @property
    def is_of_buyer(self) -> bool:
        return self in {ClaimOutcome.ACCEPT, ClaimOutcome.SEND_BACK}


class ClaimCause(models.TextChoices):
    """Why pieces are missing: lost on the way, left in the warehouse, or not missing as the seller sees it."""

    CARRIER = "carrier", pgettext_lazy("delivery claim", "Lost by the carrier")
    MISPICK = "mispick", pgettext_lazy("delivery claim", "Picked wrongly: still in the warehouse")
    REFUSED = "refused", pgettext_lazy("delivery claim", "Claim refused")


class ClaimEvent(models.TextChoices):
    OPENED = "delivery_claim.opened", _("Delivery claim opened")
    DECIDED = "delivery_claim.decided", _("Delivery claim decided")
    SURPLUS_DECIDED = "delivery_claim.surplus_decided", _("Surplus goods decided")
    RESHIPMENT_CALLED_OFF = "delivery_claim.reshipment_called_off", _("Re-shipment cancelled: to be decided again")
    DISPOSED = "delivery_claim.disposed", _("Damaged goods disposed of")
    PHOTOS_ADDED = "delivery_claim.photos_added", _("Photos added")
    CLOSED = "delivery_claim.closed", _("Delivery claim closed")
