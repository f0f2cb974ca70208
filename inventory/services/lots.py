"""Lots as whoever brings goods in names them, and as they are corrected."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from catalogue.models import Product
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, NotVisible, Problem
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from inventory.enums import InventoryEvent
from inventory.models import Lot
from inventory.permissions import can_move_stock
from inventory.services.lot_sql import ADD_LOTS, LOCK_GIVEN, LOCK_KNOWN, LOCK_LOTS

LONGEST_CODE = 64


@dataclass(frozen=True, kw_only=True)
class GivenLot:
    """A lot as somebody wrote it. Of production date and expiry date one is enough where the product has a shelf life."""

    code: str
    produced_on: date | None = None
    expires_on: date | None = None


def name_lots(given: Sequence[tuple[int, GivenLot | None]], *, field: str = "lines.{}.lot") -> list[int | None]:
    """The lots that are meant, by product, in the same order; those that are new are made. None stays None.

    Before: inside a transaction that has locked no stock yet; the lots are locked against being frozen meanwhile. Three
    statements, none where no lot is named. Raises InvalidInput at `field` with the index: an unknown product or one that is
    not stocked by lot, or other dates than the lot has.
    """
    named = [(index, product, lot) for index, (product, lot) in enumerate(given) if lot is not None]
    found: list[int | None] = [None] * len(given)
    if not named:
        return found
    products = Product.objects.in_bulk({product for _index, product, _lot in named})
    _refuse_wrong(named, products, field)
    dated = [(index, product, lot.code.strip(), *_dates(lot, products[product])) for index, product, lot in named]
    with connection.cursor() as cursor:
        columns: dict[str, Any] = {
            "products": [row[1] for row in dated],
            "codes": [row[2] for row in dated],
            "produced": [row[3] for row in dated],
            "expires": [row[4] for row in dated],
        }
        cursor.execute(ADD_LOTS, columns)
        cursor.execute(LOCK_GIVEN, columns)
        rows = {nth - 1: row for nth, *row in cursor.fetchall()}
    problems = []
    for number, (index, _product, code, produced_on, expires_on) in enumerate(dated):
        pk, known_produced, known_expires = rows[number]
        found[index] = pk
        if (produced_on or known_produced, expires_on or known_expires) != (known_produced, known_expires):
            message = _("Lot %(code)s is known with other dates. Correct the lot first.") % {"code": code}
            problems.append(Problem(message=message, code="other_dates", field=field.format(index)))
    if problems:
        raise InvalidInput(problems=problems)
    return found


def known_lots(given: Sequence[tuple[int, str]]) -> list[int | None]:
    """The lots that are read off goods, by product, in the same order; None where there is no such lot. One statement.

    Before: as `name_lots`, which makes those that are new. Nothing is asked where no lot is named.
    """
    found: list[int | None] = [None] * len(given)
    if any(code.strip() for _product, code in given):
        products, codes = [product for product, _code in given], [code.strip() for _product, code in given]
        with connection.cursor() as cursor:
            cursor.execute(LOCK_KNOWN, {"products": products, "codes": codes})
            for nth, lot in cursor.fetchall():
                found[nth - 1] = lot
    return found


def _refuse_wrong(named: Sequence[tuple[int, int, GivenLot]], products: dict[int, Product], field: str) -> None:
    problems = []
    for index, product_id, lot in named:
        product = products.get(product_id)
        message = ""
        if product is None or not product.tracks_lots:
            message = _("This product is not stocked by lot.")
        elif not 1 <= len(lot.code.strip()) <= LONGEST_CODE:
            message = _("Enter the lot's code.")
        elif lot.produced_on and lot.expires_on and lot.expires_on < lot.produced_on:
            message = _("A lot cannot expire before it was produced.")
        if message:
            problems.append(Problem(message=message, code="wrong_lot", field=field.format(index)))
    if problems:
        raise InvalidInput(problems=problems)


def _dates(lot: GivenLot, product: Product) -> tuple[date | None, date | None]:
    """Both dates, the missing one from the product's shelf life where that is known."""
    produced_on, expires_on = lot.produced_on, lot.expires_on
    if product.shelf_life_days is not None:
        life = timedelta(days=product.shelf_life_days)
        if produced_on is not None and expires_on is None:
            expires_on = produced_on + life
        elif expires_on is not None and produced_on is None:
            produced_on = expires_on - life
    return produced_on, expires_on


def unnamed_lots(product_ids: Collection[int]) -> dict[int, int]:
    """The unnamed lot of each product by lot; made where it is missing. Two statements."""
    products = sorted(set(product_ids))
    empty = [None] * len(products)
    with connection.cursor() as cursor:
        cursor.execute(
            ADD_LOTS, {"products": products, "codes": [""] * len(products), "produced": empty, "expires": empty}
        )
    return dict(Lot.objects.filter(product_id__in=products, code="").values_list("product_id", "pk"))


def lock_lot(lot_id: int, actor: Actor, expected_version: int | None) -> Lot:
    """A lot that is to be frozen or released. Moves of it go on meanwhile, up to the lock of their stock."""
    rows = Lot.objects.visible_to(actor).select_for_update(of=("self",), no_key=True).select_related("product")
    lot: Lot | None = rows.filter(pk=lot_id).first()
    if lot is None:
        raise NotVisible
    check_version(lot, expected_version)
    return lot


def lock_lots(lot_ids: Collection[int]) -> None:
    """Lock lots against being frozen, before the stock."""
    if lot_ids:
        with connection.cursor() as cursor:
            cursor.execute(LOCK_LOTS, {"lots": sorted(lot_ids)})


def save_lot(
    *,
    lot: GivenLot,
    actor: Actor,
    now: datetime,
    product_id: int | None = None,
    lot_id: int | None = None,
    expected_version: int | None = None,
) -> Lot:
    """Add a lot to a product, or correct the code and dates of one. What is bound stays bound.

    Raises NotAllowed, NotVisible, StaleVersion, InvalidInput at `code`, `produced_on`, `expires_on`, Conflict where the
    product has a lot of this code.
    """
    require(can_move_stock(actor))
    with explained(), transaction.atomic():
        row = Lot(product_id=product_id or 0) if lot_id is None else lock_row(Lot.objects.visible_to(actor), lot_id)
        if lot_id is not None:
            check_version(row, expected_version)
        product = Product.objects.visible_to(actor).filter(pk=row.product_id, tracks_lots=True).first()
        if product is None:
            raise InvalidInput(_("This product is not stocked by lot."), code="not_by_lot", field="product")
        if not lot.code.strip() or (lot_id is not None and not row.code):
            raise InvalidInput(_("Enter the lot's code."), code="required", field="code")
        before = {"code": row.code, "produced_on": str(row.produced_on), "expires_on": str(row.expires_on)}
        row.code = lot.code.strip()
        row.produced_on, row.expires_on = _dates(lot, product)
        row.save()
        after = {"code": row.code, "produced_on": str(row.produced_on), "expires_on": str(row.expires_on)}
        record_event(
            kind=InventoryEvent.LOT_SAVED,
            subject_type="lot",
            subject_id=row.pk,
            actor_id=actor.pk,
            data={"lot": row.code, "product": product.code, "before": before, "after": after},
            at=now,
        )
    row.refresh_from_db()
    return row
