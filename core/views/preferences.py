"""What people choose for themselves: light or dark, and the filters of lists that they save."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views import View

from core.models import SavedView
from core.ui.actions import next_or
from core.ui.context import THEME_COOKIE, THEMES
from core.ui.page import Page

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


class SavedViewForm(forms.ModelForm[SavedView]):
    class Meta:
        model = SavedView
        fields = ("page", "name", "query")


class SaveView(Page):
    """Keep the present filter under a name; the same name is replaced."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = SavedViewForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            SavedView.objects.update_or_create(
                user_id=self.actor.pk, page=data["page"], name=data["name"], defaults={"query": data["query"]}
            )
            messages.success(request, _("View “%(name)s” saved.") % {"name": data["name"]})
        else:
            messages.error(request, _("Enter a name for the view."))
        return HttpResponseRedirect(next_or(request, "/"))


class DeleteView(Page):
    """Forget one of one's own views."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        SavedView.objects.filter(user_id=self.actor.pk, pk=pk).delete()
        return HttpResponseRedirect(next_or(request, "/"))
