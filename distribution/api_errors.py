"""One error shape for the whole API: {"type": …, "errors": [{"code": …, "detail": …, "attr": …}]}."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _
from drf_standardized_errors.formatter import ExceptionFormatter as StandardFormatter
from drf_standardized_errors.handler import ExceptionHandler as StandardHandler
from drf_standardized_errors.types import CLIENT_ERROR, VALIDATION_ERROR, Error, ErrorType
from rest_framework import exceptions

from core.constraints import as_domain_error, is_unavailable
from core.errors import DomainError, InvalidInput, Problem
from core.mail import link

RETRY_SECONDS = 1
UNAVAILABLE_SECONDS = 5


class Refusal(exceptions.APIException):
    """A DomainError on its way out."""

    def __init__(self, error: DomainError) -> None:
        self.status_code = int(error.status)
        self.error = error
        if error.status == HTTPStatus.CONFLICT and error.problems[0].code in {"request_in_flight", "try_again"}:
            self.wait = RETRY_SECONDS
        super().__init__(detail=str(error), code=error.problems[0].code)


class Unavailable(exceptions.APIException):
    """The database restarts: the same request passes in a moment."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_code = "unavailable"
    default_detail = _("The service is starting again. Try once more in a moment.")
    wait = UNAVAILABLE_SECONDS


class TooLarge(exceptions.APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = "The request is too large."


class ExceptionHandler(StandardHandler):
    """Domain errors and what the database refused get their status; only a defect of the program is a 500."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, DomainError):
            return Refusal(exc)
        if isinstance(exc, DatabaseError):
            known = as_domain_error(exc)
            if known:
                return Refusal(known)
            return Unavailable() if is_unavailable(exc) else exc
        if isinstance(exc, RequestDataTooBig):
            return TooLarge()
        if isinstance(exc, SuspiciousOperation):
            return exceptions.ParseError()
        return super().convert_known_exceptions(exc)


class ExceptionFormatter(StandardFormatter):
    """All problems of a DomainError, each with the path of its field."""

    def get_error_type(self) -> ErrorType:
        if isinstance(self.exc, Refusal):
            return VALIDATION_ERROR if isinstance(self.exc.error, InvalidInput) else CLIENT_ERROR
        return super().get_error_type()

    def get_errors(self) -> list[Any]:
        if isinstance(self.exc, Refusal):
            return [
                Error(code=problem.code, detail=_detail(problem), attr=problem.field or None)
                for problem in self.exc.error.problems
            ]
        return super().get_errors()


def _detail(problem: Problem) -> str:
    """The sentence, and behind it the page on which it can be put right, where there is one."""
    address = getattr(problem, "address", "")
    return f"{problem.message} {link(address)}" if address else str(problem.message)
