"""What can go wrong in a use case; the edges turn it into a status code, a form error or a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Message = str | Promise


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong with what was sent. `field` is a dotted path such as `lines.3.quantity`, empty for the whole."""

    message: Message
    code: str = "invalid"
    field: str = ""


class DomainError(Exception):
    """A use case refused. Nothing was changed. `problems` holds at least one entry."""

    status = HTTPStatus.BAD_REQUEST
    code = "invalid"
    default_message: Message = _("This is not possible.")

    def __init__(
        self, message: Message = "", *, code: str = "", field: str = "", problems: Sequence[Problem] = ()
    ) -> None:
        self.problems = tuple(problems) or (
            Problem(message=message or self.default_message, code=code or self.code, field=field),
        )
        super().__init__(str(self.problems[0].message))


class InvalidInput(DomainError):
    """The input is not valid (400)."""

    default_message = _("Please correct the fields marked below.")


class NotAllowed(DomainError):
    """The actor may see this but not do it (403)."""

    status = HTTPStatus.FORBIDDEN
    code = "permission_denied"
    default_message = _("You do not have permission to do this.")


class NotVisible(DomainError):
    """It does not exist, or it is not the actor's to see (404): the answer is the same."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"
    default_message = _("Not found.")


class Conflict(DomainError):
    """The state of the thing does not allow it, or somebody was quicker (409)."""

    status = HTTPStatus.CONFLICT
    code = "conflict"
    default_message = _("This record was changed by someone else. Reload and try again.")


class StaleVersion(Conflict):
    """The caller's version is not the stored one (412)."""

    status = HTTPStatus.PRECONDITION_FAILED
    code = "stale_version"


class RequestInFlight(Conflict):
    """The same idempotency key is being worked on right now (409)."""

    code = "request_in_flight"
    default_message = _("The same request is still being processed. Try again in a moment.")


class KeyReused(DomainError):
    """The same idempotency key came with another body (422)."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "idempotency_key_reused"
    default_message = _("This idempotency key was already used with a different request.")
