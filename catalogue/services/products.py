"""Products: created and changed one by one, or many at once, and their codes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.enums import CatalogueEvent, ProductStatus
from catalogue.gtin import gtin_sql, is_gtin, looks_like_gtin
from catalogue.models import Product
from catalogue.permissions import can_change_catalogue
from catalogue.services.units import wrong_gtin
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, Problem
from core.frozen import counted_sql, require_uncounted
from core.importing import Counts, Stage
from core.importing.spellings import refuse_doubles
from core.importing.staging import refuse_where, run
from core.importing.upsert import upsert
from core.locks import lock_row
from core.permissions import require
from core.pinyin import add_initials, pinyin_initials

WITHOUT_QUANTITIES = ("catalogue.ProductCode",)
"""Tables about a product that hold no figures in its unit."""


@dataclass(frozen=True, kw_only=True)
class ProductInput:
    """All facts of a product. Quantities are pieces; `unit_cost` is in the company's currency."""

    code: str
    name: str
    brand_id: int
    category_id: int
    name_zh: str = ""
    barcode: str | None = None
    status: str = ProductStatus.ACTIVE
    unit: str = "pcs"
    pack_size: int = 1
    minimum_quantity: int = 1
    order_multiple: int = 1
    successor_id: int | None = None
    last_order_on: date | None = None
    shelf_life_days: int | None = None
    weight: Decimal | None = None
    volume: Decimal | None = None
    unit_cost: Decimal = Decimal(0)
    description: str = ""
    description_zh: str = ""


def product_input_of(product: Product) -> ProductInput:
    """The facts as they are, to change some of them with `dataclasses.replace`."""
    return ProductInput(**{name: getattr(product, name) for name in ProductInput.__dataclass_fields__})


def save_product(*, product_id: int | None, values: ProductInput, actor: Actor) -> Product:
    """Make a product (`product_id` None) or change one. Writes its search key and an event with what changed.

    Raises NotAllowed, NotVisible, InvalidInput beside the field, Conflict where code or barcode is taken.
    """
    require(can_change_catalogue(actor))
    _check(values)
    with explained(), transaction.atomic():
        product = Product() if product_id is None else lock_row(Product.objects.visible_to(actor), product_id)
        before = product_input_of(product) if product_id else None
        if before is not None and before.unit != values.unit:
            require_uncounted(product, "unit", without=WITHOUT_QUANTITIES)
        for name, value in asdict(values).items():
            setattr(product, name, value)
        product.barcode = values.barcode or None
        product.pinyin = pinyin_initials(values.name_zh or values.name)
        product.save()
        events.record_event(
            kind=CatalogueEvent.PRODUCT_CHANGED,
            subject_type="product",
            subject_id=product.pk,
            actor_id=actor.pk,
            data={"code": product.code, "changes": _changes(before, values)},
        )
    return product


def _check(values: ProductInput) -> None:
    problems = [
        Problem(message=_("Enter a whole number above zero."), code="min_value", field=name)
        for name in ("pack_size", "minimum_quantity", "order_multiple")
        if getattr(values, name) < 1
    ]
    if values.minimum_quantity % max(values.order_multiple, 1):
        problems.append(
            Problem(
                message=_("The minimum must be a multiple of the order multiple."),
                code="not_a_multiple",
                field="minimum_quantity",
            )
        )
    problems += [
        Problem(message=_("Enter a number above zero."), code="min_value", field=name)
        for name in ("weight", "volume", "shelf_life_days")
        if (getattr(values, name) or 1) <= 0
    ]
    barcode = (values.barcode or "").strip()
    if looks_like_gtin(barcode) and not is_gtin(barcode):
        problems.append(Problem(message=wrong_gtin(), code="wrong_gtin", field="barcode"))
    if values.unit_cost < 0:
        problems.append(Problem(message=_("An amount cannot be below zero."), code="min_value", field="unit_cost"))
    if problems:
        raise InvalidInput(problems=problems)


def _changes(before: ProductInput | None, after: ProductInput) -> dict[str, Any]:
    if before is None:
        return {}
    old, new = asdict(before), asdict(after)
    return {name: [str(old[name]), str(new[name])] for name in old if old[name] != new[name]}


def write_products(stage: Stage) -> Mapping[str, Counts]:
    """Products by their code, found by the initials of their names like those that are entered here.

    Their code and barcode are added to the codes of products by the table's triggers.
    """
    counted = counted_sql(Product, "t", without=WITHOUT_QUANTITIES)
    refuse_where(
        f"{stage.relation} AS s JOIN catalogue_product AS t ON t.code = s.code",
        (f"s.unit <> t.unit AND {counted}", "unit", _("The unit stays: quantities are kept in it.")),
    )
    refuse_where(
        f"{stage.relation} AS s",
        (
            f"s.barcode ~ '^([0-9]{{8}}|[0-9]{{12,14}})$' AND NOT {gtin_sql('s.barcode')}",
            "barcode",
            wrong_gtin(),
        ),
        (
            "s.minimum_quantity % greatest(s.order_multiple, 1) <> 0",
            "minimum_quantity",
            _("The minimum must be a multiple of the order multiple."),
        ),
        (
            f"s.successor_id NOT IN (SELECT code FROM catalogue_product UNION ALL SELECT code FROM {stage.relation})",
            "successor",
            _("Unknown product."),
        ),
    )
    add_initials(stage)
    counts = upsert(stage)
    run(
        f"UPDATE catalogue_product AS t SET pinyin = s.pinyin FROM {stage.relation} AS s "
        "WHERE t.code = s.code AND t.pinyin <> s.pinyin"
    )
    return {"product": counts}


def write_product_codes(stage: Stage) -> Mapping[str, Counts]:
    """Further barcodes and distributors' own codes, by the code in any spelling and whose it is."""
    refuse_doubles(stage, "code", "coalesce(distributor_id, 0)")
    run(
        f"UPDATE {stage.relation} AS s SET code = known.code FROM catalogue_productcode AS known "
        "WHERE known.normal = core_normal_code(s.code) AND known.distributor_id IS NOT DISTINCT FROM s.distributor_id "
        "AND known.kind = s.kind AND known.code <> s.code"
    )
    if stage.is_mapped("unit"):
        _name_units(stage)
    return {"product_code": upsert(stage)}


def _name_units(stage: Stage) -> None:
    """Have each code stand for the unit that its row names; one that names none, or the piece, for the piece."""
    of_product = f"{stage.relation} AS s JOIN catalogue_product AS product ON product.id = s.product_id"
    names = "lower(btrim(s.unit)) NOT IN ('', lower(product.unit))"
    unit = (
        "(SELECT unit.id FROM catalogue_productunit AS unit "
        "WHERE unit.product_id = s.product_id AND unit.code = lower(btrim(s.unit)))"
    )
    refuse_where(of_product, (f"{names} AND {unit} IS NULL", "unit", _("The product has no such unit.")))
    stage.copied["unit_id"] = unit
