"""The SQL of what agreements cover: spread over brands, leaves of the trees, channel kinds and days."""

# The distributor as a number of the sets in `parties`; one distributor under two companies is two.
_PARTY = "(distributor_id * 1000 + mod(company_id, 1000))"

_CELLS = f"""
WITH RECURSIVE agreement AS (
    SELECT id, distributor_id, channel_kinds, starts_on, COALESCE(last_on, ends_on) AS ends_on, {_PARTY} AS party
    FROM channel_agreement
    WHERE id IN (CHOSEN) AND starts_on <= COALESCE(last_on, ends_on, 'infinity')
), area (root, id) AS (
    SELECT territory_id, territory_id FROM (
        SELECT given.territory_id
        FROM channel_agreementterritory AS given JOIN agreement ON agreement.id = given.agreement_id
        UNION
        SELECT carve.territory_id
        FROM channel_agreementcarveout AS carve JOIN agreement ON agreement.id = carve.agreement_id
        WHERE carve.territory_id IS NOT NULL
    ) AS named
    UNION
    SELECT area.root, child.id FROM area JOIN accounts_territory AS child ON child.parent_id = area.id
), range_of_goods (subject_id, id) AS (
    SELECT subject.id, subject.category_id
    FROM channel_agreementsubject AS subject JOIN agreement ON agreement.id = subject.agreement_id
    WHERE subject.category_id IS NOT NULL
    UNION
    SELECT goods.subject_id, child.id
    FROM range_of_goods AS goods JOIN catalogue_category AS child ON child.parent_id = goods.id
), cell AS (
    SELECT agreement.id AS agreement_id, subject.brand_id, goods.id AS category_id, area.id AS territory_id,
           kind.name AS channel_kind, bool_or(subject.is_exclusive) AS is_exclusive
    FROM agreement
    JOIN channel_agreementsubject AS subject ON subject.agreement_id = agreement.id
    LEFT JOIN range_of_goods AS goods ON goods.subject_id = subject.id
    JOIN channel_agreementterritory AS given ON given.agreement_id = agreement.id
    JOIN area ON area.root = given.territory_id
    CROSS JOIN unnest(agreement.channel_kinds) AS kind (name)
    WHERE NOT EXISTS (SELECT FROM accounts_territory AS child WHERE child.parent_id = area.id)
      AND NOT EXISTS (SELECT FROM catalogue_category AS child WHERE child.parent_id = goods.id)
    GROUP BY 1, 2, 3, 4, 5
), carved AS (
    SELECT cell.*, COALESCE(met.others, '{{}}'::int8multirange) AS others, met.is_mentioned IS TRUE AS is_mentioned,
           met.is_left IS TRUE AS is_left
    FROM cell
    LEFT JOIN LATERAL (
        SELECT range_agg(int8range(other.id * 1000, other.id * 1000 + 999, '[]'))
                   FILTER (WHERE carve.effect = 'both') AS others,
               bool_or(carve.effect = 'both') AS is_mentioned, bool_or(carve.effect = 'other') AS is_left
        FROM channel_agreementcarveout AS carve
        JOIN accounts_distributor AS other ON other.id = carve.other_id
        WHERE carve.agreement_id = cell.agreement_id
          AND (carve.brand_id IS NULL OR carve.brand_id = cell.brand_id)
          AND (carve.channel_kind = '' OR carve.channel_kind = cell.channel_kind)
          AND (carve.territory_id IS NULL OR EXISTS (
              SELECT FROM area WHERE area.root = carve.territory_id AND area.id = cell.territory_id
          ))
    ) AS met ON TRUE
), covered AS (
    SELECT agreement.id AS agreement_id, agreement.distributor_id, carved.brand_id, carved.category_id,
           carved.territory_id, carved.channel_kind, agreement.starts_on, agreement.ends_on, carved.is_exclusive,
           CASE
               WHEN carved.is_exclusive THEN '{{(,)}}'::int8multirange - carved.others
               WHEN carved.is_mentioned THEN int8multirange(int8range(agreement.party, agreement.party, '[]'))
               ELSE int8multirange(
                   int8range(-agreement.party, -agreement.party, '[]'), int8range(agreement.party, agreement.party, '[]')
               )
           END AS parties
    FROM agreement JOIN carved ON carved.agreement_id = agreement.id
    WHERE NOT carved.is_left
)
"""  # noqa: S608 - put together from constants

_INSERT = """
INSERT INTO channel_agreementcoverage
    (agreement_id, distributor_id, brand_id, category_id, territory_id, channel_kind, starts_on, ends_on, is_exclusive, parties)
SELECT agreement_id, distributor_id, brand_id, category_id, territory_id, channel_kind, starts_on, ends_on, is_exclusive, parties
FROM covered
"""


def cells_of(chosen: str) -> str:
    """The head of a statement with the relation `covered`: what the agreements cover that the query `chosen` names."""
    return _CELLS.replace("CHOSEN", chosen)


def insert_cells(chosen: str) -> str:
    """The statement that writes it."""
    return cells_of(chosen) + _INSERT
