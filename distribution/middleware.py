"""What every request passes through, of our own."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import structlog
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django_structlog.middlewares import RequestMiddleware

from accounts.services.memberships import SESSION_KEY
from company.selectors import company_currency
from core.paths import NULL, UNKNOWN
from core.ui.numbers import reader_of

SECRET = re.compile(r"[\w:-]{24,}")
"""What in an address may be the secret of an invitation, of a new password or of a confirmed e-mail address."""

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class NoNullMiddleware:
    """PostgreSQL has no text with a NUL: in an address it becomes the sign for "unknown", which nothing is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if NULL in request.path_info:
            request.path_info = request.path_info.replace(NULL, UNKNOWN)
            request.path = request.path.replace(NULL, UNKNOWN)
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", quote(UNKNOWN))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *_arguments: object) -> None:
        """The fields of a form as well. The API, which does not take forms for CSRF either, looks at its bodies itself."""
        if request.content_type not in FORMS or getattr(view, "csrf_exempt", False):
            return
        if any(NULL in text for _name, texts in request.POST.lists() for text in texts):
            request.POST = QueryDict(request.POST.urlencode().replace("%00", quote(UNKNOWN)))


class PrivateMiddleware:
    """No browser and no proxy keeps what a person saw, unless a view says otherwise: it would be there after sign-out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class LoggedRequestMiddleware(RequestMiddleware):
    """A line for each request, with the address that the limits of sign-in count: no header of a stranger's making."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Without the secrets of links: whoever reads the log could use them."""
        return SECRET.sub("…", RequestMiddleware.format_request(request))

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        try:
            address = get_adapter().get_client_ip(request)
        except PermissionDenied:  # a socket without a proxy in front tells none: no reason to refuse the page
            address = None
        structlog.contextvars.bind_contextvars(ip=address)


class MembershipMiddleware:
    """Apply the membership that the session names, while it is in force."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        person = request.user
        request.user = SimpleLazyObject(lambda: _in_use(person, request.session))  # type: ignore[assignment]  # reads like one
        return self.get_response(request)


def _in_use(person: Any, session: SessionBase) -> Any:
    if person.is_authenticated:
        chosen = session.get(SESSION_KEY)
        if chosen in {row.pk for row in person.memberships_in_force()}:
            person.use_membership(chosen)
    return person


class ReaderMiddleware:
    """Answer each signed-in person in the language they chose, whatever browser they sit at, and in their currency.

    Who has not chosen yet, or is not signed in, reads in the language that the browser asks for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        if request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        person = request.user
        with reader_of(lambda: _currency_of(person)):
            return self.get_response(request)


def _currency_of(person: Any) -> str:
    distributor = person.distributor
    return distributor.currency if distributor else company_currency()
