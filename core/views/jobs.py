"""Long work: the list of jobs, and one job with its progress, its result and the rejected rows."""

import csv
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import django_tables2 as tables
from defusedcsv import csv as safe_csv
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from core.enums import JobKind, JobStatus
from core.filters import ListFilterSet
from core.models import Job, JobRowError
from core.tables import FileColumn, LinkColumn, ListTable, MomentColumn, QuantityColumn, StateColumn
from core.ui.details import ScopedDetailView, ScopedObjectMixin
from core.ui.exports import BYTE_ORDER_MARK, Echo
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb

SHOWN_ERRORS = 50
_RESULTS = {
    "distributors": _("distributors"),
    "scored": _("evaluated"),
    "orders": _("orders"),
    "lines": _("lines"),
    "documents": _("documents"),
}
"""What the figures of a result are called."""


class JobFilter(ListFilterSet):
    search_fields = ("title",)
    kind = ChoiceFilter(choices=JobKind, label=_("kind"))
    status = ChoiceFilter(choices=JobStatus, label=_("status"))

    class Meta:
        model = Job
        fields = ("q", "kind", "status")


class JobTable(ListTable):
    phone_fields = ("status", "created_at", "created_by")
    title = LinkColumn(accessor="display_title", verbose_name=_("title"))
    status = StateColumn(enum=JobStatus, verbose_name=_("status"))
    created_at = MomentColumn(verbose_name=_("created at"))
    created_by = tables.Column(verbose_name=_("started by"))
    created_by_code = FileColumn(accessor="created_by__external_code", verbose_name=_("person's code"))
    done = QuantityColumn(verbose_name=_("steps done"))

    class Meta:
        model = Job
        fields = ("title", "kind", "status", "created_at", "created_by", "created_by_code", "done")


class JobListView(ScopedListView):
    title = _("Jobs")
    model = Job
    table_class = JobTable
    filterset_class = JobFilter
    sorts: ClassVar = {"created_at": ["created_at"], "title": ["title"]}
    default_sort = "-created_at"
    related = ("created_by",)
    empty = EmptyState(
        title=_("No jobs yet."), text=_("Imports, evaluations and other long work show their progress here.")
    )


class JobDetailView(ScopedDetailView):
    """While it runs, the page asks for its own bar every second; when it is done it asks no more."""

    model = Job
    related = ("created_by",)
    template_name = "core/job.html"
    partial_name = "progress"

    def state(self) -> Any:
        return JobStatus(self.object.status)

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(_("Jobs")), url=reverse("core:jobs"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job = self.object
        running = job.status in {JobStatus.QUEUED, JobStatus.RUNNING}
        errors = [] if running else list(job.row_errors.all()[: SHOWN_ERRORS + 1])
        return super().get_context_data(
            running=running,
            kind=JobKind(job.kind).label,
            row_errors=errors[:SHOWN_ERRORS],
            more_errors=len(errors) > SHOWN_ERRORS,
            results=[(_RESULTS.get(name, str(name).replace("_", " ")), value) for name, value in job.result.items()],
            **kwargs,
        )


class JobErrorsView(ScopedObjectMixin):
    """The rejected rows, as a file to correct."""

    model = Job

    def get(self, _request: HttpRequest, **_kwargs: int) -> HttpResponseBase:
        rows = JobRowError.objects.filter(job_id=self.object.pk).values_list("file", "row", "column", "reason")
        response = StreamingHttpResponse(_lines(rows.iterator()), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="errors-{self.object.pk}.csv"'
        return response


class JobFileView(ScopedObjectMixin):
    """The file that a job produced or was given, for those who may see the job."""

    model = Job

    def get(self, _request: HttpRequest, **_kwargs: int) -> HttpResponseBase:
        if not self.object.file:
            raise Http404
        return FileResponse(self.object.file.open("rb"), as_attachment=True)


def _lines(rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    writer = safe_csv.writer(Echo(), quoting=csv.QUOTE_MINIMAL)
    yield BYTE_ORDER_MARK
    yield writer.writerow(["file", "row", "column", "reason"])
    for row in rows:
        yield writer.writerow(row)
