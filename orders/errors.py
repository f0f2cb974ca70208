"""What can go wrong with an order, with the way out where there is one."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, InvalidInput, NotAllowed, Problem


class FixKind(StrEnum):
    """What a page can do about a problem with one button."""

    SET_QUANTITY = "set_quantity"
    REMOVE = "remove"


@dataclass(frozen=True, kw_only=True)
class Fix:
    """A way out: take this quantity (in whole units), or take the line out."""

    kind: FixKind
    quantity: int | None = None


@dataclass(frozen=True, kw_only=True)
class LineProblem(Problem):
    """One thing wrong with one line; `line` counts from 0 in the order the lines were sent."""

    line: int
    fix: Fix | None = None


class OrderRefused(InvalidInput):
    """The order cannot be placed as it is; every problem is listed. Nothing was written."""

    default_message = _("The order cannot be placed as it is.")


class ShipmentRefused(InvalidInput):
    """The quantities to ship or to receive do not fit. Nothing was written."""

    default_message = _("These quantities do not fit the order.")


class SignatureRefused(NotAllowed):
    """A carrier's message is unsigned, wrongly signed, too old or too large."""

    code = "bad_signature"
    default_message = _("The signature of this message is not valid.")


class CarrierUnavailable(Conflict):
    """The carrier's service did not give a usable answer; it is asked again later."""

    code = "carrier_unavailable"
    default_message = _("The carrier's service does not answer.")
