"""Outlets that get goods in the place of a distributor, for statements that read much else."""

from channel.selectors.addresses import place_sql
from outlets.enums import OutletStatus


def supplied_outlet_sql(outlet: str, distributor: str, on: str) -> str:
    """An expression for the id `outlet` where that one is open and buys from a distributor on a day, else NULL."""
    return f"""(
        SELECT shop.id FROM outlets_outlet AS shop
        WHERE shop.id = {outlet} AND shop.status = '{OutletStatus.OPEN}' AND EXISTS (
            SELECT FROM outlets_outletlink AS link
            WHERE link.outlet_id = shop.id AND link.distributor_id = {distributor}
              AND link.starts_on <= {on} AND (link.ends_on IS NULL OR link.ends_on >= {on})
        )
    )"""  # noqa: S608 - put together from constants, values are bound


def outlet_place_sql(outlet: str) -> str:
    """Where an outlet lies, as a query with the columns of `delivery_address_sql`; it is no address of a distributor."""
    return f"""SELECT NULL::bigint AS id, shop.territory_id, shop.name, {place_sql("shop")} AS place
        FROM outlets_outlet AS shop WHERE shop.id = {outlet}"""  # noqa: S608 - put together from constants, values are bound


def outlet_record_sql(outlet: str) -> str:
    """What a document copies of the outlet with this id, with the keys of `ship_to_sql`; NULL without one."""
    return f"""(
        SELECT jsonb_build_object(
            'name', shop.name, 'name_zh', shop.name_zh, 'address', shop.address, 'postal_code', shop.postal_code,
            'city', shop.city, 'country', shop.country, 'phone', shop.phone, 'email', '', 'contact', shop.contact,
            'label', shop.code
        ) FROM outlets_outlet AS shop WHERE shop.id = {outlet}
    )"""  # noqa: S608 - put together from constants, values are bound
