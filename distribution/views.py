"""The language of the pages, and the description of the API."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import check_for_language
from django.views import View
from django.views.i18n import set_language
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SCHEMA_KWARGS, SpectacularAPIView
from rest_framework.request import Request

from accounts.services.people import set_language as keep_language


class SetLanguageView(View):
    """Open to everybody: the sign-in page has the switch, too."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ARG002 - Django's signature
        language = request.POST.get("language", "")
        if request.user.is_authenticated and check_for_language(language):
            keep_language(actor=request.user, language=language)
        return set_language(request)


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
