"""The promises about drop shipments, recomputed over the whole database."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of
from orders.ordering.enums import OrderSource
from orders.ordering.selectors.consignees import GOODS_RECEIVER

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="orders.goods_enter_the_stock_of_their_receiver",
        statement=_("What is received of a shipment lies in the stock of who gets the goods: nobody's, of an outlet."),
        find=violations_of(f"""
            SELECT shipment.number, place.distributor_id AS lies_with, {GOODS_RECEIVER} AS receiver_id
            FROM orders_shipment AS shipment
            JOIN orders_order AS placed ON placed.id = shipment.order_id
            JOIN inventory_stockmove AS move ON move.reference = shipment.number AND move.kind = 'receipt'
            JOIN inventory_warehouse AS place ON place.id = move.warehouse_id
            WHERE (placed.consignee_distributor_id IS NOT NULL OR placed.consignee_outlet_id IS NOT NULL)
              AND place.distributor_id IS NOT NULL AND place.distributor_id IS DISTINCT FROM {GOODS_RECEIVER}
        """),  # noqa: S608 - put together from constants
    ),
    Invariant(
        name="orders.delivery_address_is_the_consignees",
        statement=_("The delivery address of a drop shipment is one of the sub-distributor that gets the goods."),
        find=violations_of(f"""
            SELECT placed.id, placed.number, known.distributor_id
            FROM orders_order AS placed
            JOIN channel_address AS known ON known.id = placed.delivery_address_id
            WHERE (placed.consignee_distributor_id IS NOT NULL OR placed.consignee_outlet_id IS NOT NULL)
              AND known.distributor_id IS DISTINCT FROM placed.consignee_distributor_id
              AND placed.source <> '{OrderSource.IMPORT}'
        """),  # noqa: S608 - put together from constants
    ),
)
