"""The template of an upload: what a distributor may buy, with a column to fill in."""

from collections.abc import Iterator, Sequence
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import ListTable
from orders.entry.catalogue import CatalogueQuery, catalogue_page

PAGE = 500


class FillInTable(ListTable):
    """The heads are among those that an upload knows; the one to fill in comes before the one that looks like it."""

    code = tables.Column(accessor="product__code", verbose_name=_("code"))
    name = tables.Column(accessor="product__name", verbose_name=_("name"))
    quantity = tables.Column(empty_values=(), verbose_name=_("quantity"))
    unit = tables.Column(accessor="product__unit", verbose_name=_("unit"))
    price = tables.Column(accessor="product__price__amount", verbose_name=_("price"))
    last = tables.Column(accessor="bought__last_quantity", verbose_name=_("last ordered"))

    def render_quantity(self) -> str:
        return ""

    def value_quantity(self) -> str:
        return ""


def buyable_rows(distributor_id: int, on: Any) -> Iterator[Sequence[Any]]:
    """Everything that may be bought, some at a time."""
    cursor = ""
    while True:
        query = CatalogueQuery(cursor=cursor, is_by_family=False)
        page = catalogue_page(distributor_id=distributor_id, query=query, ordered={}, on=on, limit=PAGE)
        yield page.rows
        cursor = page.following
        if not cursor:
            return
