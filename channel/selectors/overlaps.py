"""What an agreement covers, leaf by leaf, and where two agreements collide."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from accounts.enums import ChannelKind
from accounts.models import Territory
from catalogue.models import Brand, Category
from channel.models import Agreement
from channel.models.cells import cells_of
from core.errors import Problem
from core.sentences import listed

CELLS = cells_of("SELECT unnest(%(agreements)s::bigint[])")

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
"""  # noqa: S608 - put together from constants, values are bound

_OWN_OVERLAP = f"""
{CELLS}, numbered AS (SELECT *, row_number() OVER () AS number FROM covered)
SELECT given.id, EXISTS (
           SELECT FROM numbered AS one JOIN numbered AS two ON one.number < two.number AND {_SAME_GOODS}
           WHERE one.agreement_id = given.id AND two.agreement_id = given.id
       ), EXISTS (SELECT FROM covered WHERE covered.agreement_id = given.id)
FROM unnest(%(agreements)s::bigint[]) AS given (id)
"""  # noqa: S608 - put together from constants, values are bound


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
    with connection.cursor() as cursor:
        cursor.execute(_OVERLAPS, {"agreements": [agreement_id]})
        row = cursor.fetchone()
    if row is None:
        return None
    names = Overlap.__dataclass_fields__
    return Overlap(**dict(zip(names, row, strict=True)))


@dataclass(frozen=True, kw_only=True)
class Flaws:
    """What is wrong with an agreement by itself.

    `overlaps_itself`: two of its subjects cover the same goods, such as a brand and a category that has it.
    `covers_nothing`: there is no subject, territory or kind, or all of it is carved out.
    """

    overlaps_itself: bool
    covers_nothing: bool

    def problem(self) -> Problem | None:
        if self.covers_nothing:
            text = _("Name at least one brand or category, one territory and one channel kind.")
            return Problem(message=text, code="covers_nothing", field="subjects")
        if self.overlaps_itself:
            text = _("Two of the brands and categories cover the same goods. Name each of them once.")
            return Problem(message=text, code="overlaps_itself", field="subjects")
        return None


def flaws_of(agreement_ids: Collection[int]) -> Mapping[int, Flaws]:
    """What is wrong with each of these agreements by itself. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OWN_OVERLAP, {"agreements": list(agreement_ids)})
        return {
            pk: Flaws(overlaps_itself=twice, covers_nothing=not covered) for pk, twice, covered in cursor.fetchall()
        }


def describe_overlap(overlap: Overlap) -> str:
    """The overlap in words: what, where, with whom, and from when to when."""
    other = Agreement.objects.select_related("distributor").get(pk=overlap.agreement_id)
    goods = [
        model.objects.get(pk=pk).display_name
        for model, pk in ((Brand, overlap.brand_id), (Category, overlap.category_id))
        if pk is not None
    ]
    names = {
        "what": listed(
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
