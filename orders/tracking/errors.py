from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, DomainError, NotAllowed


class SignatureRefused(NotAllowed):
    """A carrier's message is unsigned, wrongly signed, too old or too large."""

    code = "bad_signature"
    default_message = _("The signature of this message is not valid.")


class CarrierUnavailable(Conflict):
    """The carrier's service did not give a usable answer; it is asked again later."""

    code = "carrier_unavailable"
    default_message = _("The carrier's service is not responding.")


class TooManyTries(DomainError):
    """A stranger asks too often (429)."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "throttled"
    default_message = _("Too many attempts. Please try again later.")
