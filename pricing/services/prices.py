"""Prices of a list: a new price ends the one before."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.models import Product, ProductUnit
from catalogue.services.units import stage_units
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, NotVisible, Problem
from core.frozen import counted_sql
from core.importing import Counts, Entity, Stage, fields_of
from core.importing.staging import refuse_where
from core.importing.upsert import upsert
from core.locks import lock_row
from core.permissions import require
from pricing.enums import PricingEvent
from pricing.models import Price, PriceList
from pricing.permissions import can_change_prices

MAX_DIGITS = Decimal("0.0001")


def create_price_list(
    *, code: str, name: str, currency: str, actor: Actor, name_zh: str = "", distributor_id: int | None = None
) -> PriceList:
    """Make an empty price list of the company, for one distributor or for all.

    Records one event. Raises NotAllowed, NotVisible, InvalidInput, Conflict (the code is taken).
    """
    require(can_change_prices(actor))
    with explained(), transaction.atomic():
        if distributor_id is not None and not Distributor.objects.visible_to(actor).filter(pk=distributor_id).exists():
            raise NotVisible
        made = PriceList.objects.create(
            code=code, name=name, currency=currency, distributor_id=distributor_id, name_zh=name_zh
        )
        events.record_event(
            kind=PricingEvent.LIST_CREATED,
            subject_type="price_list",
            subject_id=made.pk,
            distributor_id=distributor_id,
            actor_id=actor.pk,
            data={"code": code, "currency": currency},
        )
    return made


def set_price(
    *,
    price_list_id: int,
    product_id: int,
    amount: Decimal,
    starts_on: date,
    actor: Actor,
    from_quantity: int = 1,
    ends_on: date | None = None,
    unit: str = "",
) -> Price:
    """Give a product a price in a list from a day on; the price in force that day ends the day before.

    `amount` is for one piece, or for one of `unit`, in the list's currency, with up to four decimals. A price that starts
    on the very day is written over. Raises NotVisible, NotAllowed, InvalidInput at `amount`, `from_quantity`, `product`,
    `unit` or `ends_on`, and Conflict where a later price starts before this one ends.
    """
    require(can_change_prices(actor))
    _check(amount, from_quantity, starts_on, ends_on, product_id)
    with explained(), transaction.atomic():
        lock_row(PriceList.objects.visible_to(actor), price_list_id)
        unit_id = _unit_of(product_id, unit)
        of_product = Price.objects.filter(price_list_id=price_list_id, product_id=product_id, unit=unit_id)
        step = of_product.filter(from_quantity=from_quantity)
        later = step.filter(starts_on__gt=starts_on).order_by("starts_on").first()
        if later is not None and ends_on is None:
            ends_on = later.starts_on - timedelta(days=1)
        before = step.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), starts_on__lte=starts_on).first()
        old = before.amount if before else None
        if before is not None and before.starts_on < starts_on:
            before.ends_on = starts_on - timedelta(days=1)
            before.save(update_fields=["ends_on"])
        price, _made = Price.objects.update_or_create(
            price_list_id=price_list_id,
            product_id=product_id,
            unit_id=unit_id,
            from_quantity=from_quantity,
            starts_on=starts_on,
            defaults={"amount": amount, "ends_on": ends_on},
        )
        _record(price, old, actor)
    return price


def _unit_of(product_id: int, code: str) -> int | None:
    """The unit of this code; nobody for the piece."""
    code = code.strip().lower()
    piece = Product.objects.filter(pk=product_id).values_list("unit", flat=True).first() or ""
    if code in ("", piece.strip().lower()):
        return None
    found = ProductUnit.objects.filter(product_id=product_id, code=code).values_list("pk", flat=True).first()
    if found is None:
        raise InvalidInput(_("The product has no such unit."), code="unknown_unit", field="unit")
    return int(found)


def end_price(*, price_id: int, ends_on: date, actor: Actor) -> Price:
    """End a price on a day (included).

    Raises NotVisible, NotAllowed, InvalidInput at `ends_on`, Conflict on an overlap.
    """
    require(can_change_prices(actor))
    with explained(), transaction.atomic():
        known = Price.objects.visible_to(actor).filter(pk=price_id).values_list("price_list_id", flat=True)
        lock_row(PriceList.objects.visible_to(actor), next(iter(known), 0))
        price: Price = lock_row(Price.objects.visible_to(actor), price_id)
        if ends_on < price.starts_on:
            raise InvalidInput(_("The end date must not be before the start date."), code="dates", field="ends_on")
        price.ends_on = ends_on
        price.save(update_fields=["ends_on"])
        _record(price, price.amount, actor)
    return price


def _check(amount: Decimal, from_quantity: int, starts_on: date, ends_on: date | None, product_id: int) -> None:
    problems = []
    if amount < 0:
        problems.append(Problem(message=_("An amount cannot be below zero."), code="min_value", field="amount"))
    elif amount != amount.quantize(MAX_DIGITS):
        problems.append(Problem(message=_("Enter at most four decimals."), code="decimals", field="amount"))
    if from_quantity < 1:
        problems.append(Problem(message=_("Enter a quantity above zero."), code="min_value", field="from_quantity"))
    if ends_on is not None and ends_on < starts_on:
        problems.append(
            Problem(message=_("The end date must not be before the start date."), code="dates", field="ends_on")
        )
    if not Product.objects.filter(pk=product_id).exists():
        problems.append(Problem(message=_("Unknown product."), code="unknown", field="product"))
    if problems:
        raise InvalidInput(problems=problems)


def _record(price: Price, before: Decimal | None, actor: Actor) -> None:
    events.record_event(
        kind=PricingEvent.PRICE_CHANGED,
        subject_type="price_list",
        subject_id=price.price_list_id,
        extra_subjects=[events.ExtraSubject("product", price.product_id, "product")],
        actor_id=actor.pk,
        data={
            "product_id": price.product_id,
            "unit": price.unit.code if price.unit else "",
            "from_quantity": price.from_quantity,
            "before": None if before is None else str(before),
            "after": str(price.amount),
            "starts_on": price.starts_on.isoformat(),
            "ends_on": price.ends_on.isoformat() if price.ends_on else None,
        },
    )


def write_price_lists(stage: Stage) -> Mapping[str, Counts]:
    """Price lists by their code. The currency of one that has prices stays."""
    refuse_where(
        f"{stage.relation} AS s JOIN pricing_pricelist AS t ON t.code = s.code",
        (
            f"s.currency <> t.currency AND {counted_sql(PriceList, 't')}",
            "currency",
            str(_("The currency stays: figures are kept in it.")),
        ),
    )
    return {"price_list": upsert(stage)}


def write_prices(stage: Stage) -> Mapping[str, Counts]:
    """Prices by list, product, unit, step and first day."""
    stage_units(stage.relation)
    return {"price": upsert(replace(stage, entity=by_unit(stage.entity)))}


def by_unit(entity: Entity) -> Entity:
    """The entity as its table has it: with the unit as a reference."""
    (unit,) = fields_of(Price, {"unit": "Unit"})
    return replace(entity, fields=tuple(unit if entry.name == "unit" else entry for entry in entity.fields))
