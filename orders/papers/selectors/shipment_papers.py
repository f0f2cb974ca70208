"""What goes with a shipment: the delivery note that is signed, and the label that is glued on."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalogue.rules.loads import Load, Packaging, load_of
from catalogue.selectors import packaging_of
from core.money import currency_digits
from core.sentences import listed
from core.ui.numbers import quantity
from orders.fulfilment.models import Shipment, ShipmentLine
from orders.fulfilment.waybills.models import Parcel
from orders.fulfilment.waybills.selectors.parcels import NumberedParcel, parcels_of, parcels_sent_together
from orders.ordering.models import Order
from orders.papers.enums import PaperKind
from orders.papers.selectors.amounts import in_words, value_of
from orders.papers.selectors.goods import (
    Goods,
    name_cells,
    name_columns,
    number_column,
    pieces_amounts,
    pieces_cells,
    pieces_columns,
)
from orders.papers.selectors.heads import (
    RELATED,
    Logos,
    address_of,
    contact_of,
    day_field,
    delivery_fields,
    drop_shipment_fields,
    language_of_reader,
    load_fields,
    order_fields,
    reader_of,
    recipient_of,
    sender_of,
    words,
)
from papers.contents import Align, Column, Field, Label, Row, Sheet, Size

_FIRST_OF_PIECES = 3
_VALUE = 8


@dataclass(frozen=True, kw_only=True)
class _Packed:
    """A shipment with its lines, what left of these lines before, and how the goods are packed."""

    shipment: Shipment
    lines: Sequence[ShipmentLine]
    before: Mapping[int, int]
    packaging: Mapping[int, Packaging]
    parcels: Sequence[Parcel] = ()

    @property
    def order(self) -> Order:
        return self.shipment.order

    @property
    def load(self) -> Load:
        return load_of([(line.order_line.product_id, line.quantity) for line in self.lines], self.packaging)

    def goods(self, line: ShipmentLine) -> Goods:
        product = line.order_line.product
        return Goods(product=product, pieces=line.quantity, packaging=self.packaging[product.pk])


def delivery_notes(shipment_ids: Collection[int], *, size: Size, has_prices: bool) -> list[Sheet]:
    """One paper a shipment, in its distributor's language. The caller has checked who asks.

    Four queries, and one each for lots and serial numbers where a product has them.
    """
    logos: Logos = {}
    papers = []
    for packed in _read(shipment_ids, parcels_of(shipment_ids)):
        with language_of_reader(packed.order):
            papers.append(_delivery_note(packed, logos, size=size, has_prices=has_prices))
    return papers


def labels(shipment_ids: Collection[int]) -> list[Label]:
    """Likewise one label a parcel, counted over all that is sent together; one of a shipment that is not packed. Five queries."""
    logos: Logos = {}
    papers: list[Label] = []
    numbered = parcels_sent_together(shipment_ids)
    for packed in _read(shipment_ids):
        with language_of_reader(packed.order):
            parcels: Sequence[NumberedParcel | None] = numbered.get(packed.shipment.pk) or [None]
            papers += [_label(packed, logos, parcel) for parcel in parcels]
    return papers


def _read(shipment_ids: Collection[int], parcels: Mapping[int, Sequence[Parcel]] | None = None) -> list[_Packed]:
    related = [f"order__{name}" for name in RELATED]
    shipments = list(
        Shipment.objects.filter(pk__in=shipment_ids).select_related(
            "carrier", "warehouse", "carriage__waybill", *related
        )
    )
    orders = {shipment.order_id for shipment in shipments}
    # Also the other shipments of these orders: a line's amount is shared by all of them.
    rows = ShipmentLine.objects.filter(shipment__order__in=orders).select_related("order_line__product")
    rows = rows.order_by("shipment__shipped_at", "shipment", "order_line__position")
    leaving = [line for line in rows if line.shipment_id in {shipment.pk for shipment in shipments}]
    for name, kept in (("tracks_lots", "lots__lot"), ("tracks_serials", "serials")):
        prefetch_related_objects([line for line in leaving if getattr(line.order_line.product, name)], kept)
    lines: dict[int, list[ShipmentLine]] = defaultdict(list)
    before: dict[int, int] = {}
    shipped: dict[int, int] = defaultdict(int)
    for line in rows:
        before[line.pk] = shipped[line.order_line_id]
        shipped[line.order_line_id] += line.quantity
        lines[line.shipment_id].append(line)
    products = {line.order_line.product_id for shipment in shipments for line in lines[shipment.pk]}
    packaging = packaging_of(products)
    return [
        _Packed(
            shipment=shipment,
            lines=lines[shipment.pk],
            before=before,
            packaging=packaging,
            parcels=(parcels or {}).get(shipment.pk, ()),
        )
        for shipment in shipments
    ]


def _delivery_note(packed: _Packed, logos: Logos, *, size: Size, has_prices: bool) -> Sheet:
    """Of a drop shipment without prices: the paper goes with the goods to whoever did not buy them."""
    shipment, order = packed.shipment, packed.order
    has_prices = has_prices and not order.is_drop_shipment
    values = [value_of(line, shipped_before=packed.before[line.pk], currency=order.currency) for line in packed.lines]
    warehouse = shipment.warehouse or order.warehouse
    carrier = [shipment.carrier.display_name if shipment.carrier else "", shipment.tracking_number]
    return Sheet(
        size=size,
        language=reader_of(order).language,
        title=str(PaperKind.DELIVERY_NOTE.label),
        number=shipment.number,
        barcode=shipment.number,
        sender=sender_of(order, logos),
        fields=(
            *order_fields(order),
            day_field(pgettext("paper", "Shipped on"), shipment.shipped_at),
            Field(label=pgettext("paper", "Carrier"), value=" ".join(filter(None, carrier))),
            Field(label=pgettext("paper", "Warehouse"), value=warehouse.display_name if warehouse else ""),
            *_weight_fields(packed),
            *delivery_fields(order),
            *drop_shipment_fields(order),
        ),
        columns=_note_columns(order, has_prices=has_prices),
        rows=tuple(
            _note_row(
                number,
                packed.goods(line),
                value if has_prices else None,
                currency_digits(order.currency),
                remark=_pieces_named(line),
            )
            for number, (line, value) in enumerate(zip(packed.lines, values, strict=True), 1)
        ),
        closing=(
            *((in_words(sum(values, Decimal(0)), order.currency),) if has_prices else ()),
            Field(label=pgettext("paper", "Note"), value=order.printed_note),
        ),
        words=words(has_copies=size == Size.CONTINUOUS),
        signatures=(
            pgettext("paper", "Prepared by"),
            pgettext("paper", "Warehouse"),
            pgettext("paper", "Driver"),
            pgettext("paper", "Received by (signature, stamp)"),
        ),
    )


def _note_columns(order: Order, *, has_prices: bool) -> tuple[Column, ...]:
    money = Column(
        title=pgettext("paper", "Amount with tax (%(currency)s)") % {"currency": order.currency},
        align=Align.RIGHT,
        sums=True,
        digits=currency_digits(order.currency),
    )
    remark = Column(title=pgettext("paper", "Remark"), width=Decimal("0.3"))
    return (number_column(), *name_columns(), *pieces_columns(), *((money,) if has_prices else ()), remark)


def _pieces_named(line: ShipmentLine) -> str:
    """The lots of the pieces and their serial numbers, so that who receives can compare them."""
    product = line.order_line.product
    lots = [f"{part.lot.name} × {quantity(part.pieces)}" for part in line.lots.all()] if product.tracks_lots else []
    serials = [one.serial for one in line.serials.all()] if product.tracks_serials else []
    return listed([*lots, *serials])


def _note_row(number: int, goods: Goods, value: Decimal | None, digits: int, *, remark: str) -> Row:
    amounts = pieces_amounts(goods, _FIRST_OF_PIECES)
    cells = (str(number), *name_cells(goods.product), *pieces_cells(goods))
    if value is None:
        return Row(cells=(*cells, remark), amounts=amounts)
    return Row(cells=(*cells, quantity(value, digits), remark), amounts=amounts | {_VALUE: value})


def _weight_fields(packed: _Packed) -> tuple[Field, ...]:
    """What the parcels weigh; of a shipment that is not packed, what its goods weigh."""
    weight, pallets = load_fields(packed.load)
    if packed.parcels:
        weight = _weight_field(sum((parcel.weight for parcel in packed.parcels), Decimal(0)))
    count = quantity(len(packed.parcels)) if packed.parcels else ""
    return Field(label=pgettext("paper", "Parcels"), value=count), weight, pallets


def _weight_field(weight: Decimal) -> Field:
    return Field(label=pgettext("paper", "Gross weight"), value=_("%(weight)s kg") % {"weight": quantity(weight, 1)})


def _label(packed: _Packed, logos: Logos, parcel: NumberedParcel | None) -> Label:
    shipment, order = packed.shipment, packed.order
    sender = sender_of(order, logos)
    code = shipment.number if parcel is None else parcel.code
    carriage = getattr(shipment, "carriage", None)
    return Label(
        language=reader_of(order).language,
        title=shipment.carrier.display_name if shipment.carrier else str(PaperKind.LABEL.label),
        number=shipment.number if parcel is None else f"{shipment.number}  {parcel.number}/{parcel.count}",
        barcode=code,
        qr=code,
        sender=replace(sender, details=sender.details[:2]),  # no tax number for the driver
        recipient_label=_("Deliver to"),
        recipient=recipient_of(order),
        phone=contact_of(order),
        address=address_of(order),
        fields=(
            *drop_shipment_fields(order),
            Field(label=pgettext("paper", "Order"), value=order.reference),
            Field(label=pgettext("paper", "Customer's order"), value=order.purchase_order_number),
            Field(label=pgettext("paper", "Waybill"), value=carriage.waybill.number if carriage else ""),
            Field(
                label=pgettext("paper", "Tracking number"),
                value=(parcel and parcel.parcel.tracking_number) or shipment.tracking_number,
            ),
            *(_load_fields(packed.load) if parcel is None else _parcel_fields(parcel.parcel)),
        ),
        note=order.printed_note,
    )


def _load_fields(load: Load) -> tuple[Field, ...]:
    weight, pallets = load_fields(load)
    return (
        pallets,
        Field(label=pgettext("paper", "Cases"), value=quantity(load.cases) if load.cases else ""),
        Field(label=pgettext("paper", "Loose"), value=quantity(load.pieces) if load.pieces else ""),
        weight,
    )


def _parcel_fields(parcel: Parcel) -> tuple[Field, ...]:
    size = _("%(size)s cm") % {"size": parcel.size} if parcel.size else ""
    return Field(label=pgettext("paper", "Size"), value=size), _weight_field(parcel.weight)
