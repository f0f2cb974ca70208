"""Imports: drop the files, see the first rows as they are understood and every wrong row, then take them."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from django import forms
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.enums import JobKind, JobStatus
from core.errors import InvalidInput, Message
from core.filters import ListFilterSet
from core.models import Job
from core.paths import whole_number
from core.tables import FileColumn, LinkColumn, ListTable, MomentColumn, StateColumn
from core.ui.actions import ActionView
from core.ui.details import NextStep, ScopedDetailView, ScopedObjectMixin
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from integration.engine.entities import entity_label
from integration.engine.jobs import start_import, upload_import
from integration.engine.outcome import FileRead
from integration.engine.uploads import wrong_rows_name
from integration.errors import ProfileError
from integration.forms import CorrectedRowsForm, ImportUploadForm
from integration.permissions import can_import
from integration.starter.drafts import keep_files, kept_files, kept_names
from integration.starter.kinds import KINDS
from integration.views.import_panels import count_lines, previews

SHOWN_ERRORS = 100


class ImportTable(ListTable):
    phone_fields = ("status", "created_at")
    title = LinkColumn(verbose_name=_("title"), url=lambda job: reverse("imports:detail", args=[job.pk]))
    status = StateColumn(enum=JobStatus, verbose_name=_("status"))
    created_at = MomentColumn(verbose_name=_("created at"))

    created_by_code = FileColumn(accessor="created_by__external_code", verbose_name=_("person's code"))

    class Meta:
        model = Job
        fields = ("title", "status", "created_at", "created_by", "created_by_code")


class ImportFilter(ListFilterSet):
    search_fields = ("title",)

    class Meta:
        model = Job
        fields = ("q", "status")


class OfImports(ScopedObjectMixin):
    """The import jobs among those that the person may see."""

    abstract = True
    model = Job

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(kind=JobKind.IMPORT)


class ImportListView(ScopedListView):
    permission_required = can_import
    title = _("Imports")
    model = Job
    table_class = ImportTable
    filterset_class = ImportFilter
    sorts: ClassVar = {"created_at": ["created_at"], "title": ["title"]}
    default_sort = "-created_at"
    related = ("created_by",)
    template_name = "integration/list.html"
    empty = EmptyState(
        title=_("No imports yet."),
        text=_("Drop your files and a profile that maps their columns. Nothing is written until you confirm."),
    )

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(kind=JobKind.IMPORT)


class ImportUploadView(ServiceFormView):
    permission_required = can_import
    title = _("Import files")
    form_class = ImportUploadForm
    template_name = "integration/upload.html"
    submit_label = _("Check the files")
    success_message = _("Checking the files. Nothing is written yet.")
    draft = ""

    def back_url(self) -> str:
        return reverse("imports:list")

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(_("Imports")), url=reverse("imports:list"))]

    def get_field_name(self, problem: Any) -> str | None:
        return "uploads" if problem.field == "files" else "profile"

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        if not isinstance(form, ImportUploadForm):
            raise TypeError
        key = self._kept(form.cleaned_data["uploads"])
        names = kept_names(key, self.actor)
        if not names:
            raise InvalidInput(_("Choose a file."), field="files")
        if not form.has_profile:
            if len(names) > 1:
                raise ProfileError(_("Several files need a profile. Without one, import them one after the other."))
            return HttpResponseRedirect(reverse("imports:map", args=[key]))
        try:
            text = form.profile_text()
        except UnicodeDecodeError as error:
            raise ProfileError(_("The profile is not UTF-8 text.")) from error
        with kept_files(key, self.actor) as files:
            job = upload_import(profile_text=text, files=files, actor=self.actor)
        self.success_url = reverse("imports:detail", args=[job.pk])
        return super().form_valid(form)

    def form_invalid(self, form: Any, *, status: int = 400) -> HttpResponse:
        """The form again; what was chosen need not be chosen anew."""
        with suppress(InvalidInput):  # said already
            self._kept(self.request.FILES.getlist("uploads"))
        return super().form_invalid(form, status=status)

    def _kept(self, uploads: Sequence[File[Any]]) -> str:
        """The draft of the chosen files, else the one from before."""
        if not self.draft:
            self.draft = keep_files(uploads, self.actor) if uploads else self.request.POST.get("draft", "")
        return self.draft

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = kept_names(self.draft, self.actor)
        return super().get_context_data(kinds=KINDS.values(), draft=self.draft if kept else "", kept=kept, **kwargs)


class ImportDetailView(OfImports, ScopedDetailView):
    """While a worker is at it, the page asks for its bar every second; then it shows what came of it."""

    permission_required = can_import
    related = ("created_by",)
    template_name = "integration/detail.html"
    partial_name = "progress"

    def state(self) -> JobStatus:
        return JobStatus(self.object.status)

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(_("Imports")), url=reverse("imports:list"))]

    def next_steps(self) -> Sequence[NextStep]:
        job = self.object
        if self.is_running() or job.result.get("written"):
            return ()
        clean = job.status == JobStatus.DONE
        take = NextStep(
            label=_("Import"),
            url=reverse("imports:take", args=[job.pk]),
            primary=clean,
            confirm=_("Import “%(name)s”?") % {"name": job.title},
            reason="" if clean else _("The check found rows with errors."),
        )
        correct = NextStep(
            label=_("Upload corrected rows"), url=reverse("imports:corrected", args=[job.pk]), primary=True, opens=True
        )
        again = NextStep(label=_("Check again"), url=reverse("imports:check", args=[job.pk]))
        return [take, again] if clean else [correct, again, take]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """When the bar has reached its end, the whole page is loaded: it has the next steps."""
        answer = super().get(request, *args, **kwargs)
        if self.is_partial() and not self.is_running():
            answer.headers["HX-Refresh"] = "true"
        return answer

    def is_running(self) -> bool:
        return self.object.status in {JobStatus.QUEUED, JobStatus.RUNNING}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job = self.object
        written = bool(job.result.get("written"))
        errors = [] if self.is_running() else list(job.row_errors.all()[: SHOWN_ERRORS + 1])
        return super().get_context_data(
            running=self.is_running(),
            row_errors=errors[:SHOWN_ERRORS],
            more_errors=len(errors) > SHOWN_ERRORS,
            stage=entity_label(job.stage) if job.stage else "",
            notes=job.result.get("notes", []),
            files=[FileRead(**file) for file in job.result.get("files", [])],
            counts=count_lines(job.result.get("counts", {}), written=written),
            previews=previews(job.result.get("samples", [])),
            written=written,
            waiting=job.result.get("waiting", 0),
            wrong=job.result.get("wrong", 0),
            **kwargs,
        )


class ImportStartView(OfImports, ActionView):
    """Check the files again, or take them."""

    permission_required = can_import
    dry_run = True

    def perform(self) -> Message | None:
        start_import(job_id=self.object.pk, actor=self.actor, dry_run=self.dry_run)
        return _("Checking the files…") if self.dry_run else _("Importing…")

    def get_success_url(self) -> str:
        return reverse("imports:detail", args=[self.object.pk])


class ImportLeaveOutView(OfImports, ActionView):
    """Go on without one row, which the result then names."""

    permission_required = can_import

    def perform(self) -> Message | None:
        row = whole_number(self.request.POST.get("row", ""))
        if not row:
            raise InvalidInput(_("Only a row of a file can be left out."))
        left_out = (self.request.POST.get("file", ""), row)
        start_import(job_id=self.object.pk, actor=self.actor, dry_run=True, left_out=left_out)
        return _("The files are being checked without this row.")

    def get_success_url(self) -> str:
        return reverse("imports:detail", args=[self.object.pk])


class ImportCorrectedView(OfImports, ScopedServiceFormView):
    permission_required = can_import
    title = _("Upload corrected rows")
    form_class = CorrectedRowsForm
    submit_label = _("Check again")
    success_message = _("Checking the files with the corrected rows…")

    def crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(label=str(_("Imports")), url=reverse("imports:list")),
            Crumb(label=self.object.title, url=self.back_url()),
        ]

    def back_url(self) -> str:
        return reverse("imports:detail", args=[self.object.pk])

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        start_import(job_id=self.object.pk, actor=self.actor, dry_run=True, corrected=form.cleaned_data["corrected"])
        return super().form_valid(form)


class WrongRowsView(OfImports):
    """All wrong rows with their cells, to be corrected and read again."""

    permission_required = can_import

    def get(self, _request: HttpRequest, **_kwargs: int) -> HttpResponseBase:
        name = wrong_rows_name(self.object.pk)
        if not default_storage.exists(name):
            raise Http404
        return FileResponse(default_storage.open(name, "rb"), as_attachment=True, filename="wrong-rows.csv")
