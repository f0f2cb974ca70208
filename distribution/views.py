"""The language of the pages, and the description of the API."""

import sys
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template import loader
from django.utils import translation
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.defaults import page_not_found, server_error
from django.views.i18n import set_language
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SCHEMA_KWARGS, SpectacularAPIView
from rest_framework.request import Request

from accounts.services.people import set_language as keep_language
from core.constraints import is_unavailable
from distribution.api_errors import UNAVAILABLE_SECONDS

API = "/api/"
_AWAY = _("The service is starting again. Try once more in a moment.")


class SetLanguageView(View):
    """Open to everybody: the sign-in page has the switch, too."""

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        language = request.POST.get("language", "")
        if request.user.is_authenticated and check_for_language(language):
            keep_language(actor=request.user, language=language)
        return set_language(request)


def page_or_problem(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """An unknown address: under /api/ in the one shape of errors, as everything there."""
    if request.path.startswith(API):
        return _api_error("client_error", "not_found", _("Not found."), HTTPStatus.NOT_FOUND)
    return page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponseBase:
    """A defect of the program; while the database restarts, a request that passes in a moment."""
    away = is_unavailable(sys.exc_info()[1])
    status = HTTPStatus.SERVICE_UNAVAILABLE if away else HTTPStatus.INTERNAL_SERVER_ERROR
    if request.path.startswith(API):
        code, text = ("unavailable", _AWAY) if away else ("error", _("A server error occurred."))
        response = _api_error("server_error", code, text, status)
    elif away:
        response = HttpResponse(loader.get_template("503.html").render(), status=status)
    else:
        response = server_error(request)
    if away:
        response.headers["Retry-After"] = str(UNAVAILABLE_SECONDS)
    return response


def _api_error(kind: str, code: str, detail: Any, status: HTTPStatus) -> HttpResponse:
    error = {"code": code, "detail": str(detail), "attr": None}
    return JsonResponse({"type": kind, "errors": [error]}, status=status)


_rendered: dict[tuple[str, str], tuple[bytes | str, str]] = {}


class SchemaView(SpectacularAPIView):
    """Made once a process for each language and format: it takes seconds, and changes only with the program."""

    @extend_schema(**SCHEMA_KWARGS)
    def get(self, request: Request, *_args: Any, **_kwargs: Any) -> HttpResponse:
        asked = request.GET.get("lang")
        language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
        renderer = request.accepted_renderer
        key = (language, renderer.media_type)
        if key not in _rendered:
            with translation.override(language):
                response = self._get_schema_response(request)  # type: ignore[no-untyped-call]  # has no types
                content = renderer.render(response.data, renderer_context=self.get_renderer_context())
            _rendered[key] = (content, response.headers["Content-Disposition"])
        content, name = _rendered[key]
        return HttpResponse(
            content, content_type=f"{renderer.media_type}; charset=utf-8", headers={"Content-Disposition": name}
        )
