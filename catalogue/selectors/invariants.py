"""What always holds of products, recomputed over the whole database."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of

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
