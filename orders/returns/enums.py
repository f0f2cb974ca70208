from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices

RETURN = "return"
"""The type of a return as the subject of an event."""


class ReturnStatus(ColouredChoices):
    REQUESTED = "requested", Colour.WARNING, pgettext_lazy("return", "Waiting for a decision")
    AUTHORISED = "authorised", Colour.WORK, pgettext_lazy("return", "Waiting to be sent")
    REFUSED = "refused", Colour.DANGER, pgettext_lazy("return", "Refused")
    SENT = "sent", Colour.WORK, pgettext_lazy("return", "On its way back")
    RECEIVED = "received", Colour.WORK, pgettext_lazy("return", "Waiting for inspection")
    INSPECTED = "inspected", Colour.WORK, pgettext_lazy("return", "To be credited")
    CLOSED = "closed", Colour.DONE, pgettext_lazy("return", "Closed")
    CANCELLED = "cancelled", Colour.DRAFT, _("Cancelled")


_S = ReturnStatus
OPEN_STATUSES = (_S.AUTHORISED, _S.SENT, _S.RECEIVED)
"""Authorised, and not inspected yet: what is asked for takes its part of the room."""
ENDED_STATUSES = (_S.INSPECTED, _S.CLOSED)
"""Inspected: what was accepted is used of the room, posted and to be credited."""
GIVEN_UP_STATUSES = (_S.REFUSED, _S.CANCELLED)


class ReturnReason(models.TextChoices):
    UNSOLD = "unsold", _("Unsold")
    NEAR_EXPIRY = "near_expiry", _("Near expiry")
    ORDERED_WRONG = "ordered_wrong", _("Ordered by mistake")
    DAMAGED = "damaged", _("Arrived damaged")
    DEFECTIVE = "defective", _("Defective")
    WRONG_GOODS = "wrong_goods", _("Wrong product delivered")
    RECALL = "recall", _("Recall")
    OTHER = "other", pgettext_lazy("reason", "Other")


class Condition(models.TextChoices):
    UNOPENED = "unopened", pgettext_lazy("condition of goods", "Unopened")
    OPENED = "opened", pgettext_lazy("condition of goods", "Opened")
    DAMAGED = "damaged", pgettext_lazy("condition of goods", "Damaged")
    EXPIRED = "expired", pgettext_lazy("condition of goods", "Expired")


class Disposition(models.TextChoices):
    """What becomes of inspected pieces."""

    RESTOCKED = "restocked", _("Restocked")
    BLOCKED = "blocked", pgettext_lazy("returned goods", "Blocked")
    SCRAPPED = "scrapped", pgettext_lazy("returned goods", "Scrapped")
    SENT_BACK = "sent_back", _("Sent back to the distributor")


ACCEPTED_DISPOSITIONS = (Disposition.RESTOCKED, Disposition.BLOCKED, Disposition.SCRAPPED)
REFUSED_DISPOSITIONS = (Disposition.SENT_BACK, Disposition.SCRAPPED)


class BrokenRule(models.TextChoices):
    """Why a return does not authorise itself; each is shown with its figure (`selectors.broken_rules`)."""

    NO_POLICY = "no_policy", _("No return policy")
    NO_RATE = "no_rate", _("No return rate agreed")
    ROOM = "room", _("More than the return rate leaves")
    WINDOW = "window", _("Too late")
    REASON = "reason", _("Reason not accepted")
    CONDITION = "condition", _("Condition not accepted")
    PHOTO = "photo", _("Photo missing")


class ReturnEvent(models.TextChoices):
    REQUESTED = "return.requested", _("Return requested")
    PHOTO_ADDED = "return.photo_added", _("Photo added")
    AUTHORISED = "return.authorised", _("Return authorised")
    REFUSED = "return.refused", _("Return refused")
    SENT = "return.sent", _("Returned goods sent")
    RECEIVED = "return.received", _("Returned goods received")
    INSPECTED = "return.inspected", _("Returned goods inspected")
    CLOSED = "return.closed", _("Return closed")
    CANCELLED = "return.cancelled", _("Return cancelled")
    POLICY_SAVED = "return_policy.saved", _("Return policy saved")
