"""What an agreement covers, leaf by leaf, and where two agreements collide."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from accounts.enums import ChannelKind
from accounts.models import Territory
from catalogue.models import Brand, Category
from channel.models import Agreement

# The distributor as a number of the sets in `parties`; one distributor under two companies is two.
_PARTY = "({distributor} * 1000 + mod({company}, 1000))"

CELLS = f"""
WITH RECURSIVE agreement AS (
    SELECT id, distributor_id, channel_kinds, starts_on, COALESCE(last_on, ends_on) AS ends_on,
           {_PARTY.format(distributor="distributor_id", company="company_id")} AS party
    FROM channel_agreement WHERE id = %(agreement)s
), area (root, id) AS (
    SELECT territory_id, territory_id FROM (
        SELECT territory_id FROM channel_agreementterritory WHERE agreement_id = %(agreement)s
        UNION
        SELECT territory_id FROM channel_agreementcarveout WHERE agreement_id = %(agreement)s AND territory_id IS NOT NULL
    ) AS named
    UNION
    SELECT area.root, child.id FROM area JOIN accounts_territory AS child ON child.parent_id = area.id
), range_of_goods (subject_id, id) AS (
    SELECT id, category_id FROM channel_agreementsubject
    WHERE agreement_id = %(agreement)s AND category_id IS NOT NULL
    UNION
    SELECT goods.subject_id, child.id
    FROM range_of_goods AS goods JOIN catalogue_category AS child ON child.parent_id = goods.id
), cell AS (
    SELECT subject.brand_id, goods.id AS category_id, area.id AS territory_id, kind.name AS channel_kind,
           bool_or(subject.is_exclusive) AS is_exclusive
    FROM agreement
    JOIN channel_agreementsubject AS subject ON subject.agreement_id = agreement.id
    LEFT JOIN range_of_goods AS goods ON goods.subject_id = subject.id
    JOIN channel_agreementterritory AS given ON given.agreement_id = agreement.id
    JOIN area ON area.root = given.territory_id
    CROSS JOIN unnest(agreement.channel_kinds) AS kind (name)
    WHERE NOT EXISTS (SELECT FROM accounts_territory AS child WHERE child.parent_id = area.id)
      AND NOT EXISTS (SELECT FROM catalogue_category AS child WHERE child.parent_id = goods.id)
    GROUP BY 1, 2, 3, 4
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
        WHERE carve.agreement_id = %(agreement)s
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
    FROM agreement CROSS JOIN carved
    WHERE NOT carved.is_left
)
"""  # noqa: S608 - put together from constants, values are bound

_SAME_GOODS = """
    one.territory_id = two.territory_id AND one.channel_kind = two.channel_kind
    AND (one.brand_id IS NULL OR two.brand_id IS NULL OR one.brand_id = two.brand_id)
    AND (one.category_id IS NULL OR two.category_id IS NULL OR one.category_id = two.category_id)
"""

_OVERLAPS = f"""
{CELLS}
SELECT two.agreement_id, two.is_exclusive, one.is_exclusive, two.distributor_id,
       COALESCE(one.brand_id, two.brand_id), COALESCE(one.category_id, two.category_id), one.territory_id,
       one.channel_kind, GREATEST(one.starts_on, two.starts_on), LEAST(one.ends_on, two.ends_on)
FROM covered AS one
JOIN channel_agreementcoverage AS two ON {_SAME_GOODS}
 AND one.parties && two.parties
 AND daterange(one.starts_on, one.ends_on, '[]') && daterange(two.starts_on, two.ends_on, '[]')
ORDER BY 9, two.agreement_id, one.territory_id, one.channel_kind
LIMIT 1
"""  # noqa: S608 - likewise

_OWN_OVERLAP = f"""
{CELLS}, numbered AS (SELECT *, row_number() OVER () AS number FROM covered)
SELECT EXISTS (SELECT FROM numbered AS one JOIN numbered AS two ON one.number < two.number AND {_SAME_GOODS}),
       EXISTS (SELECT FROM covered)
"""  # noqa: S608 - likewise


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Where and when two agreements collide, the first such place; `ends_on` None: from then on."""

    agreement_id: int
    other_is_exclusive: bool
    is_exclusive: bool
    distributor_id: int
    brand_id: int | None
    category_id: int | None
    territory_id: int
    channel_kind: str
    starts_on: date
    ends_on: date | None


def find_overlap(agreement_id: int) -> Overlap | None:
    """Where an agreement would collide with one that is in force. One statement."""
    row = _one(_OVERLAPS, agreement_id)
    if row is None:
        return None
    names = Overlap.__dataclass_fields__
    return Overlap(**dict(zip(names, row, strict=True)))


def overlaps_itself(agreement_id: int) -> bool:
    """Whether two of an agreement's own subjects cover the same goods, such as a brand and a category that has it."""
    row = _one(_OWN_OVERLAP, agreement_id)
    return bool(row and row[0])


def covers_nothing(agreement_id: int) -> bool:
    """Whether nothing is left of an agreement: no subject, territory or kind, or all of it is carved out."""
    row = _one(_OWN_OVERLAP, agreement_id)
    return not (row and row[1])


def describe_overlap(overlap: Overlap) -> str:
    """The overlap in words: what, where, with whom, and from when to when."""
    other = Agreement.objects.select_related("distributor").get(pk=overlap.agreement_id)
    goods = [
        model.objects.get(pk=pk).display_name
        for model, pk in ((Brand, overlap.brand_id), (Category, overlap.category_id))
        if pk is not None
    ]
    names = {
        "what": ", ".join(
            [
                *goods,
                Territory.objects.get(pk=overlap.territory_id).display_name,
                str(ChannelKind(overlap.channel_kind).label),
            ]
        ),
        "number": str(other),
        "distributor": other.distributor.display_name,
        "from": overlap.starts_on.isoformat(),
    }
    if overlap.ends_on is None:
        return _("%(what)s overlaps with agreement %(number)s of %(distributor)s from %(from)s on.") % names
    names["to"] = overlap.ends_on.isoformat()
    return _("%(what)s overlaps with agreement %(number)s of %(distributor)s from %(from)s to %(to)s.") % names


def _one(statement: str, agreement_id: int) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"agreement": agreement_id})
        return cursor.fetchone()
