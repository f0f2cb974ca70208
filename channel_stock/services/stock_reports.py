"""Stock as the distributor itself reports it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Distributor
from catalogue.models import Product
from catalogue.selectors import CodeMeaning, find_by_code
from channel_stock.enums import ChannelStockEvent
from channel_stock.permissions import can_report_stock
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, NotVisible, Problem
from core.permissions import require
from inventory.models import Stock, Warehouse
from inventory.rules import MOST_PIECES
from inventory.services.channel_stock import count_at_distributor, lock_default_warehouse

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
        warehouse = lock_default_warehouse(distributor)
        counted = _checked(counts, distributor_id=distributor.pk, actor=actor, warehouse_id=warehouse.pk)
        differences = count_at_distributor(
            warehouse=warehouse, counted=counted, reference=reference, actor_id=actor.pk, at=now
        )
        events.record_event(
            kind=ChannelStockEvent.STOCK_REPORTED,
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
