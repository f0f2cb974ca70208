"""Global search: the list under the box as one types, and the same as a page of its own."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from core.ui.page import Page
from core.ui.search import search, suggest


class SearchView(Page):
    title = _("Search")
    template_name = "core/search.html"
    partial_name = "groups"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        text = request.GET.get("q", "")
        return self.render_to_response(self.get_context_data(text=text, groups=search(self.actor, text)))


class SuggestView(Page):
    """The codes that a filter's field offers while one types; the field has the name of the provider."""

    title = _("Search")
    template_name = "core/suggestions.html"

    def get(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data(hits=suggest(self.actor, kind, request.GET.get(kind, ""))))
