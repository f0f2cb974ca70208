"""Papers as PDF: a few at once, many as a job whose page has the file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from core.actors import Actor
from core.enums import JobKind
from core.errors import Conflict, InvalidInput, NotVisible
from core.jobs import JobResult, RunningJob, enqueue_job
from core.models import Job
from core.papers import IN_A_JOB, pdf_of
from core.permissions import require
from orders.fulfilment.models import DropShipment, Shipment
from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order
from orders.papers.enums import OF_SHIPMENTS, RETURN_NOTE_SIZES, SIZES, PaperKind, PaperSize
from orders.papers.permissions import can_print
from orders.papers.selectors.order_papers import order_papers
from orders.papers.selectors.pick_lists import pick_list_papers
from orders.papers.selectors.return_labels import return_label_of
from orders.papers.selectors.return_notes import return_note_of
from orders.papers.selectors.shipment_papers import delivery_notes, labels
from orders.permissions import can_see_prices
from orders.returns.models import Return
from papers.contents import Paper, Size

AT_ONCE: Final = 20
"""Documents that a page waits for; more of them are a job."""
MOST: Final = 500
"""Documents of one PDF: what a job can lay out within its memory."""
_CHUNK: Final = 50
_TITLE = gettext_noop("Documents to print: %(count)s")


@dataclass(frozen=True, kw_only=True)
class PaperChoice:
    """Which paper, on what, and whether with prices: None is as the person may see them."""

    kind: PaperKind
    size: PaperSize | None = None
    has_prices: bool | None = None

    @property
    def format(self) -> Size:
        """Raises InvalidInput at `size` where the paper does not come in it."""
        size = self.size or SIZES[self.kind][0]
        if size not in SIZES[self.kind]:
            message = _("%(paper)s is not printed in this size.") % {"paper": self.kind.label}
            raise InvalidInput(message, code="wrong_size", field="size")
        return Size(size.value)

    def prices_for(self, actor: Actor) -> bool:
        """Raises NotAllowed where prices are asked for that the person may not see."""
        if self.has_prices:
            require(can_see_prices(actor))
        return can_see_prices(actor) if self.has_prices is None else self.has_prices


def print_order(*, order_id: int, choice: PaperChoice, actor: Actor) -> bytes:
    """The PDF of one order; changes nothing.

    Raises NotVisible, NotAllowed, InvalidInput at `kind` or `size`, Conflict (a draft, nothing to pick), NoPaper.
    """
    if choice.kind in OF_SHIPMENTS:
        raise InvalidInput(_("This is printed of a shipment."), code="of_shipment", field="kind")
    size, has_prices = choice.format, choice.prices_for(actor)
    seen = _orders(actor, [order_id], choice.kind)
    if not seen:
        raise NotVisible
    return pdf_of(_made(_papers(choice.kind, seen, size=size, has_prices=has_prices)))


def print_shipment(*, shipment_id: int, choice: PaperChoice, actor: Actor) -> bytes:
    """The PDF of one shipment. Likewise."""
    if choice.kind not in OF_SHIPMENTS:
        raise InvalidInput(_("This is printed of an order."), code="of_order", field="kind")
    size, has_prices = choice.format, choice.prices_for(actor)
    shipment = Shipment.objects.visible_to(actor).filter(pk=shipment_id).select_related("order").first()
    if shipment is None:
        raise NotVisible
    require(can_print(actor, shipment.order, choice.kind))
    return pdf_of(_made(_papers(choice.kind, [shipment.pk], size=size, has_prices=has_prices)))


def print_drop_shipment(*, shipment_id: int, size: PaperSize | None, actor: Actor) -> bytes:
    """The delivery note for whoever gets the goods and did not order them: never with prices. Likewise."""
    choice = PaperChoice(kind=PaperKind.DELIVERY_NOTE, size=size, has_prices=False)
    shipment = DropShipment.objects.visible_to(actor).filter(pk=shipment_id).first()
    if shipment is None:
        raise NotVisible
    return pdf_of(_made(_papers(choice.kind, [shipment.pk], size=choice.format, has_prices=False)))


def print_waybill(*, waybill_id: int, choice: PaperChoice, actor: Actor) -> bytes:
    """The PDF of all shipments of a waybill. Likewise."""
    if choice.kind not in OF_SHIPMENTS:
        raise InvalidInput(_("This is printed of an order."), code="of_order", field="kind")
    size, has_prices = choice.format, choice.prices_for(actor)
    rows = Shipment.objects.visible_to(actor).filter(carriage__waybill=waybill_id).select_related("order")
    shipments = list(rows.order_by("pk"))
    if not shipments:
        raise NotVisible
    for shipment in shipments:
        require(can_print(actor, shipment.order, choice.kind))
    ids = [shipment.pk for shipment in shipments]
    return pdf_of(_made(_papers(choice.kind, ids, size=size, has_prices=has_prices)))


def print_return(*, return_id: int, size: PaperSize | None, actor: Actor) -> bytes:
    """The return note, without prices, or with the size of one the label, for whoever sees the return.

    Raises NotVisible, InvalidInput at `size`, NoPaper.
    """
    if size is not None and size not in RETURN_NOTE_SIZES:
        message = _("%(paper)s is not printed in this size.") % {"paper": pgettext("paper", "Return note")}
        raise InvalidInput(message, code="wrong_size", field="size")
    rows = Return.objects.visible_to(actor).filter(pk=return_id)
    seen = rows.select_related("distributor", "company", "warehouse").first()
    if seen is None:
        raise NotVisible
    if size == PaperSize.LABEL:
        return pdf_of([return_label_of(seen)])
    return pdf_of([return_note_of(seen, size=Size((size or RETURN_NOTE_SIZES[0]).value))])


def print_many(*, order_ids: Collection[int], choice: PaperChoice, actor: Actor) -> bytes | Job:
    """One PDF of the orders, or of their shipments, that the person sees and may print; a job where they are many.

    Drafts are left out. Raises NotAllowed, InvalidInput, Conflict where nothing remains, NoPaper.
    """
    size, has_prices = choice.format, choice.prices_for(actor)
    ids = _orders(actor, order_ids, choice.kind)
    if choice.kind in OF_SHIPMENTS:
        ids = list(Shipment.objects.filter(order__in=ids).order_by("shipped_at", "id").values_list("pk", flat=True))
    if len(ids) > MOST:
        message = _("At most %(most)s documents are printed together. Select fewer.") % {"most": MOST}
        raise InvalidInput(message, code="too_many", field="ids")
    if len(ids) <= AT_ONCE:
        return pdf_of(_made(_papers(choice.kind, ids, size=size, has_prices=has_prices)))
    params = {
        "kind": choice.kind.value,
        "size": size.value,
        "ids": ids,
        "has_prices": has_prices,
        "title": {"text": _TITLE, "count": len(ids)},
    }
    with transaction.atomic():
        return enqueue_job(
            kind=JobKind.PAPERS, title=_TITLE % {"count": len(ids)}, created_by=actor, params=params, total=len(ids)
        )


def work(running: RunningJob) -> JobResult:
    """Make what `print_many` asked for; who may print it was asked then. The PDF is the job's file."""
    params: dict[str, Any] = running.job.params
    ids: list[int] = params["ids"]
    kind, size, papers = PaperKind(params["kind"]), Size(params["size"]), list[Paper]()
    for start in range(0, len(ids), _CHUNK):
        papers += _papers(kind, ids[start : start + _CHUNK], size=size, has_prices=params["has_prices"])
        running.report(min(start + _CHUNK, len(ids)), len(ids))
    running.keep_file(f"{kind.value}.pdf", pdf_of(_made(papers), limits=IN_A_JOB))
    return JobResult(data={"documents": len(papers)})


def _orders(actor: Actor, order_ids: Collection[int], kind: PaperKind) -> list[int]:
    """Those that the person sees, that are placed, in the order of the list. Raises NotAllowed where one may not be printed."""
    orders = list(Order.objects.visible_to(actor).filter(pk__in=order_ids).select_related("seller_distributor"))
    for order in orders:
        require(can_print(actor, order, kind))
    placed = [order.pk for order in orders if order.number and order.status != OrderStatus.DRAFT]
    if orders and not placed:
        raise Conflict(_("A draft has no documents to print. Place the order first."), code="draft")
    return placed


def _papers(kind: PaperKind, ids: Sequence[int], *, size: Size, has_prices: bool) -> Sequence[Paper]:
    if kind == PaperKind.ORDER:
        return order_papers(ids, size=size, has_prices=has_prices)
    if kind == PaperKind.PICK_LIST:
        return pick_list_papers(ids, size=size)
    if kind == PaperKind.DELIVERY_NOTE:
        return delivery_notes(ids, size=size, has_prices=has_prices)
    return labels(ids)


def _made(papers: Sequence[Paper]) -> Sequence[Paper]:
    if not papers:
        raise Conflict(
            _("There is nothing to print: nothing is left to pick, or nothing was shipped."), code="nothing_to_print"
        )
    return papers
