"""Products: found by code, the quantity in which one is ordered, and what must hold of them."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from accounts.selectors.checklists import ChecklistItem
from catalogue.models import BuyingRight, Product
from catalogue.permissions import can_set_buying_rights
from catalogue.querysets import product_of_code_sql
from core.actors import Actor
from core.invariants import Invariant, violations_of

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


def orderable_quantity(at_least: int, *, minimum: int, multiple: int) -> int:
    """The smallest quantity not below `at_least` that can be ordered of a product with this minimum and multiple."""
    step = max(multiple, 1)
    return -(-max(at_least, minimum, 1) // step) * step


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="catalogue.codes_follow_products",
        statement=_("Each product is found by its code and its barcode."),
        find=violations_of("""
            SELECT product.id AS product_id, kept.code
            FROM catalogue_product AS product
            CROSS JOIN LATERAL (VALUES (product.code), (product.barcode)) AS kept (code)
            WHERE catalogue_normal_code(kept.code) <> '' AND NOT EXISTS (
                SELECT FROM catalogue_productcode AS known
                WHERE known.product_id = product.id AND known.distributor_id IS NULL
                  AND known.normal = catalogue_normal_code(kept.code)
            )
            UNION ALL
            SELECT known.product_id, known.code
            FROM catalogue_productcode AS known
            JOIN catalogue_product AS product ON product.id = known.product_id
            WHERE (known.kind = 'code' AND known.code <> product.code)
               OR (known.kind = 'barcode' AND known.code IS DISTINCT FROM product.barcode)
        """),
    ),
)


def _has_buying_rights(distributor: Distributor) -> bool:
    return BuyingRight.objects.current().filter(distributor=distributor).exists()


def _to_buying_rights(actor: Actor, distributor: Distributor) -> str:
    return reverse("catalogue:buying-rights", args=[distributor.code]) if can_set_buying_rights(actor) else ""


BUYING_RIGHTS = ChecklistItem(
    key="buying-rights",
    label=gettext_lazy("Buying rights"),
    is_done=_has_buying_rights,
    url=_to_buying_rights,
    order=40,
)
