"""The one list pattern: scoped, filtered, sorted, saved, exported, page after page by the last row seen."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import Message
from core.filters import ListFilterSet
from core.keyset import Slice, take_slice
from core.models import SavedView
from core.paths import whole_number
from core.tables import ListTable
from core.ui.counting import Count, count_rows
from core.ui.exports import FORMATS, LINES, ExportSheet, export_response
from core.ui.list_header import (
    CURSOR,
    EXPORT,
    ROWS,
    SORT,
    BulkAction,
    EmptyState,
    address,
    chips,
    filter_query,
    heads,
    presets,
)
from core.ui.page import Page, must_be_scoped, objects_of

EXPORT_BATCH = 1000
MOST_ROWS = 500


class ScopedListView(Page):
    """A list of `model` rows that the person may see. What a subclass says is listed first.

    `sorts` maps column names to the field paths they sort by; `default_sort` is one of them, a minus turns it round.
    `get_rows(ids)` may be replaced by a selector that returns ready rows in that order in a fixed number of queries.
    Where rows are documents, `lines_table_class` and `get_lines(ids)` are their lines, for exported files.
    """

    abstract = True
    model: ClassVar[type[Model]]
    table_class: ClassVar[type[ListTable]]
    filterset_class: ClassVar[type[ListFilterSet]]
    sorts: ClassVar[Mapping[str, Sequence[str]]]
    default_sort: ClassVar[str]
    related: ClassVar[Sequence[str]] = ()
    page_size: ClassVar[int] = 50
    page_key: ClassVar[str] = ""
    empty: ClassVar[EmptyState] = EmptyState(title=_("Nothing here yet."))
    export_formats: ClassVar[Sequence[str]] = FORMATS
    lines_table_class: ClassVar[type[ListTable] | None] = None
    lines_title: ClassVar[Message] = ""

    template_name = "core/list.html"
    partial_name = "results"
    partial_template = "core/list.html"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.abstract:
            return
        for needed in ("model", "table_class", "filterset_class", "sorts", "default_sort"):
            if not hasattr(cls, needed):
                raise ImproperlyConfigured(f"{cls.__qualname__} must name its {needed}")
        must_be_scoped(cls.__qualname__, cls.model)
        if cls.default_sort.lstrip("-") not in cls.sorts:
            raise ImproperlyConfigured(f"{cls.__qualname__}: default_sort is not one of its sorts")

    def get_queryset(self) -> QuerySet[Any]:
        """The rows before any filter. A subclass narrows super().get_queryset(), it does not start anew."""
        rows: QuerySet[Any] = objects_of(self.model).visible_to(self.actor)
        return rows

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        """The rows of one page, in the order of `ids`."""
        queryset = self.get_queryset()
        rows = (queryset.select_related(*self.related) if self.related else queryset).in_bulk(list(ids))
        return [rows[pk] for pk in ids if pk in rows]

    def get_lines(self, _ids: Sequence[Any]) -> Sequence[Any]:
        """The lines of these documents, in the order of `ids`."""
        return ()

    def bulk_actions(self) -> Sequence[BulkAction]:
        """What may be done with ticked rows; none means no boxes."""
        return ()

    def hidden_columns(self) -> tuple[str, ...]:
        """Columns that this reader may not see, on the page, in a file or by the order of the rows."""
        return self.table_class.hidden_from(self.actor)

    def get_empty_state(self) -> EmptyState:
        return self.empty

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        wanted = request.GET.get(EXPORT, "")
        if wanted in dict(self._exports()):
            return export_response(wanted, name=self.key, sheets=self._sheets())
        return self._page(request)

    def _page(self, request: HttpRequest) -> HttpResponse:
        more = self.is_partial() and bool(self.cursor)
        self.partial_name = "more" if more else "results"
        context = self.get_context_data()
        if not more:
            context |= self._surroundings(request)
        response = self.render_to_response(context)
        if more:  # whoever comes back finds as many rows as were left
            response["HX-Replace-Url"] = f"{request.path}{address(request.GET, **{ROWS: str(self.shown_rows)})}"
        return response

    @property
    def shown_rows(self) -> int:
        """How many rows the reader has on the page, those of this answer included: within bounds, whatever is asked."""
        wanted = whole_number(self.request.GET.get(ROWS, "")) or self.page_size
        return min(max(wanted, self.page_size), max(MOST_ROWS, self.page_size))

    def _more_url(self) -> str:
        if not self.page.following:
            return ""
        return address(self.request.GET, **{CURSOR: self.page.following, ROWS: str(self.shown_rows + self.page_size)})

    def get_table(self) -> ListTable:
        """The rows of this page as a table."""
        rows = self.get_rows(self.page_ids)
        return self.table_class(rows, request=self.request, exclude=self.hidden_columns())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table, query = self.get_table(), self.request.GET
        context = {
            "table": table,
            "heads": heads(list(table.columns), self.sorts, self.sort_name, query),
            "phone_columns": table.phone_columns(),
            "more_url": self._more_url(),
            "bulk": self.bulk_actions(),
            "count": self.count(),
        }
        return super().get_context_data(**(context | kwargs))

    def _surroundings(self, request: HttpRequest) -> dict[str, Any]:
        query = request.GET
        found = chips(self.filterset, query)
        return {
            "filterset": self.filterset,
            "presets": presets(self.filterset, query, today=timezone.localdate()),
            "filtered": bool(found),
            "chips": found,
            "all_url": request.path,
            "exports": [(label, f"{address(query)}&{EXPORT}={name}") for name, label in self._exports()],
            "saved_views": SavedView.objects.filter(user_id=self.actor.pk, page=self.key),
            "this_query": filter_query(query),
            "empty": self.get_empty_state(),
        }

    @cached_property
    def key(self) -> str:
        """The name of this list for saved views and exported files."""
        return self.page_key or self.model._meta.label_lower.replace(".", "-")

    @cached_property
    def filterset(self) -> ListFilterSet:
        return self.filterset_class(self.request.GET, queryset=self.get_queryset(), request=self.request)

    @cached_property
    def sort_name(self) -> str:
        wanted = self.request.GET.get(SORT, self.default_sort)
        offered = self.sorts.keys() - set(self.hidden_columns())
        return wanted if wanted.lstrip("-") in offered else self.default_sort

    @cached_property
    def order(self) -> list[str]:
        paths = self.sorts[self.sort_name.lstrip("-")]
        return [f"-{path}" for path in paths] if self.sort_name.startswith("-") else list(paths)

    @property
    def cursor(self) -> str:
        return str(self.request.GET.get(CURSOR, ""))

    @cached_property
    def page(self) -> Slice[Any]:
        """Ids only, so that joins are made for one page of rows and not for all that are sorted."""
        key = self.model._meta.pk.name
        wanted = self.filterset.qs.values(key, *(path.lstrip("-") for path in self.order))
        return take_slice(
            wanted, order=self.order, cursor=self.cursor, limit=self.page_size if self.cursor else self.shown_rows
        )

    @property
    def page_ids(self) -> list[Any]:
        key = self.model._meta.pk.name
        return [row[key] for row in self.page.rows]

    def count(self) -> Count | None:
        """Known without asking where all rows are on this page; not asked for again on later pages."""
        if self.cursor:
            return None
        if not self.page.following:
            return Count(number=len(self.page.rows), exact=True)
        return count_rows(self.filterset.qs)

    def _exports(self) -> list[tuple[str, str]]:
        """The files that are offered, with what they are called."""
        lines = [(LINES, gettext("CSV (lines)"))] if self.lines_table_class else []
        return [*((name, name.upper()) for name in self.export_formats), *lines]

    def _sheets(self) -> list[ExportSheet]:
        rows = ExportSheet(
            self.title,
            self.table_class,
            lambda: map(self.get_rows, self._batches()),
            hidden=self.hidden_columns(),
            reader=self.actor,
        )
        if self.lines_table_class is None:
            return [rows]
        lines = ExportSheet(
            self.lines_title,
            self.lines_table_class,
            lambda: map(self.get_lines, self._batches()),
            reader=self.actor,
        )
        return [rows, lines]

    def _batches(self) -> Iterator[Sequence[Any]]:
        """The keys of all rows of the filter from one snapshot, a thousand at a time."""
        key = self.model._meta.pk.name
        ids = self.filterset.qs.order_by(*self.order, key).values_list(key, flat=True).iterator(EXPORT_BATCH)
        while batch := list(islice(ids, EXPORT_BATCH)):
            yield batch
