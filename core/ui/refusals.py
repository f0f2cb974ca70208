"""A use case refused: one page that says what happened, that nothing was saved, and what to do."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from core.constraints import as_domain_error
from core.errors import Conflict, DomainError, Message, NotVisible

_TITLES: dict[int, Message] = {
    HTTPStatus.BAD_REQUEST: _("This could not be completed"),
    HTTPStatus.FORBIDDEN: _("You don't have permission to do this"),
    HTTPStatus.NOT_FOUND: _("Page not found"),
    HTTPStatus.CONFLICT: _("This record has changed"),
    HTTPStatus.PRECONDITION_FAILED: _("Already processed"),
}


def refusal_page(request: HttpRequest, error: DomainError, *, back_url: str = "") -> HttpResponse:
    """The error page with the error's own status. It is swapped into the whole page for htmx, too."""
    if isinstance(error, NotVisible):
        return render(request, "404.html", status=HTTPStatus.NOT_FOUND)
    context = {
        "page_title": _TITLES.get(error.status, _TITLES[HTTPStatus.BAD_REQUEST]),
        "problems": error.problems,
        "back_url": back_url,
        "reload": isinstance(error, Conflict),
    }
    response = render(request, "core/refused.html", context, status=int(error.status))
    response.headers["HX-Retarget"] = "body"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


class DomainErrorMiddleware:
    """Turns a refusal that no page caught, of a use case or of the database, into a page. The API answers for itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        known = as_domain_error(exception) if isinstance(exception, DatabaseError) else exception
        return refusal_page(request, known) if isinstance(known, DomainError) else None
