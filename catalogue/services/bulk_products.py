"""Thousands of products in one call, each with its own result."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from catalogue.enums import CatalogueEvent
from catalogue.models import Brand, Category, Product
from catalogue.permissions import can_change_catalogue
from catalogue.selectors import find_by_shared_code, kept_spellings
from catalogue.services.products import write_products
from core.actors import Actor
from core.codes import ids_by_code
from core.constraints import explained
from core.events import EventInput, record_events
from core.importing import entities
from core.importing.bulk import Batch, RowChange, RowOutcome, SentRow
from core.permissions import require


def save_products(*, rows: Sequence[SentRow], actor: Actor, all_or_nothing: bool = False) -> list[RowOutcome]:
    """Make or change many products by their code, in any spelling; what a row does not name stays as it is.

    The fields are those of the import; brand, category and successor are named by code. Idempotent: the same rows again
    answer unchanged. Writes an event a product that was written. Raises NotAllowed, and InvalidInput for all wrong rows
    where all or nothing is wanted.
    """
    require(can_change_catalogue(actor))
    with explained(), transaction.atomic():
        batch = Batch(entity=entities()["product"], sent=rows, all_or_nothing=all_or_nothing)
        _resolve(batch, actor)
        record_events([_event(change) for change in batch.write(write_products)], actor_id=actor.pk)
    return batch.outcomes()


def _resolve(batch: Batch, actor: Actor) -> None:
    """Codes as they are kept here, under the lock of the products that are known already."""
    for name, model in (("brand", Brand), ("category", Category)):
        batch.resolve(name, ids_by_code(model.objects.visible_to(actor), batch.asked(name)))
    codes = batch.asked("code")
    kept = kept_spellings(codes)
    batch.resolve("code", {code: kept.get(code, code) for code in codes})
    meant = find_by_shared_code(batch.asked("successor"))
    visible = Product.objects.visible_to(actor)
    known = visible.filter(Q(pk__in=meant.values()) | Q(code__in=kept.values())).order_by("pk").select_for_update()
    by_id = dict(known.values_list("pk", "code"))
    successors = {code: code for code in codes} | {code: by_id[pk] for code, pk in meant.items() if pk in by_id}
    batch.resolve("successor", successors)


def _event(change: RowChange) -> EventInput:
    return EventInput(
        kind=CatalogueEvent.PRODUCT_CHANGED,
        subject_type="product",
        subject_id=change.pk,
        data={"code": change.after["code"], "changes": change.differences()},
    )
