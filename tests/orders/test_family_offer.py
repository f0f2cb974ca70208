from decimal import Decimal

from orders.entry.offers import family_offer
from orders.entry.products import Suggestion
from pricing.enums import PriceScope
from pricing.selectors.prices import LinePrice


def _variant(amount: str | None, *, unit: str = "", pieces: int = 1) -> Suggestion:
    price = LinePrice(
        product_id=1,
        quantity=1,
        currency="CNY",
        price_id=None if amount is None else 1,
        amount=None if amount is None else Decimal(amount),
        list_code="ALL",
        list_name="All",
        scope=PriceScope.ALL,
        from_quantity=1,
        ends_on=None,
        next_quantity=None,
        next_amount=None,
    )
    return Suggestion(
        product_id=1,
        code="TEA",
        barcode="",
        name="Tea",
        brand="Tea",
        unit=unit or "pcs",
        unit_code=unit,
        pieces=pieces,
        step=1,
        first_quantity=1,
        price=price,
        entered="TEA",
    )


def test_a_card_names_the_lowest_price_of_a_family_and_says_so_where_others_cost_more() -> None:
    """A buyer who sees the price of one variant as that of all orders the dear ones unknowingly."""
    cases = [
        ([], None),
        ([_variant(None)], None),
        ([_variant("12"), _variant("12.00")], ("12", "pcs", False)),
        ([_variant("30"), _variant("12"), _variant("18")], ("12", "pcs", True)),
        ([_variant("12"), _variant(None)], ("12", "pcs", False)),
        # 60 a case of six are 10 a piece: cheaper than 12 by the piece
        ([_variant("12"), _variant("60", unit="case", pieces=6)], ("60", "case", True)),
        # the same amount for another unit is another price
        ([_variant("12"), _variant("12", unit="case", pieces=6)], ("12", "case", True)),
    ]
    for variants, expected in cases:
        offer = family_offer(variants)
        found = None if offer is None else (offer.amount, offer.unit, offer.is_lowest)
        assert found == (None if expected is None else (Decimal(expected[0]), *expected[1:])), expected
