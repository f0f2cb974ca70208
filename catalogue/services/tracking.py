"""Whether a product is stocked by lot, and whether its pieces have serial numbers."""

from catalogue.enums import CatalogueEvent
from catalogue.models import Product
from catalogue.permissions import can_change_catalogue
from core import events
from core.actors import Actor
from core.locks import lock_row
from core.permissions import require


def write_tracking(*, product_id: int, tracks_lots: bool, tracks_serials: bool, actor: Actor) -> Product:
    """Write the two switches, with an event of what changed. Before: inside the transaction of `inventory.services.tracking`.

    That brings the stock along. Raises NotAllowed, NotVisible.
    """
    require(can_change_catalogue(actor))
    product: Product = lock_row(Product.objects.visible_to(actor), product_id)
    after = {"tracks_lots": tracks_lots, "tracks_serials": tracks_serials}
    before = {name: getattr(product, name) for name in after}
    changes = {name: [str(before[name]), str(value)] for name, value in after.items() if before[name] != value}
    if changes:
        product.tracks_lots, product.tracks_serials = tracks_lots, tracks_serials
        product.save(update_fields=["tracks_lots", "tracks_serials"])
        events.record_event(
            kind=CatalogueEvent.PRODUCT_CHANGED,
            subject_type="product",
            subject_id=product.pk,
            actor_id=actor.pk,
            data={"code": product.code, "changes": changes},
        )
    return product
