"""The first page of everybody: the work list of their role."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from core.rules import is_known
from core.ui.page import Page


class HomeView(Page):
    allowed = is_known
    title = _("Today")
    template_name = "distribution/home.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:  # noqa: ARG002 - Django's signature
        return self.render(self.get_context())
