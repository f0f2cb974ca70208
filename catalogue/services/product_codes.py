"""Further codes of a product: another barcode of it, and what a distributor calls it or one of its units."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.enums import ENTERED_KINDS, CatalogueEvent, CodeKind
from catalogue.models import Product, ProductCode, ProductUnit
from catalogue.permissions import can_change_product_code
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, NotVisible
from core.locks import lock_row
from core.permissions import require


def add_product_code(
    *,
    product_id: int,
    kind: str,
    code: str,
    distributor_id: int | None,
    actor: Actor,
    unit: str = "",
) -> ProductCode:
    """Add another barcode, or a distributor's own code of the product or of its unit of that name; writes one event.

    Raises NotAllowed, NotVisible, InvalidInput at `kind`, `code`, `unit` or `distributor`, Conflict where the code (in any
    spelling) is used already: a shared one by any product, an own one by another product of the distributor.
    """
    require(can_change_product_code(actor, kind=kind, distributor_id=distributor_id))
    if kind not in ENTERED_KINDS:
        raise InvalidInput(_("Enter this code with the product."), code="not_entered", field="kind")
    _require_visible(distributor_id, actor)
    with explained(), transaction.atomic():
        product: Product = lock_row(Product.objects.visible_to(actor), product_id)
        added = ProductCode.objects.create(
            product=product, unit=_unit(product, unit), kind=kind, code=code.strip(), distributor_id=distributor_id
        )
        _record(CatalogueEvent.CODE_ADDED, added, actor)
    return added


def change_distributor_code(*, code_id: int, product_id: int, code: str, unit: str, actor: Actor) -> ProductCode:
    """Write a distributor's own code otherwise, or have it mean another product or unit; writes one event.

    Raises NotAllowed, NotVisible, InvalidInput at `unit`, Conflict where the distributor has the code already.
    """
    with explained(), transaction.atomic():
        own = ProductCode.objects.visible_to(actor).filter(kind=CodeKind.OWN)
        known = own.filter(pk=code_id).values_list("product_id", flat=True)
        products = {pk: lock_row(Product.objects.visible_to(actor), pk) for pk in sorted({*known, product_id})}
        changed: ProductCode = lock_row(own, code_id)
        require(can_change_product_code(actor, kind=changed.kind, distributor_id=changed.distributor_id))
        _require_visible(changed.distributor_id, actor)
        changed.product, changed.code = products[product_id], code.strip()
        changed.unit = _unit(products[product_id], unit)
        changed.save()
        changed.refresh_from_db(fields=["normal"])
        _record(CatalogueEvent.CODE_CHANGED, changed, actor)
    return changed


def _require_visible(distributor_id: int | None, actor: Actor) -> None:
    if distributor_id is not None and not Distributor.objects.visible_to(actor).filter(pk=distributor_id).exists():
        raise NotVisible


def _unit(product: Product, code: str) -> ProductUnit | None:
    """The unit of this name; nobody for the piece."""
    code = code.strip().lower()
    if code in ("", product.unit.strip().lower()):
        return None
    unit: ProductUnit | None = ProductUnit.objects.filter(product=product, code=code).first()
    if unit is None:
        raise InvalidInput(_("The product has no such unit."), code="unknown_unit", field="unit")
    return unit


def remove_product_code(*, code_id: int, actor: Actor) -> None:
    """Take a further code away; writes one event. Raises NotAllowed, NotVisible, InvalidInput for a kept kind."""
    with explained(), transaction.atomic():
        known = ProductCode.objects.visible_to(actor).filter(pk=code_id).values_list("product_id", flat=True)
        lock_row(Product.objects.visible_to(actor), next(iter(known), 0))
        removed: ProductCode = lock_row(ProductCode.objects.visible_to(actor), code_id)
        require(can_change_product_code(actor, kind=removed.kind, distributor_id=removed.distributor_id))
        _require_visible(removed.distributor_id, actor)
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
