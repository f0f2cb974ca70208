"""Filters of the API's lists: what is not known is refused, never ignored."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from core.errors import InvalidInput, Problem
from core.sentences import listed

PAGING = frozenset({"cursor", "limit"})
ANYWHERE = frozenset({"format", "lang"})


class StrictFilterBackend(DjangoFilterBackend):  # type: ignore[misc]  # the package ships no types
    """An ERP that mistypes a filter would otherwise get every row, and book it."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        filterset = self.get_filterset(request, queryset, view)
        if getattr(view, "action", "") == "list":
            _require_known(request.query_params, self._known(filterset, view))
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered

    def _known(self, filterset: Any, view: Any) -> set[str]:
        names = set(PAGING | ANYWHERE) | set(getattr(view, "own_parameters", ()))
        if getattr(view, "orders", None):
            names.add("order")
        if filterset is not None:
            names |= filterset.parameters()
        return names


def _require_known(given: Iterable[str], known: set[str]) -> None:
    unknown = sorted(set(given) - known)
    if unknown:
        message = _("Unknown parameter. The parameters here are: %(names)s.") % {"names": listed(sorted(known))}
        raise InvalidInput(problems=[Problem(message=message, code="unknown_parameter", field=one) for one in unknown])
