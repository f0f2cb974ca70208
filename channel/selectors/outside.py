"""Delivery addresses outside the territories of an agreement."""


def outside_agreements_sql(distributor: str, on: str, address: str) -> str:
    """An expression for the agreements under which the `asked` products do not go to an address, NULL where there are none.

    A list of `id` and `name` as JSON: those that name neither the address's territory nor one above it, or leave it to
    another distributor by a carve-out, of all that they are about or of a brand, for all their channel kinds. Left out are
    those for which the address was cleared as it is, and those of products that another agreement lets go there. Embedded in the
    statement that reads all about an order, with its relation `asked`; `address` is an alias with id (NULL of a place that
    cannot be cleared), territory_id and place.
    """
    granted = f"""granted.distributor_id = {distributor} AND granted.source_type = 'agreement'
              AND (granted.brand_id = wanted.brand_id OR granted.product_id = wanted.id)
              AND granted.starts_on <= {on} AND (granted.ends_on IS NULL OR granted.ends_on >= {on})"""
    wanted_by = "(outside.brand_id IS NULL OR outside.brand_id = wanted.brand_id)"
    return f"""(
        WITH RECURSIVE line (id) AS (
            SELECT {address}.territory_id
            UNION
            SELECT above.parent_id FROM line JOIN accounts_territory AS above ON above.id = line.id
        ), outside AS MATERIALIZED (
            SELECT agreement.id, concat(agreement.number, ' R', agreement.revision) AS name, lost.brand_id
            FROM channel_agreement AS agreement
            CROSS JOIN LATERAL (
                SELECT NULL::bigint AS brand_id
                WHERE NOT EXISTS (
                    SELECT FROM channel_agreementterritory AS named JOIN line ON line.id = named.territory_id
                    WHERE named.agreement_id = agreement.id
                )
                UNION
                SELECT carve.brand_id FROM channel_agreementcarveout AS carve
                WHERE carve.agreement_id = agreement.id AND carve.effect = 'other'
                  AND (carve.channel_kind = '' OR agreement.channel_kinds <@ ARRAY[carve.channel_kind])
                  AND (carve.territory_id IS NULL OR EXISTS (SELECT FROM line WHERE line.id = carve.territory_id))
            ) AS lost
            WHERE {address}.place IS NOT NULL AND agreement.distributor_id = {distributor}
              AND agreement.status IN ('in_force', 'in_grace', 'ended')
              AND agreement.starts_on <= {on} AND (agreement.orders_until IS NULL OR agreement.orders_until >= {on})
              AND NOT EXISTS (
                  SELECT FROM channel_addressclearance AS cleared
                  WHERE cleared.agreement_id = agreement.id AND cleared.address_id = {address}.id
                    AND cleared.place = {address}.place
              )
        )
        SELECT jsonb_agg(DISTINCT jsonb_build_object('id', outside.id, 'name', outside.name))
        FROM outside
        WHERE EXISTS (
            SELECT FROM asked
            JOIN catalogue_product AS wanted ON wanted.id = asked.product_id AND {wanted_by}
            JOIN catalogue_buyingright AS granted ON {granted} AND granted.source_id = outside.id
            WHERE NOT EXISTS (
                SELECT FROM catalogue_buyingright AS granted
                WHERE {granted} AND granted.source_id NOT IN (SELECT outside.id FROM outside WHERE {wanted_by})
            )
        )
    )"""  # noqa: S608 - put together from constants, values are bound


def in_grace_sql(distributor: str, on: str) -> str:
    """Whether a distributor has an agreement in its days of grace on a day."""
    return f"""EXISTS (
        SELECT FROM channel_agreement AS agreement
        WHERE agreement.distributor_id = {distributor} AND agreement.status IN ('in_force', 'in_grace', 'ended')
          AND agreement.ends_on < {on} AND agreement.orders_until >= {on}
    )"""
