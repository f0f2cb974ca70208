"""The promises about parcels and waybills, recomputed over the whole database."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="orders.parcels_within_shipment",
        statement=_("The parcels of a shipment hold no more of its lines than it does, and nothing of another."),
        find=violations_of("""
            SELECT line.id AS shipment_line, line.quantity, SUM(packed.pieces) AS packed
            FROM orders_parcelline AS packed
            JOIN orders_parcel AS parcel ON parcel.id = packed.parcel_id
            JOIN orders_shipmentline AS line ON line.id = packed.shipment_line_id
            GROUP BY line.id, line.quantity, line.shipment_id
            HAVING SUM(packed.pieces) > line.quantity OR bool_or(parcel.shipment_id <> line.shipment_id)
        """),
    ),
    Invariant(
        name="orders.freight_is_sum_of_shares",
        statement=_("The freight of a waybill is the sum of the shares of its shipments."),
        find=violations_of("""
            SELECT waybill.id, waybill.number, waybill.agreed_amount_company, waybill.actual_amount_company,
                   share.agreed, share.actual
            FROM orders_waybill AS waybill
            LEFT JOIN (
                SELECT waybill_id, SUM(agreed_amount_company) AS agreed, SUM(actual_amount_company) AS actual
                FROM orders_waybillshipment GROUP BY waybill_id
            ) AS share ON share.waybill_id = waybill.id
            WHERE waybill.agreed_amount_company IS DISTINCT FROM share.agreed
               OR waybill.actual_amount_company IS DISTINCT FROM share.actual
        """),
    ),
    Invariant(
        name="orders.waybill_of_one_recipient",
        statement=_("The shipments of a waybill have its distributor, its seller and its carrier."),
        find=violations_of("""
            SELECT waybill.id, waybill.number, shipment.number AS shipment
            FROM orders_waybillshipment AS carried
            JOIN orders_waybill AS waybill ON waybill.id = carried.waybill_id
            JOIN orders_shipment AS shipment ON shipment.id = carried.shipment_id
            JOIN orders_order AS placed ON placed.id = shipment.order_id
            WHERE (placed.company_id, placed.distributor_id) <> (waybill.company_id, waybill.distributor_id)
               OR placed.seller_distributor_id IS DISTINCT FROM waybill.seller_distributor_id
               OR shipment.carrier_id IS DISTINCT FROM waybill.carrier_id
        """),
    ),
)
