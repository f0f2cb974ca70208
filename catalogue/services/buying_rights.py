"""Say what a distributor may buy."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.models import Distributor
from catalogue.enums import CatalogueEvent
from catalogue.models import BuyingRight
from catalogue.permissions import can_set_buying_rights
from core import events
from core.actors import Actor
from core.constraints import explained
from core.locks import lock_row
from core.permissions import require


def set_buying_rights(
    *, distributor_id: int, brand_ids: Collection[int], product_ids: Collection[int], starts_on: date, actor: Actor
) -> None:
    """From a day on a distributor may buy exactly these brands and single products.

    Rights that are not named end the day before (one that would start later is taken away); those named and in force
    stay as they are. Raises NotAllowed, NotVisible, InvalidInput for an unknown brand or product.
    """
    require(can_set_buying_rights(actor))
    with explained(), transaction.atomic():
        lock_row(Distributor.objects.visible_to(actor), distributor_id)
        rights = BuyingRight.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
        rights = rights.filter(distributor_id=distributor_id)
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
