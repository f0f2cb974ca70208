"""The base of every app's administration: read-only ledgers, writes through services, the history of a row."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin

from core.errors import DomainError
from core.ui import numbers
from core.ui.counting import count_rows

SHOWN_CHANGES = 50


class AboutPaginator(Paginator[Any]):
    """Pages of a table that grows: its count is asked of the planner, not counted."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return count_rows(rows).number


class ExportedMixin(ExportMixin):  # type: ignore[misc]  # import_export ships no types
    """Whose list can be taken out as a file."""


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """To look at, never to change: ledgers, what was computed, what the machinery keeps."""

    paginator = AboutPaginator
    show_full_result_count = False

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline[Any, Any]):
    """Rows of a thing, to look at."""

    extra = 0
    can_delete = False

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class ServiceAdmin(admin.ModelAdmin[Any]):
    """Writes through services in `save_model`; a refusal of the service is shown on the form's page, and nothing is saved."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as error:
            return self.refused(request, error)

    def refused(self, request: HttpRequest, error: DomainError) -> HttpResponse:
        for problem in error.problems:
            messages.error(request, f"{problem.field}: {problem.message}" if problem.field else str(problem.message))
        return HttpResponseRedirect(request.get_full_path())


class TrackedMixin:
    """Shows the history that the database itself keeps of a row; name `changes` in readonly_fields."""

    @admin.display(description=_("history"))
    def changes(self, row: Any) -> SafeString:
        if row.pk is None:
            return SafeString("")
        events = list(row.events.order_by("-pgh_id")[: SHOWN_CHANGES + 1])
        pairs = zip(events, [*events[1:], None], strict=True)
        lines = [(numbers.moment(event.pgh_created_at), _differences(event, before)) for event, before in pairs]
        return format_html_join("", "<div><strong>{}</strong> {}</div>", lines[:SHOWN_CHANGES])


def _differences(event: models.Model, before: models.Model | None) -> str:
    """The fields that are other than in the event before, with both values."""
    if before is None:
        return str(_("first known"))
    names = [field.attname for field in event._meta.concrete_fields if not field.name.startswith("pgh_")]
    changed = [(name, getattr(before, name), getattr(event, name)) for name in names]
    return "; ".join(f"{name}: {old} → {new}" for name, old, new in changed if old != new)


def register_histories(tracked: Iterable[type[models.Model]]) -> None:
    """Put the history tables of tracked models into the administration, to look at."""
    for model in tracked:
        history: Any = model._meta.get_field("events").related_model
        admin.site.register(history, type(f"{history.__name__}Admin", (HistoryAdmin,), {}))


class HistoryAdmin(ReadOnlyAdmin):
    list_display = ("pgh_created_at", "pgh_label", "pgh_obj_id")
    list_filter = ("pgh_label",)
    search_fields = ("=pgh_obj__id",)
    ordering = ("-pgh_id",)
