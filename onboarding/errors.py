from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, DomainError


class NotReady(Conflict):
    """Something is still missing before the distributor can order (409)."""

    code = "not_ready"
    default_message = _("Something is still missing.")


class TooMany(DomainError):
    """A stranger asks too often (429)."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "throttled"
    default_message = _("Too many attempts. Please try again later.")
