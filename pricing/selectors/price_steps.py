"""The steps of a price: what each quantity from which it changes costs."""

from datetime import date

from pricing.models import Price
from pricing.selectors.prices import LinePrice, price_lines


def price_steps(*, product_id: int, distributor_id: int, on: date, minimum: int = 1) -> list[LinePrice]:
    """The price at the least quantity and at every step where it changes, the smallest first. Two queries."""
    known = Price.objects.filter(product_id=product_id, from_quantity__gt=minimum)
    quantities = [minimum, *sorted(set(known.values_list("from_quantity", flat=True)))]
    lines = price_lines(
        distributor_id=distributor_id, product_ids=[product_id] * len(quantities), quantities=quantities, on=on
    )
    return [
        line
        for line, before in zip(lines, [None, *lines], strict=False)
        if before is None or line.price_id != before.price_id
    ]
