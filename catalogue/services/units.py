"""Units of a product: of several pieces each, with a barcode of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.enums import CatalogueEvent
from catalogue.gtin import gtin_sql, is_gtin
from catalogue.models import Product, ProductUnit
from catalogue.models.unit import MOST_PIECES
from catalogue.permissions import can_change_catalogue
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, Problem
from core.frozen import counted_sql, require_uncounted
from core.importing import Counts, Stage
from core.importing.staging import refuse_where, run
from core.importing.upsert import upsert
from core.locks import lock_row
from core.permissions import require

WITHOUT_QUANTITIES = ("catalogue.ProductCode",)
"""Tables about a unit that hold no figures in it."""


@dataclass(frozen=True, kw_only=True)
class UnitInput:
    """A unit. Weight is in kilograms, volume in cubic metres, of one of it."""

    code: str
    pieces: int
    barcode: str | None = None
    is_default: bool = False
    weight: Decimal | None = None
    volume: Decimal | None = None


def save_unit(*, product_id: int, values: UnitInput, actor: Actor, unit_id: int | None = None) -> ProductUnit:
    """Make a unit of a product, or change the one of this name (or `unit_id`). Writes one event with what changed.

    The pieces stay while prices are kept in it; as the usual unit it takes the place of the one before. Raises
    NotAllowed, NotVisible, InvalidInput beside the field, Conflict where name or barcode is taken.
    """
    require(can_change_catalogue(actor))
    values = _tidy(values)
    with explained(), transaction.atomic():
        product: Product = lock_row(Product.objects.visible_to(actor), product_id)
        problems = list(_problems(values, product))
        if problems:
            raise InvalidInput(problems=problems)
        units = ProductUnit.objects.filter(product=product)
        unit = units.get(pk=unit_id) if unit_id else units.filter(code=values.code).first()
        before = _values_of(unit) if unit else {}
        if unit is not None and unit.pieces != values.pieces:
            require_uncounted(unit, "pieces", without=WITHOUT_QUANTITIES)
        if values.is_default:
            units.exclude(pk=unit.pk if unit else None).filter(is_default=True).update(is_default=False)
        unit = unit or ProductUnit(product=product)
        for name, value in asdict(values).items():
            setattr(unit, name, value)
        unit.save()
        _record(product, unit.code, before, _values_of(unit), actor)
    return unit


def remove_unit(*, unit_id: int, actor: Actor) -> None:
    """Take a unit away; writes one event. Raises NotAllowed, NotVisible, Conflict where prices are kept in it."""
    require(can_change_catalogue(actor))
    with explained(), transaction.atomic():
        known = ProductUnit.objects.visible_to(actor).filter(pk=unit_id).values_list("product_id", flat=True)
        product: Product = lock_row(Product.objects.visible_to(actor), next(iter(known), 0))
        unit: ProductUnit = lock_row(ProductUnit.objects.visible_to(actor), unit_id)
        require_uncounted(unit, "code", without=WITHOUT_QUANTITIES)
        _record(product, unit.code, _values_of(unit), {}, actor)
        unit.delete()


def write_units(stage: Stage) -> Mapping[str, Counts]:
    """Units by product and name. One that is the usual unit takes the place of the one before."""
    relation = stage.relation
    plain = "nullif(regexp_replace(barcode, '[[:space:]-]', '', 'g'), '')"
    run(f"UPDATE {relation} SET code = lower(btrim(code)), barcode = {plain}")  # noqa: S608 - the staging relation
    known = f"{relation} AS s JOIN catalogue_product AS product ON product.id = s.product_id"
    counted = counted_sql(ProductUnit, "t", without=WITHOUT_QUANTITIES)
    refuse_where(
        f"{known} LEFT JOIN catalogue_productunit AS t ON t.product_id = s.product_id AND t.code = s.code",
        ("s.code = lower(product.unit)", "code", _("The product itself is counted in this unit.")),
        (f"s.barcode IS NOT NULL AND NOT {gtin_sql('s.barcode')}", "barcode", wrong_gtin()),
        (
            f"t.id IS NOT NULL AND s.pieces <> t.pieces AND {counted}",
            "pieces",
            _("The pieces stay: prices are kept in this unit."),
        ),
    )
    if stage.is_mapped("is_default"):
        other = "t.product_id = s.product_id AND s.is_default AND t.is_default AND t.code <> s.code"
        run(f"UPDATE catalogue_productunit AS t SET is_default = FALSE FROM {relation} AS s WHERE {other}")  # noqa: S608 - put together from constants, values are bound
    return {"product_unit": upsert(stage)}


def stage_units(relation: str) -> None:
    """Find the units that staged rows name by `unit` (empty for the piece) of their `product_id`.

    Adds the columns unit_id and pieces (of one unit, one for the piece). Raises RowsRefused at `unit`.
    """
    same = "unit.product_id = s.product_id AND unit.code = lower(btrim(s.unit))"
    run(f"ALTER TABLE {relation} ADD COLUMN unit_id bigint, ADD COLUMN pieces integer NOT NULL DEFAULT 1")
    named = f"catalogue_productunit AS unit WHERE {same}"
    run(f"UPDATE {relation} AS s SET unit_id = unit.id, pieces = unit.pieces FROM {named}")  # noqa: S608 - put together from constants, values are bound
    refuse_where(
        f"{relation} AS s JOIN catalogue_product AS product ON product.id = s.product_id",
        (
            "s.unit_id IS NULL AND lower(btrim(s.unit)) NOT IN ('', lower(product.unit))",
            "unit",
            _("The product has no such unit."),
        ),
    )


def _tidy(values: UnitInput) -> UnitInput:
    tidied = asdict(values)
    tidied["code"] = values.code.strip().lower()
    tidied["barcode"] = "".join((values.barcode or "").split()).replace("-", "") or None
    return UnitInput(**tidied)


def _problems(values: UnitInput, product: Product) -> Iterator[Problem]:
    if not 1 < values.pieces <= MOST_PIECES:
        message = _("A unit has between two and a million pieces.")
        yield Problem(message=message, code="out_of_range", field="pieces")
    if not values.code.isalnum():
        message = _("A unit is one word of letters and digits.")
        yield Problem(message=message, code="not_a_word", field="code")
    if values.code == product.unit.strip().lower():
        message = _("The product itself is counted in this unit.")
        yield Problem(message=message, code="is_the_piece", field="code")
    if values.barcode and not is_gtin(values.barcode):
        yield Problem(message=wrong_gtin(), code="wrong_gtin", field="barcode")
    for name in ("weight", "volume"):
        if (getattr(values, name) or 1) <= 0:
            yield Problem(message=_("Enter a number above zero."), code="min_value", field=name)


def wrong_gtin() -> str:
    return _("This is no GTIN: it has 8, 12, 13 or 14 digits, and the last one checks the others.")


def _values_of(unit: ProductUnit) -> dict[str, str]:
    return {name: str(getattr(unit, name)) for name in UnitInput.__dataclass_fields__}


def _record(product: Product, code: str, before: Mapping[str, str], after: Mapping[str, str], actor: Actor) -> None:
    names = before.keys() | after.keys()
    changes = {name: [before.get(name, ""), after.get(name, "")] for name in sorted(names)}
    events.record_event(
        kind=CatalogueEvent.UNITS_CHANGED,
        subject_type="product",
        subject_id=product.pk,
        actor_id=actor.pk,
        data={
            "code": product.code,
            "unit": code,
            "changes": {name: pair for name, pair in changes.items() if pair[0] != pair[1]},
        },
    )
