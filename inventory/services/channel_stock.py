"""Stock at distributors: goods received, what was bought of late, and what the distributor itself reports."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Distributor
from catalogue.models import Product
from catalogue.selectors import CodeMeaning, find_by_code
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, NotVisible, Problem
from core.permissions import require
from inventory.enums import InventoryEvent, MoveKind
from inventory.models import Stock, Warehouse
from inventory.permissions import can_report_stock
from inventory.rules import MOST_PIECES
from inventory.services.move_sql import COUNT, RECEIVE, RECEIVE_MANY, SELL_IN


@dataclass(frozen=True, kw_only=True)
class SellIn:
    """Pieces of one product that a distributor bought in the last 91 days."""

    distributor_id: int
    product_id: int
    pieces: int


def receive_at_distributor(
    *,
    distributor_id: int,
    product_ids: Sequence[int],
    quantities: Sequence[int],
    reference: str,
    actor_id: int,
    at: datetime,
    lot_ids: Sequence[int | None] = (),
) -> None:
    """Put what a distributor received into its default warehouse, with one move a product. Two statements, one without it.

    Before: inside the transaction that receives the goods once, order and lines locked. A distributor whose stock is not
    kept here has no warehouse: nothing happens. Lines of no pieces are passed over.
    `lot_ids` are the lots of the lines; of a product by lot without one, the unnamed lot.
    """
    lots = lot_ids or [None] * len(product_ids)
    came = [row for row in zip(product_ids, quantities, lots, strict=True) if row[1] > 0]
    places = Warehouse.objects.filter(distributor_id=distributor_id, is_default=True, is_active=True)
    warehouse_id = places.select_for_update(no_key=True).values_list("pk", flat=True).first()
    if warehouse_id is None or not came:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            RECEIVE,
            {
                "warehouse": warehouse_id,
                "products": [product for product, _pieces, _lot in came],
                "quantities": [pieces for _product, pieces, _lot in came],
                "lots": [lot for _product, _pieces, lot in came],
                "kind": MoveKind.RECEIPT.value,
                "reference": reference,
                "note": "",
                "at": at,
                "actor": actor_id,
            },
        )


@dataclass(frozen=True, kw_only=True)
class ReceivedGoods:
    """Pieces of a product that came to a distributor, with the number of their document."""

    distributor_id: int
    product_id: int
    pieces: int
    reference: str
    lot_id: int | None = None


def receive_at_distributors(*, goods: Sequence[ReceivedGoods], actor_id: int | None, at: datetime) -> None:
    """Put what many distributors received into their default warehouses, one move a product and document. Two statements.

    Before: as `receive_at_distributor`. Distributors whose stock is not kept here are passed over.
    """
    ids = {one.distributor_id for one in goods}
    places = Warehouse.objects.filter(distributor__in=ids, is_default=True, is_active=True).order_by("pk")
    if not list(places.select_for_update(no_key=True).values_list("pk", flat=True)):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            RECEIVE_MANY,
            {
                "distributors": [one.distributor_id for one in goods],
                "products": [one.product_id for one in goods],
                "quantities": [one.pieces for one in goods],
                "references": [one.reference for one in goods],
                "lots": [one.lot_id for one in goods],
                "kind": MoveKind.RECEIPT.value,
                "at": at,
                "actor": actor_id,
            },
        )


def keep_sell_in(*, distributor_ids: Sequence[int], sold: Sequence[SellIn]) -> None:
    """Keep beside the stock of these distributors what each bought in the last 91 days; what is not named is nothing.

    Before: inside a transaction. A product that was bought and never lay there gets a row with nothing on hand, so that
    what is missing shows. Only rows that differ are written. Two statements; distributors without a warehouse are passed
    over. Their warehouses are locked first, as by whoever receives goods: both make rows of stock.
    """
    places = Warehouse.objects.filter(distributor__in=distributor_ids, is_default=True).order_by("pk")
    list(places.select_for_update(no_key=True).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            SELL_IN,
            {
                "all": list(distributor_ids),
                "distributors": [row.distributor_id for row in sold],
                "products": [row.product_id for row in sold],
                "pieces": [row.pieces for row in sold],
            },
        )


MOST_LINES = 5_000


@dataclass(frozen=True, kw_only=True)
class StockReport:
    """What a report came to: products counted, products that differed, and by how many pieces (signed)."""

    warehouse_id: int
    products: int
    changed: int
    difference: int


def report_stock(
    *, distributor_id: int, counts: Sequence[tuple[str, int]], actor: Actor, now: datetime, reference: str = ""
) -> StockReport:
    """Set what lies in the distributor's default warehouse to what was counted, and book each difference as a move.

    `counts` are a product's code (any of them) and pieces, or the barcode of a unit and how many of it; a product not
    named stays as it is. The first report makes the warehouse. Writes one event, which has the days of cover counted anew.
    Raises NotVisible, NotAllowed, InvalidInput with a problem a line (`lines.<i>.product`, `lines.<i>.quantity`); then
    nothing was changed.
    """
    require(can_report_stock(actor))
    distributor = Distributor.objects.visible_to(actor).filter(pk=distributor_id).first()
    if distributor is None:
        raise NotVisible
    require(can_report_stock(actor, distributor))
    if not counts:
        raise InvalidInput(_("Enter at least one product."), code="required", field="lines")
    with explained(), transaction.atomic():
        warehouse = _locked_warehouse(distributor)
        counted = _checked(counts, distributor_id=distributor.pk, actor=actor, warehouse_id=warehouse.pk)
        with connection.cursor() as cursor:
            cursor.execute(
                COUNT,
                {
                    "warehouse": warehouse.pk,
                    "products": list(counted),
                    "quantities": list(counted.values()),
                    "reference": reference,
                    "at": now,
                    "actor": actor.pk,
                },
            )
            differences = [difference for (difference,) in cursor.fetchall()]
        warehouse.counted_at = now
        warehouse.save(update_fields=["counted_at"])
        events.record_event(
            kind=InventoryEvent.STOCK_REPORTED,
            subject_type="distributor",
            subject_id=distributor.pk,
            distributor_id=distributor.pk,
            extra_subjects=[events.ExtraSubject("warehouse", warehouse.pk, "warehouse")],
            actor_id=actor.pk,
            data={"products": len(counted), "changed": len(differences), "difference": sum(differences)},
            at=now,
        )
    return StockReport(
        warehouse_id=warehouse.pk, products=len(counted), changed=len(differences), difference=sum(differences)
    )


def problems_of_report(*, distributor_id: int, counts: Sequence[tuple[str, int]], actor: Actor) -> Sequence[Problem]:
    """All that `report_stock` would refuse of these lines. Nothing is written. A fixed number of queries."""
    place = Warehouse.objects.filter(distributor=distributor_id, is_default=True).values_list("pk", flat=True).first()
    try:
        _checked(counts, distributor_id=distributor_id, actor=actor, warehouse_id=place or 0)
    except InvalidInput as error:
        return error.problems
    return []


def _locked_warehouse(distributor: Distributor) -> Warehouse:
    """The distributor's default warehouse, locked, so that its reports and receipts follow each other; created where missing."""
    defaults = {"code": distributor.code, "name": distributor.name, "name_zh": distributor.name_zh}
    made, _created = Warehouse.objects.get_or_create(distributor=distributor, is_default=True, defaults=defaults)
    locked: Warehouse = Warehouse.objects.select_for_update(no_key=True).get(pk=made.pk)
    return locked


def _checked(
    counts: Sequence[tuple[str, int]], *, distributor_id: int, actor: Actor, warehouse_id: int
) -> dict[int, int]:
    """The pieces of every product, or all that is wrong with the lines. Cases and single pieces of one product add up."""
    if len(counts) > MOST_LINES:
        message = _("At most %(most)s lines can be reported at once.") % {"most": MOST_LINES}
        raise InvalidInput(message, code="too_many_lines", field="lines")
    codes = [code for code, _quantity in counts]
    known = _known(codes, distributor_id=distributor_id, actor=actor, warehouse_id=warehouse_id)
    seen: set[tuple[int, str]] = set()
    found: Counter[int] = Counter()
    problems = []
    for index, (code, quantity) in enumerate(counts):
        product = known.get(code)
        if product is None:
            message = _("Unknown product %(code)s.") % {"code": code[:64]}
            problems.append(Problem(message=message, code="unknown", field=f"lines.{index}.product"))
        elif product.key in seen:
            message = _("%(code)s is entered twice.") % {"code": code[:64]}
            problems.append(Problem(message=message, code="duplicate", field=f"lines.{index}.product"))
        else:
            seen.add(product.key)
            found[product.product_id] += quantity * product.pieces
        if not 0 <= quantity * (product.pieces if product else 1) <= MOST_PIECES:
            message = _("Enter a quantity between 0 and %(most)d.") % {"most": MOST_PIECES}
            problems.append(Problem(message=message, code="out_of_range", field=f"lines.{index}.quantity"))
    if problems:
        raise InvalidInput(problems=problems)
    return dict(found)


def _known(codes: Collection[str], *, distributor_id: int, actor: Actor, warehouse_id: int) -> dict[str, CodeMeaning]:
    """What codes mean: what the person may see, and what lies in the warehouse whoever may buy it today."""
    meant = find_by_code(codes, distributor_id=distributor_id)
    ids = {meaning.product_id for meaning in meant.values()}
    here = Q(pk__in=Stock.objects.filter(warehouse_id=warehouse_id).values("product_id"))
    seen = Q(pk__in=Product.objects.visible_to(actor).values("pk"))
    allowed = set(Product.objects.filter(here | seen, pk__in=ids).values_list("pk", flat=True))
    return {code: meaning for code, meaning in meant.items() if meaning.product_id in allowed}
