"""Further codes of a product: the barcode of a unit, and what a distributor calls it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.enums import ENTERED_KINDS, CatalogueEvent, CodeKind
from catalogue.models import Product, ProductCode
from catalogue.permissions import can_change_product_code
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, NotVisible
from core.locks import lock_row
from core.permissions import require


def add_product_code(*, product_id: int, kind: str, code: str, distributor_id: int | None, actor: Actor) -> ProductCode:
    """Add the barcode of a unit, or a distributor's own code; writes one event.

    Raises NotAllowed, NotVisible, InvalidInput at `kind`, `code` or `distributor`, Conflict where the code (in any
    spelling) is used already: a shared one by any product, an own one by another product of the distributor.
    """
    require(can_change_product_code(actor, kind=kind, distributor_id=distributor_id))
    if kind not in ENTERED_KINDS:
        raise InvalidInput(_("Enter this code with the product."), code="not_entered", field="kind")
    if distributor_id is not None and not Distributor.objects.visible_to(actor).filter(pk=distributor_id).exists():
        raise NotVisible
    with explained(), transaction.atomic():
        product: Product = lock_row(Product.objects.visible_to(actor), product_id)
        added = ProductCode.objects.create(product=product, kind=kind, code=code.strip(), distributor_id=distributor_id)
        _record(CatalogueEvent.CODE_ADDED, added, actor)
    return added


def remove_product_code(*, code_id: int, actor: Actor) -> None:
    """Take a further code away; writes one event. Raises NotAllowed, NotVisible, InvalidInput for a kept kind."""
    with explained(), transaction.atomic():
        known = ProductCode.objects.visible_to(actor).filter(pk=code_id).values_list("product_id", flat=True)
        lock_row(Product.objects.visible_to(actor), next(iter(known), 0))
        removed: ProductCode = lock_row(ProductCode.objects.visible_to(actor), code_id)
        require(can_change_product_code(actor, kind=removed.kind, distributor_id=removed.distributor_id))
        if removed.kind not in ENTERED_KINDS:
            raise InvalidInput(_("Change this code with the product."), code="not_entered", field="kind")
        _record(CatalogueEvent.CODE_REMOVED, removed, actor)
        removed.delete()


def _record(kind: CatalogueEvent, code: ProductCode, actor: Actor) -> None:
    data: dict[str, Any] = {"kind": CodeKind(code.kind).value, "code": code.code}
    events.record_event(
        kind=kind,
        subject_type="product",
        subject_id=code.product_id,
        distributor_id=code.distributor_id,
        actor_id=actor.pk,
        data=data,
    )
