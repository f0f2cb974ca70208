"""Order templates and favourites of a distributor, kept by whoever may order for it."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.models import Product
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput
from core.events import record_event
from core.locks import lock_row
from orders.ordering.enums import OrderEvent
from orders.ordering.models import OrderTemplate, OrderTemplateLine
from orders.ordering.services.checking import require_orderer
from orders.ordering.services.quote import MAX_LINES


class TemplateLine(NamedTuple):
    """So many units of a product; an empty unit is the piece."""

    product_id: int
    unit: str
    units: int


def create_template(*, distributor_id: int, actor: Actor, name: str, lines: Sequence[TemplateLine]) -> OrderTemplate:
    """A template by a name that no other of the distributor has. Records one event.

    Raises NotVisible, NotAllowed, and InvalidInput: no name, a name in use, no line, a product that is not seen.
    """
    with explained(), transaction.atomic():
        require_orderer(actor=actor, distributor_id=distributor_id)
        template = OrderTemplate(distributor_id=distributor_id, name=_named(name))
        template.save(force_insert=True)
        _write_lines(template, lines, actor)
        _record(template, OrderEvent.TEMPLATE_SAVED, actor, lines=len(lines))
    return template


def change_template(*, template_id: int, actor: Actor, name: str, lines: Sequence[TemplateLine]) -> OrderTemplate:
    """Name and lines anew; favourites keep that they have no name. Records one event. Raises as `create_template`."""
    with explained(), transaction.atomic():
        template = _locked(template_id, actor)
        template.name = "" if template.is_favourites else _named(name)
        template.save(update_fields=["name"])
        _write_lines(template, lines, actor)
        _record(template, OrderEvent.TEMPLATE_SAVED, actor, lines=len(lines))
        template.refresh_from_db()
    return template


@transaction.atomic
def remove_template(*, template_id: int, actor: Actor) -> None:
    """Away with it; orders that came of it stay. Records one event. Raises NotVisible, NotAllowed."""
    template = _locked(template_id, actor)
    _record(template, OrderEvent.TEMPLATE_REMOVED, actor)
    template.delete()


@transaction.atomic
def switch_favourite(*, distributor_id: int, actor: Actor, product_id: int, unit: str = "", units: int = 1) -> bool:
    """Make a product a favourite of the distributor, or no longer; says whether it is one now. Records no event."""
    require_orderer(actor=actor, distributor_id=distributor_id)
    _require_products({product_id}, actor)
    template, _made = OrderTemplate.objects.get_or_create(distributor_id=distributor_id, name="")
    lock_row(OrderTemplate.objects.visible_to(actor), template.pk)
    removed, _tables = OrderTemplateLine.objects.filter(template=template, product_id=product_id).delete()
    if not removed:
        position = OrderTemplateLine.objects.filter(template=template).count() + 1
        OrderTemplateLine.objects.create(
            template=template, position=position, product_id=product_id, unit=unit, units=max(units, 1)
        )
    return not removed


def _named(name: str) -> str:
    if not name.strip():
        raise InvalidInput(_("Enter a name."), code="required", field="name")
    return name.strip()


def _locked(template_id: int, actor: Actor) -> OrderTemplate:
    template: OrderTemplate = lock_row(OrderTemplate.objects.visible_to(actor), template_id)
    require_orderer(actor=actor, distributor_id=template.distributor_id)
    return template


def _write_lines(template: OrderTemplate, lines: Sequence[TemplateLine], actor: Actor) -> None:
    once = {(line.product_id, line.unit): line for line in lines if line.units > 0}
    if not once or len(once) > MAX_LINES:
        message = _("A template has between 1 and %(most)d products.") % {"most": MAX_LINES}
        raise InvalidInput(message, code="lines", field="lines")
    _require_products({line.product_id for line in once.values()}, actor)
    OrderTemplateLine.objects.filter(template=template).delete()
    OrderTemplateLine.objects.bulk_create(
        OrderTemplateLine(template=template, position=position, **line._asdict())
        for position, line in enumerate(once.values(), 1)
    )


def _require_products(product_ids: Collection[int], actor: Actor) -> None:
    if Product.objects.visible_to(actor).filter(pk__in=product_ids).count() != len(product_ids):
        raise InvalidInput(_("Unknown product."), code="unknown_product", field="lines")


def _record(template: OrderTemplate, kind: OrderEvent, actor: Actor, **data: int) -> None:
    record_event(
        kind=kind,
        subject_type="distributor",
        subject_id=template.distributor_id,
        distributor_id=template.distributor_id,
        actor_id=actor.pk,
        data={"note": str(template), **data},
        publish=False,
    )
