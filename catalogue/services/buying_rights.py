"""Say what a distributor may buy."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Distributor
from catalogue.enums import CatalogueEvent
from catalogue.models import BuyingRight
from catalogue.permissions import can_set_buying_rights
from core import events
from core.actors import Actor
from core.constraints import explained
from core.importing import Counts, Stage, insert_into
from core.importing.staging import refuse, rows
from core.importing.upsert import upsert
from core.locks import lock_row
from core.permissions import require


def set_buying_rights(
    *, distributor_id: int, brand_ids: Collection[int], product_ids: Collection[int], starts_on: date, actor: Actor
) -> None:
    """From a day on a distributor may buy exactly these brands and single products.

    Rights that are not named end the day before (one that would start later is taken away); those named and in force
    stay as they are. What an agreement grants is not touched: it changes with the agreement. Raises
    NotAllowed, NotVisible, InvalidInput for an unknown brand or product.
    """
    require(can_set_buying_rights(actor))
    with explained(), transaction.atomic():
        lock_row(Distributor.objects.visible_to(actor), distributor_id)
        rights = BuyingRight.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
        rights = rights.filter(distributor_id=distributor_id).set_by_people()
        kept = rights.filter(Q(brand_id__in=brand_ids) | Q(product_id__in=product_ids), starts_on__lte=starts_on)
        had_brands = set(kept.values_list("brand_id", flat=True))
        had_products = set(kept.values_list("product_id", flat=True))
        dropped = rights.exclude(pk__in=kept.values("pk"))
        ended = dropped.filter(starts_on__lt=starts_on).update(ends_on=starts_on - timedelta(days=1))
        removed, _by_model = dropped.filter(starts_on__gte=starts_on).delete()
        made = BuyingRight.objects.bulk_create(
            [
                BuyingRight(distributor_id=distributor_id, brand_id=brand_id, starts_on=starts_on)
                for brand_id in sorted(set(brand_ids) - had_brands)
            ]
            + [
                BuyingRight(distributor_id=distributor_id, product_id=product_id, starts_on=starts_on)
                for product_id in sorted(set(product_ids) - had_products)
            ]
        )
        events.record_event(
            kind=CatalogueEvent.RIGHTS_CHANGED,
            subject_type="distributor",
            subject_id=distributor_id,
            distributor_id=distributor_id,
            actor_id=actor.pk,
            data={"from": starts_on.isoformat(), "made": len(made), "ended": ended + removed},
        )


@dataclass(frozen=True, kw_only=True)
class RightsSource:
    """What grants rights, such as an agreement."""

    type: str
    id: int


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A brand, a category, or a category of a brand that a source grants to a distributor for some days."""

    source: RightsSource
    distributor_id: int
    brand_id: int | None
    category_id: int | None
    starts_on: date
    ends_on: date | None


_GRANT = insert_into(
    BuyingRight,
    """(
    WITH RECURSIVE asked AS (
        SELECT * FROM unnest(
            %(types)s::text[], %(sources)s::bigint[], %(distributors)s::bigint[], %(brands)s::bigint[],
            %(categories)s::bigint[], %(starts)s::date[], %(ends)s::date[]
        ) AS asked (source_type, source_id, distributor_id, brand_id, category_id, starts_on, ends_on)
    ), below (root, id) AS (
        SELECT category_id, category_id FROM asked WHERE category_id IS NOT NULL
        UNION
        SELECT below.root, child.id
        FROM below JOIN catalogue_category AS child ON child.parent_id = below.id
    )
    SELECT distributor_id, brand_id, NULL::bigint AS product_id, starts_on, ends_on, source_type, source_id
    FROM asked WHERE category_id IS NULL
    UNION
    SELECT asked.distributor_id, NULL, product.id, asked.starts_on, asked.ends_on, asked.source_type, asked.source_id
    FROM asked
    JOIN below ON below.root = asked.category_id
    JOIN catalogue_product AS product ON product.category_id = below.id
     AND (asked.brand_id IS NULL OR product.brand_id = asked.brand_id)
    )""",
)


def grant_rights(grants: Sequence[Grant]) -> int:
    """Write what sources grant; returns how many rights are new. What was granted already stays as it is. One statement.

    A brand is granted whole, a category (with those below it) product by product, so that a further call adds the products
    that are new. Before: inside the transaction of the source's change, which also asks for the permission and records
    the event.
    """
    if not grants:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_GRANT} ON CONFLICT DO NOTHING",
            {
                "types": [grant.source.type for grant in grants],
                "sources": [grant.source.id for grant in grants],
                "distributors": [grant.distributor_id for grant in grants],
                "brands": [grant.brand_id for grant in grants],
                "categories": [grant.category_id for grant in grants],
                "starts": [grant.starts_on for grant in grants],
                "ends": [grant.ends_on for grant in grants],
            },
        )
        return int(cursor.rowcount)


def take_back_rights(source: RightsSource, *, last_on: date) -> None:
    """End what a source granted on a day; what would begin later goes. Before: as `grant_rights`."""
    rights = BuyingRight.objects.filter(source_type=source.type, source_id=source.id)
    rights.filter(starts_on__gt=last_on).delete()
    rights.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_on)).update(ends_on=last_on)


def write_buying_rights(stage: Stage) -> Mapping[str, Counts]:
    """Rights by distributor, brand or product, and first day. One that an agreement grants is refused: it changes there."""
    refuse(
        rows(
            f"SELECT s._n FROM {stage.relation} AS s JOIN catalogue_buyingright AS t "
            "ON t.distributor_id = s.distributor_id AND t.brand_id IS NOT DISTINCT FROM s.brand_id "
            "AND t.product_id IS NOT DISTINCT FROM s.product_id AND t.starts_on = s.starts_on "
            "WHERE t.source_type <> '' ORDER BY 1"
        ),
        "starts_on",
        _("An agreement grants this from the same day on. It changes with the agreement."),
    )
    return {"buying_right": upsert(stage)}
