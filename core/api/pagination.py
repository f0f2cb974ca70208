"""Lists that grow: pages by cursor, without a count."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from core.errors import InvalidInput
from core.keyset import LARGEST, PAGE, take_slice
from core.sentences import listed


class KeysetPagination(BasePagination):
    """`?limit=` (up to 200) and `?cursor=`; `?order=` where the view offers `orders`, by default its `ordering`."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.address = request.build_absolute_uri()
        self.slice = take_slice(
            queryset,
            order=_order(request, view),
            cursor=request.query_params.get("cursor", ""),
            limit=_limit(request),
        )
        return self.slice.rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {"next": self._link(self.slice.following), "previous": self._link(self.slice.previous), "results": data}
        )

    def _link(self, cursor: str) -> str | None:
        return replace_query_param(remove_query_param(self.address, "cursor"), "cursor", cursor) if cursor else None

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "nullable": True, "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = [
            _parameter("cursor", {"type": "string"}, "Where the page starts: taken from `next` or `previous`."),
            _parameter("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": PAGE}, "Rows a page."),
        ]
        if orders := getattr(view, "orders", None):
            parameters.append(_parameter("order", {"type": "string", "enum": list(orders)}, "How the rows are sorted."))
        return parameters


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", "")
    if not text:
        return PAGE
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= LARGEST:
        message = _("Enter a number from 1 to %(most)d.") % {"most": LARGEST}
        raise InvalidInput(message, code="invalid_limit", field="limit")
    return int(text)


def _order(request: Request, view: Any) -> Sequence[str]:
    orders: Mapping[str, Sequence[str]] = getattr(view, "orders", {})
    if not orders:  # then `order` is a filter of the view's, or unknown
        return tuple(view.ordering)
    asked = request.query_params.get("order", "")
    if not asked:
        return tuple(view.ordering)
    if asked not in orders:
        message = _("Sort the list by one of: %(names)s.") % {"names": listed(orders) or "-"}
        raise InvalidInput(message, code="invalid_order", field="order")
    return orders[asked]
