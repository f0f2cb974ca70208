"""Light or dark, remembered by the browser."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views import View

from core.ui.actions import next_or
from core.ui.context import THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600


class ThemeView(View):
    """Open to everybody, so that the sign-in page can be dark, too."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        theme = request.POST.get("theme", "")
        partial = request.headers.get("HX-Request") == "true"
        response = HttpResponse(status=204) if partial else HttpResponseRedirect(next_or(request, "/"))
        if theme in THEMES:
            response.set_cookie(THEME_COOKIE, theme, max_age=YEAR, samesite="Lax", secure=request.is_secure())
        return response
