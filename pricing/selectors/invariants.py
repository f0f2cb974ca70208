"""The promise about prices, recomputed over the whole database (invariant 7)."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="pricing.one_price_a_day",
        statement=_("No two prices of one list, product and quantity step are valid on one day."),
        find=violations_of("""
            SELECT one.id AS price_id, other.id AS other_price_id
            FROM pricing_price AS one
            JOIN pricing_price AS other
              ON other.price_list_id = one.price_list_id AND other.product_id = one.product_id
             AND other.from_quantity = one.from_quantity AND other.id > one.id
             AND daterange(other.starts_on, other.ends_on, '[]') && daterange(one.starts_on, one.ends_on, '[]')
        """),
    ),
)
