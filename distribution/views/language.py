"""English or Chinese, kept in the person's profile or, before the sign-in, in the browser."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import check_for_language
from django.views import View
from django.views.i18n import set_language

from accounts.services.manage_people import set_language as keep_language


class SetLanguageView(View):
    """Open to everybody: the sign-in page has the switch, too."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ARG002 - Django's signature
        language = request.POST.get("language", "")
        if request.user.is_authenticated and check_for_language(language):
            keep_language(actor=request.user, language=language)
        return set_language(request)
