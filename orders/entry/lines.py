"""The draft of an order and its lines: changed line by line, replaced, or copied from an earlier order."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import Conflict, InvalidInput, NotVisible, Problem
from core.permissions import require
from orders.ordering.enums import OrderEvent, OrderSource, OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.ordering.selectors.draft_lines import LineKey, draft_lines
from orders.ordering.services.checking import require_orderer
from orders.ordering.services.draft_contents import NO_CONTENTS, DraftContents, draft_contents
from orders.ordering.services.head_checks import no_outlet, no_sub_distributor
from orders.ordering.services.locking import lock_order, record_order_event, save_order
from orders.ordering.services.placing_sql import DROP_LINES, MERGE_DRAFT_LINES, TIE_GIFTS
from orders.ordering.services.quote import MAX_LINES, LineInput, PricedLine, Quote, line_parameters, merge, read_quote
from orders.permissions import can_copy


@dataclass(frozen=True, kw_only=True)
class DraftDetails:
    """What belongs to a draft as a whole."""

    purchase_order_number: str = ""
    note: str = ""
    printed_note: str = ""
    wanted_on: date | None = None
    delivery_address_id: int | None = None
    consignee_distributor_id: int | None = None
    consignee_outlet_id: int | None = None
    contact_id: int | None = None
    invoice_title_id: int | None = None
    type_id: int | None = None


@transaction.atomic
def copy_order(*, order_id: int, actor: Actor, now: datetime) -> Order:
    """Make a draft with the products and quantities of an order, at today's prices. Raises NotVisible, NotAllowed."""
    order = Order.objects.visible_to(actor).filter(pk=order_id).first()
    if order is None:
        raise NotVisible
    require(can_copy(actor, order))
    return save_draft(
        distributor_id=order.distributor_id,
        actor=actor,
        lines=[
            LineInput(key.product_id, line.quantity, unit=key.unit)
            for key, line in draft_lines(order_id=order.pk).items()
        ],
        now=now,
        type_id=order.type_id,
    )


@transaction.atomic
def change_draft(
    *,
    distributor_id: int,
    actor: Actor,
    now: datetime,
    order_id: int | None,
    changes: Mapping[LineKey, int],
    add: bool = False,
    details: DraftDetails | None = None,
    days: Mapping[LineKey, date | None] | None = None,
    gift: LineInput | None = None,
    choices: Mapping[LineKey, str] | None = None,
) -> Order:
    """Set (or with `add` raise) how many units of the products named; zero takes a line out.

    `days` are the wanted days of lines named, `gift` is the quantity of one given with a product of the draft, zero to
    take it out, `choices` what becomes of lines of which not all is there: another quantity takes that back. Without an
    order a draft is made. Other lines stay, whoever changed them last, so that two open pages of one draft do not undo each
    other; so do details that are not given. Raises NotVisible, NotAllowed, and Conflict where
    the order is no draft any more.
    """
    draft = _locked(order_id, actor, None)
    stored = draft_contents(order_id=draft.pk) if draft else NO_CONTENTS
    quantities = {key: line.quantity for key, line in stored.lines.items()}
    for key, quantity in changes.items():
        quantities[key] = quantity + (quantities.get(key, 0) if add else 0)
    short = {key: line.when_short for key, line in stored.lines.items() if line.quantity == quantities.get(key)}
    short |= dict(choices or {})
    wanted = {key: line.wanted_on for key, line in stored.lines.items()} | dict(days or {})
    lines = [
        LineInput(key.product_id, quantity, wanted.get(key), unit=key.unit, when_short=short.get(key, ""))
        for key, quantity in quantities.items()
        if quantity > 0
    ]
    gifts = {(one.product, one.gift_with): one for one in [*stored.gifts, *([gift] if gift else [])]}
    earned = {key.product_id for key, quantity in quantities.items() if quantity > 0}
    lines += [one for one in gifts.values() if one.gift_with in earned]
    return _save(draft or _new_draft(distributor_id, actor), stored, lines, details or details_of(draft), actor, now)


@transaction.atomic
def save_draft(  # noqa: PLR0913 - all that a draft is made of
    *,
    distributor_id: int,
    actor: Actor,
    lines: Sequence[LineInput],
    now: datetime,
    purchase_order_number: str = "",
    note: str = "",
    wanted_on: date | None = None,
    order_id: int | None = None,
    expected_version: int | None = None,
    source: OrderSource = OrderSource.PAGE,
    delivery_address_id: int | None = None,
    consignee_distributor_id: int | None = None,
    consignee_outlet_id: int | None = None,
    printed_note: str = "",
    contact_id: int | None = None,
    invoice_title_id: int | None = None,
    type_id: int | None = None,
) -> Order:
    """Make a draft of these lines, or replace those of the draft `order_id`. It has no number; nothing is reserved.

    Quantities that could not be ordered are kept as they are; lines of zero are left out; prices are today's. Raises
    NotVisible, NotAllowed, StaleVersion, Conflict (no draft any more), and InvalidInput for a product nobody knows and
    for a delivery address that is not the receiver's own, or a consignee that the distributor does not supply.
    """
    draft = _locked(order_id, actor, expected_version)
    stored = draft_contents(order_id=draft.pk) if draft else NO_CONTENTS
    details = DraftDetails(
        purchase_order_number=purchase_order_number,
        note=note,
        printed_note=printed_note,
        wanted_on=wanted_on,
        delivery_address_id=delivery_address_id,
        consignee_distributor_id=consignee_distributor_id,
        consignee_outlet_id=consignee_outlet_id,
        contact_id=contact_id,
        invoice_title_id=invoice_title_id,
        type_id=type_id,
    )
    return _save(draft or _new_draft(distributor_id, actor, source), stored, lines, details, actor, now)


_FIELDS = (
    "company", "seller_company", "type", "purchase_order_number", "note", "printed_note", "wanted_on",
    "delivery_address", "consignee_distributor", "consignee_outlet", "contact", "invoice_title", "currency",
    "gross_amount", "discount_amount", "net_amount", "tax_amount", "total_amount", "cost_amount_company", "line_count",
    "unit_count", "ordered_at", "ordered_on",
)  # fmt: skip


def details_of(draft: Order | None) -> DraftDetails:
    """What a draft holds as a whole; nothing where there is none yet."""
    if draft is None:
        return DraftDetails()
    return DraftDetails(**{name: getattr(draft, name) for name in DraftDetails.__dataclass_fields__})


def _new_draft(distributor_id: int, actor: Actor, source: OrderSource = OrderSource.PAGE) -> Order:
    return Order(distributor_id=distributor_id, created_by_id=actor.pk, source=source)


def _locked(order_id: int | None, actor: Actor, expected_version: int | None) -> Order | None:
    if order_id is None:
        return None
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    if order.status != OrderStatus.DRAFT:
        raise Conflict(_("This order is no longer a draft."), code="wrong_state")
    return order


def _save(
    draft: Order,
    stored: DraftContents,
    lines: Sequence[LineInput],
    details: DraftDetails,
    actor: Actor,
    now: datetime,
) -> Order:
    """Write the draft as these lines make it. Before: it is locked, or new; `stored` are its lines as they are."""
    require_orderer(actor=actor, distributor_id=draft.distributor_id)
    quote = read_quote(
        distributor_id=draft.distributor_id,
        lines=[line for line in merge(lines) if line.quantity > 0][:MAX_LINES],
        moment=now,
        purchase_order_number="",
        order_id=draft.pk,
        delivery_address_id=details.delivery_address_id,
        consignee_distributor_id=details.consignee_distributor_id,
        consignee_outlet_id=details.consignee_outlet_id,
        type_id=details.type_id,
        contact_id=details.contact_id,
        invoice_title_id=details.invoice_title_id,
    )
    _require_known(draft, quote, details)
    kept = _kept_lines(quote)
    _fill(draft, quote, kept, now)
    for name, value in asdict(details).items():
        if name != "type_id":
            setattr(draft, name, value)
    if draft.pk:
        save_order(draft, *_FIELDS)
    else:
        draft.save(force_insert=True)
        record_order_event(draft, OrderEvent.SAVED, actor=actor, now=now, before="", publish=False)
    _write_lines(draft, kept, stored)
    return draft


def _require_known(draft: Order, quote: Quote, details: DraftDetails) -> None:
    """A new choice is one of the distributor's own; one that ended meanwhile is reported when the order is checked."""
    if details.consignee_distributor_id is not None and details.consignee_outlet_id is not None:
        message = _("Deliver to a sub-distributor or to an outlet, not to both.")
        raise InvalidInput(message, code="two_consignees", field="consignee_outlet")
    chosen = (
        ("consignee_distributor", no_sub_distributor()),
        ("consignee_outlet", no_outlet()),
        ("delivery_address", _("This delivery address is not available. Select another one.")),
        ("contact", _("This contact is not available. Select another one.")),
        ("invoice_title", _("This invoice title is not available. Select another one.")),
    )
    for field, message in chosen:
        asked = getattr(details, f"{field}_id")
        if asked is not None and asked != getattr(draft, f"{field}_id") and getattr(quote, f"{field}_id") is None:
            code = "unknown_consignee" if field.startswith("consignee") else f"unknown_{field}"
            raise InvalidInput(message, code=code, field=field)


def _kept_lines(quote: Quote) -> list[PricedLine]:
    """One line a product and unit; InvalidInput names the unknown ones."""
    unknown = [
        Problem(
            message=_("Unknown product “%(code)s”.") % {"code": line.asked},
            code="unknown_product",
            field=f"lines.{line.line}.product",
        )
        for line in quote.lines
        if line.product_id is None
    ]
    if unknown:
        raise InvalidInput(problems=unknown)
    kept: dict[tuple[LineKey, int | None], PricedLine] = {}
    for line in quote.lines:
        earned_by = line.earning.product_id if line.earning else None
        if line.gift_with is not None and earned_by is None:
            message = _("%(code)s is a gift without the line that earned it.") % {"code": line.code}
            raise InvalidInput(message, code="gift_without_line", field=f"lines.{line.line}.gift_with")
        same = kept.setdefault((line.key, earned_by), line)
        if same is not line:
            same.units += line.units
            same.quantity += line.quantity
            same.gross += line.gross
            same.amount += line.amount
            same.cost += line.cost
    return list(kept.values())


def _fill(order: Order, quote: Quote, kept: list[PricedLine], now: datetime) -> None:
    order.status, order.currency = OrderStatus.DRAFT, quote.currency
    order.company_id = order.seller_company_id = quote.company_id
    order.type_id = quote.type.id
    order.gross_amount = order.net_amount = order.total_amount = sum((line.amount for line in kept), Decimal(0))
    order.discount_amount = order.tax_amount = Decimal(0)
    order.cost_amount_company = sum((line.cost for line in kept), Decimal(0))
    order.line_count, order.unit_count = len(kept), sum(line.quantity for line in kept)
    order.ordered_at, order.ordered_on = now, quote.ordered_on


def _write_lines(draft: Order, kept: Sequence[PricedLine], stored: DraftContents) -> None:
    """Change, add and remove what differs from the stored lines.

    All are written anew where a position changes hands, and where there are gifts.
    """
    keys = [line.key for line in kept]
    gifts = [(place, line) for place, line in enumerate(kept, 1) if line.earning is not None]
    moved = any(keys[line.position - 1 : line.position] not in ([], [key]) for key, line in stored.lines.items())
    with connection.cursor() as cursor:
        if moved or gifts or stored.gifts:
            cursor.execute(DROP_LINES, {"order": draft.pk})
        cursor.execute(MERGE_DRAFT_LINES, {"order": draft.pk, **line_parameters(kept, is_draft=True)})
        if gifts:
            ids = dict(OrderLine.objects.filter(order=draft).values_list("position", "pk"))
            paid = {line.product_id: place for place, line in enumerate(kept, 1) if line.earning is None}
            earnings = [ids[paid[line.earning.product_id]] for _place, line in gifts if line.earning]
            cursor.execute(TIE_GIFTS, {"gifts": [ids[place] for place, _line in gifts], "earnings": earnings})
