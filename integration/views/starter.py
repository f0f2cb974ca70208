"""Importing without a profile: templates to download, and the page on which columns are chosen."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from company.selectors import company_currency
from core.ui.forms import ServiceFormView
from core.ui.page import Crumb, Page
from integration.engine.jobs import upload_import
from integration.engine.uploads import PROFILE
from integration.permissions import can_import
from integration.starter.drafts import kept_files, kept_names, kept_path
from integration.starter.forms import MappingForm
from integration.starter.kinds import KINDS, Kind
from integration.starter.profile_text import profile_text
from integration.starter.recognise import Looked, guess_kind, look_at
from integration.starter.saved import save_profile
from integration.starter.workbooks import template_workbook
from integration.views.imports import OfImports
from spreadsheets import UnreadableFile

_SHOWN_ROWS = 5
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TemplateView(Page):
    """A workbook to be filled in, in the language of the page."""

    permission_required = can_import

    def get(self, _request: HttpRequest, kind: str) -> HttpResponseBase:
        if kind not in KINDS:
            raise Http404
        answer = HttpResponse(template_workbook(KINDS[kind], get_language() or "en"), content_type=_XLSX)
        answer.headers["Content-Disposition"] = f'attachment; filename="{kind}.xlsx"'
        return answer


class JobProfileView(OfImports):
    """The profile with which the files were read, for experts to go on with."""

    permission_required = can_import

    def get(self, _request: HttpRequest, **_kwargs: int) -> HttpResponseBase:
        if not self.object.file:
            raise Http404
        with self.object.file.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            text = archive.read(PROFILE)
        answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
        answer.headers["Content-Disposition"] = 'attachment; filename="profile.toml"'
        return answer


class MappingView(ServiceFormView):
    """The chosen file is kept: whatever is wrong on this page, it need not be chosen again."""

    permission_required = can_import
    title = _("Which column is which?")
    form_class = MappingForm
    template_name = "integration/mapping.html"
    submit_label = _("Check the file")
    success_message = _("Checking the files. Nothing is written yet.")
    looked: Looked
    kind: Kind

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except UnreadableFile as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("imports:upload"))

    def prepare(self) -> None:
        super().prepare()
        self.names = kept_names(self.kwargs["key"], self.actor)
        if not self.names:
            raise Http404
        with kept_path(self.kwargs["key"], self.actor) as path:
            self.looked = look_at(path)
        asked = self.request.POST.get("kind") or self.request.GET.get("kind", "")
        self.kind = KINDS.get(asked) or KINDS[guess_kind(self.looked.columns)]

    def back_url(self) -> str:
        return reverse("imports:upload")

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(_("Imports")), url=reverse("imports:list"))]

    def get_initial(self) -> dict[str, Any]:
        return {"name": Path(self.names[0]).stem[:80], "currency": company_currency()}

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"kind": self.kind, "looked": self.looked, "language": get_language() or "en"}
        return super().get_form_kwargs() | more

    def get_field_name(self, _problem: Any) -> str | None:
        return None

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        if not isinstance(form, MappingForm):
            raise TypeError
        if "preview" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        text = profile_text(form.choice(), self.looked, self.names[0])
        with kept_files(self.kwargs["key"], self.actor) as files:
            job = upload_import(profile_text=text, files=files[:1], actor=self.actor)
        if form.cleaned_data["keep"]:
            save_profile(form.cleaned_data["name"], text)
        self.success_url = reverse("imports:detail", args=[job.pk])
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            kinds=KINDS.values(),
            kind=self.kind,
            file_name=self.names[0],
            looked=self.looked,
            shown_rows=self.looked.rows[:_SHOWN_ROWS],
            more_fields=("name", "currency", "days", "decimal_comma", "keep"),
            **kwargs,
        )
