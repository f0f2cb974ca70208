"""Products as people name them: by a code in any spelling, or by words."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from catalogue.expressions import product_of_code_sql
from catalogue.models import Product
from core.actors import Actor

_PRODUCTS_OF_CODES = f"""
SELECT asked.code, product.id
FROM (SELECT DISTINCT code FROM unnest(%s::text[]) AS asked (code)) AS asked
JOIN catalogue_product AS product ON product.id = {product_of_code_sql("asked.code", "%s::bigint")}
"""  # noqa: S608 - put together from constants, values are bound


def find_products_by_code(codes: Iterable[str], *, distributor_id: int | None) -> dict[str, int]:
    """The product that each code means, by the code as it was written; codes of nothing are left out. One query.

    A code is a product's code or barcode, a unit's barcode, or an own code of the distributor (which goes before a shared
    one that is written alike), in any spelling of `catalogue_normal_code`. Nobody's rights are looked at: whoever shows
    or books what was found narrows it by `visible_to`.
    """
    wanted = list({code for code in codes if "\x00" not in code})
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_PRODUCTS_OF_CODES, [wanted, distributor_id])
        return dict(cursor.fetchall())


def find_by_shared_code(codes: Iterable[str]) -> dict[str, int]:
    """`find_products_by_code` where no distributor is known."""
    return find_products_by_code(codes, distributor_id=None)


def find_visible_product(code: str, *, products: Any, distributor_id: int | None) -> Product | None:
    """The product among `products` (those that somebody sees) that a code means. Two queries."""
    found = find_products_by_code([code], distributor_id=distributor_id).get(code)
    product: Product | None = None if found is None else products.filter(pk=found).first()
    return product


def find_products(actor: Actor, text: str, limit: int) -> list[tuple[str, str]]:
    """Code and name of the first products that match. One query."""
    found = Product.objects.visible_to(actor).matching(text, distributor_id=actor.distributor_id)
    return [(product.code, product.display_name) for product in found.order_by("code")[:limit]]
