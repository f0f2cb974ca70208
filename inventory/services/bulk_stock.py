"""What lies in the brand owner's warehouses, thousands of rows in one call, each with its own result."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from catalogue.models import Product
from catalogue.selectors import find_products_by_code
from core.actors import Actor
from core.codes import ids_by_code
from core.constraints import explained
from core.importing import Counts, Stage, entities
from core.importing.bulk import Batch, RowOutcome, SentRow
from core.permissions import require
from inventory.models import Warehouse
from inventory.permissions import can_move_stock
from inventory.services.write_stock import write_stock


def save_stock_rows(*, rows: Sequence[SentRow], actor: Actor, all_or_nothing: bool = False) -> list[RowOutcome]:
    """Set what lies in warehouses to what the ERP counts; each difference is a move with who sent it.

    Idempotent by warehouse and product. Raises NotAllowed, and InvalidInput for all wrong rows where all or nothing is
    wanted.
    """
    require(can_move_stock(actor))

    def write(stage: Stage) -> dict[str, Counts]:
        return dict(write_stock(replace(stage, actor_id=actor.pk)))

    with explained(), transaction.atomic():
        batch = Batch(entity=entities()["stock"], sent=rows, all_or_nothing=all_or_nothing)
        resolve_places(batch, actor)
        batch.write(write)
    return batch.outcomes()


def resolve_places(batch: Batch, actor: Actor) -> None:
    """The brand owner's warehouses and the products that rows name, by what the actor sees."""
    warehouses = Warehouse.objects.visible_to(actor).of_brand_owner()
    batch.resolve("warehouse", ids_by_code(warehouses, batch.asked("warehouse")))
    meant = find_products_by_code(batch.asked("product"), distributor_id=None)
    seen = set(Product.objects.visible_to(actor).filter(pk__in=meant.values()).values_list("pk", flat=True))
    batch.resolve("product", {code: pk for code, pk in meant.items() if pk in seen})
