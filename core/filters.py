"""The base of every filter set: the same class filters a page and the API."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, DateFromToRangeFilter, FilterSet
from django_filters.widgets import DateRangeWidget


class ListFilterSet(FilterSet):
    """Filters of one list. A subclass that can be searched names `search_fields`; `q` then matches all words typed."""

    search_fields: tuple[str, ...] = ()
    q = CharFilter(method="search", label=_("Search"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.search_fields:
            del self.filters["q"]

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002 - django-filter's form
        for word in value.split():
            matches = Q()
            for field in self.search_fields:
                lookup = field if "__" in field and field.rsplit("__", 1)[1] in _LOOKUPS else f"{field}__icontains"
                matches |= Q(**{lookup: word})
            queryset = queryset.filter(matches)
        return queryset


_LOOKUPS = {"istartswith", "startswith", "icontains", "contains", "iexact", "exact"}


def day_range(field: str, label: Any) -> DateFromToRangeFilter:
    """From one day to another, both included, with the browser's own date picker."""
    widget = DateRangeWidget(attrs={"type": "date"})
    for part, name in zip(widget.widgets, (_("from"), _("until")), strict=True):
        part.input_type = "date"
        part.attrs["aria-label"] = name
    return DateFromToRangeFilter(field_name=field, label=label, widget=widget)
