"""The description of the API, as programs and the page of the documentation read it."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SCHEMA_KWARGS, SpectacularAPIView
from rest_framework.request import Request

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
