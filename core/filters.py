"""The base of every filter set: the same class filters a page and the API."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.forms import CharField as TextField
from django.forms import CheckboxSelectMultiple, NullBooleanField, Select, TextInput
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_filters import (
    BooleanFilter,
    CharFilter,
    DateFromToRangeFilter,
    FilterSet,
    ModelChoiceFilter,
    MultipleChoiceFilter,
)
from django_filters.filterset import FilterSetMetaclass
from django_filters.widgets import DateRangeWidget

MOST_WORDS, LONGEST_SEARCH = 8, 100
"""Each word is one more comparison of every row with every field."""


def spellings(word: str) -> Sequence[str]:
    """A word as it was typed and, where that differs, without its width and without what nobody sees.

    Both are looked for: a name may hold full-width signs, as in （上海）, and a Chinese keyboard types codes in them.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", word) if unicodedata.category(sign) != "Cf")
    return [word, plain] if plain.strip() and plain != word else [word]


class _SearchField(TextField):
    def clean(self, value: Any) -> str:
        return " ".join(str(super().clean(value))[:LONGEST_SEARCH].split()[:MOST_WORDS])


class SearchFilter(CharFilter):  # type: ignore[misc]  # the package ships no types
    """Words to be found. Whatever a list does with them, it gets a bounded number."""

    field_class = _SearchField


class StrictFlagField(NullBooleanField):
    """Yes, no or nothing: what is none of them is no "nothing", which would show everything."""

    def clean(self, value: Any) -> bool | None:
        if value not in {None, "", "unknown", "1"} and self.to_python(value) is None:
            raise ValidationError(_("Give true or false."), code="invalid")
        cleaned: bool | None = super().clean(value)
        return cleaned


class _Searchable(FilterSetMetaclass):  # type: ignore[misc]  # the package ships no types
    """Declares `q` only where `search_fields` say what is searched: else the API would promise what is not there."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        made = super().__new__(cls, name, bases, namespace)
        if not made.search_fields:
            made.base_filters.pop("q", None)
        for one in made.base_filters.values():
            if isinstance(one, BooleanFilter):
                one.field_class = StrictFlagField
        return made


class ListFilterSet(FilterSet, metaclass=_Searchable):  # type: ignore[misc]  # the package ships no types
    """Filters of one list. A subclass that can be searched names `search_fields`; `q` then matches all words typed."""

    search_fields: tuple[str, ...] = ()
    q = SearchFilter(method="search", label=_("Search"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.filters.values():
            if isinstance(one, BooleanFilter):
                one.extra.setdefault("widget", Select(choices=[("", _("All")), ("true", _("Yes")), ("false", _("No"))]))

    def parameters(self) -> set[str]:
        """The names of the query parameters that it reads."""
        names: set[str] = set()
        for name, field in self.form.fields.items():
            suffixes = getattr(field.widget, "suffixes", None) or [""]
            names |= {f"{name}_{suffix}" if suffix else name for suffix in suffixes}
        return names

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        for word in value.split():
            matches = Q()
            for field in self.search_fields:
                lookup = field if "__" in field and field.rsplit("__", 1)[1] in _LOOKUPS else f"{field}__icontains"
                for spelling in spellings(word):
                    matches |= Q(**{lookup: spelling})
            queryset = queryset.filter(matches)
        return queryset


_LOOKUPS = {"istartswith", "startswith", "icontains", "contains", "iexact", "exact"}


class ChoicesFilter(MultipleChoiceFilter):  # type: ignore[misc]  # the package ships no types
    """Any of some values of a row's own column: it causes no duplicates, so no DISTINCT is needed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"distinct": False, "widget": CheckboxSelectMultiple, **options})


class IndexedChoicesFilter(ChoicesFilter):
    """The same for a column with an index of its own: (column, then what the list is sorted by)."""

    def filter(self, queryset: QuerySet[Any], value: Sequence[str]) -> QuerySet[Any]:
        """One value is compared with a subquery, so that the planner takes the index that begins with the column.

        Knowing that most rows have the value it would read the newest of all and leave out the others: where the rare
        ones are the newest, as with the open ones of a history, it reads tens of thousands of them for one page.
        """
        if len(value) != 1:
            filtered: QuerySet[Any] = super().filter(queryset, value)
            return filtered
        return queryset.filter(**{self.field_name: RawSQL("(SELECT %s)", [value[0]], output_field=CharField())})


def visible_rows(model: Any) -> Callable[[Any], Any]:
    """The choices of a filter or a field: the rows of `model` that whoever asks may see, none where nobody asks."""
    return lambda request: model.objects.visible_to(request.user) if request else model.objects.none()


def day_range(field: str, label: Any) -> DateFromToRangeFilter:
    """From one day to another, both included, with the browser's own date picker."""
    widget = DateRangeWidget(attrs={"type": "date"})
    for part, name in zip(widget.widgets, (_("from"), _("until")), strict=True):
        part.input_type = "date"
        part.attrs["aria-label"] = name
    return DateFromToRangeFilter(field_name=field, label=label, widget=widget)


class LongSelect(Select):
    """A select of hundreds of choices, drawn without a template for each of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 - Django gives it by name
        chosen = str(value or "")
        options = mark_safe(  # noqa: S308 - made of escaped parts
            "".join(
                f'<option value="{escape(key)}"{" selected" if str(key) == chosen else ""}>{escape(label)}</option>'
                for key, label in self.choices
            )
        )
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})), options
        )


class CodeInput(TextInput):
    """A field for one code that offers what matches while one types: ten thousand choices make no list to scroll."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        options = f"{name}-options"
        more = {
            "list": options,
            "autocomplete": "off",
            "hx-get": reverse("core:suggest", args=[name]),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{options}",
            "hx-swap": "innerHTML",
            "hx-push-url": "false",
        }
        field = super().render(name, value, {**(attrs or {}), **more}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', field, options)


class CodeFilter(ModelChoiceFilter):  # type: ignore[misc]  # the package ships no types
    """One row of a large table, by its code. The filter is named like the search provider that suggests codes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"to_field_name": "code", "widget": CodeInput, **options})
