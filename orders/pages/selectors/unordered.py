"""Goods that came and nobody ordered, by the code that stands on them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from catalogue.selectors import find_by_code
from core.errors import InvalidInput, Problem
from orders.fulfilment.services.receiving import UnorderedGoods


def unordered_goods(rows: Sequence[Mapping[str, Any]], *, distributor_id: int | None) -> list[UnorderedGoods]:
    """What `product` (a code), `quantity` and what else is written in rows means. One query.

    Whoever has the goods in hand reads their code, also of a product that the distributor may not order. Raises
    InvalidInput at `unordered.<index>.product`.
    """
    meant = find_by_code([row["product"] for row in rows], distributor_id=distributor_id)
    problems = [
        Problem(
            message=_("Unknown product “%(code)s”.") % {"code": row["product"]},
            code="unknown_product",
            field=f"unordered.{index}.product",
        )
        for index, row in enumerate(rows)
        if row["product"] not in meant
    ]
    if problems:
        raise InvalidInput(problems=problems)
    return [
        UnorderedGoods(
            product_id=meant[row["product"]].product_id,
            quantity=row["quantity"] * meant[row["product"]].pieces,
            **{name: value for name, value in row.items() if name not in {"product", "quantity"}},
        )
        for row in rows
    ]
