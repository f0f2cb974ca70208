from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, NotAllowed


class SignatureRefused(NotAllowed):
    """A carrier's message is unsigned, wrongly signed, too old or too large."""

    code = "bad_signature"
    default_message = _("The signature of this message is not valid.")


class CarrierUnavailable(Conflict):
    """The carrier's service did not give a usable answer; it is asked again later."""

    code = "carrier_unavailable"
    default_message = _("The carrier's service is not responding.")
