"""Gifts among the lines of many orders: free of charge, and tied to the line that earned them."""

from django.utils.translation import gettext as _

from core.importing import Stage
from core.importing.staging import refuse, refuse_where, rows, run

_OF_LINE = "line.order_id = s.order_id AND line.position = s.position"


def untie_gifts(stage: Stage) -> None:
    """What is no gift any more is not tied. Before: the lines are about to be written."""
    if stage.is_mapped("gift_with"):
        untied = f"{_OF_LINE} AND s.gift_with IS NULL AND line.gift_of_id IS NOT NULL"
        run(f"UPDATE orders_orderline AS line SET gift_of_id = NULL FROM {stage.relation} AS s WHERE {untied}")


def make_free(stage: Stage) -> None:
    """A gift of which the file says no net amount and no discount is free; one that costs something is refused."""
    if not stage.is_mapped("gift_with"):
        return
    said = "num_nonnulls(net_amount, discount_amount, discount_rate)"
    run(f"UPDATE {stage.relation} SET net_amount = 0 WHERE gift_with IS NOT NULL AND {said} = 0")


def refuse_paid_gifts(stage: Stage) -> None:
    """Before: all amounts are known."""
    if stage.is_mapped("gift_with"):
        costs = _("A gift is free of charge: its net amount is 0.")
        refuse_where(stage.relation, ("gift_with IS NOT NULL AND net_amount <> 0", "gift_with", costs))


def tie_gifts(stage: Stage) -> None:
    """Tie each gift to the first line of its order with the product that it names and that is paid for.

    Before: the lines are written. Raises RowsRefused where there is no such line.
    """
    if not stage.is_mapped("gift_with"):
        return
    relation = stage.relation
    gift = f"SELECT FROM {relation} AS o WHERE o.order_id = paid.order_id AND o.position = paid.position"
    earning = (
        "(SELECT paid.id FROM orders_orderline AS paid WHERE paid.order_id = s.order_id AND paid.product_id = s.gift_with "
        f"AND NOT EXISTS ({gift} AND o.gift_with IS NOT NULL) "
        f"AND (paid.gift_of_id IS NULL OR EXISTS ({gift})) ORDER BY paid.position LIMIT 1)"
    )
    refuse(
        rows(f"SELECT s._n FROM {relation} AS s WHERE s.gift_with IS NOT NULL AND {earning} IS NULL ORDER BY 1"),
        "gift_with",
        _("The order has no line of this product that is paid for."),
    )
    run(
        f"UPDATE orders_orderline AS line SET gift_of_id = {earning} FROM {relation} AS s "
        f"WHERE {_OF_LINE} AND s.gift_with IS NOT NULL AND line.gift_of_id IS DISTINCT FROM {earning}"
    )
