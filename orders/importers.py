"""What can be imported of orders: their lines, shipments, carriers and returned goods."""

from django.utils.translation import gettext_lazy as _

from core.importing import Entity, Importer, Kind, Numbering, extra_field, fields_of
from orders.bulk.services.finish import finish_orders
from orders.bulk.services.lines import write_lines
from orders.bulk.services.orders import open_touched, write_orders
from orders.bulk.services.shipments import write_shipment_lines, write_shipments
from orders.bulk.services.warnings import warn_of_orders
from orders.fulfilment.models import Carrier, Shipment, ShipmentLine
from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order, OrderLine, OrderType
from orders.returns.models import ReturnedGoods

CARRIER = Entity(
    name="carrier",
    help_text="Who carries the goods.",
    model=Carrier,
    key=("code",),
    fields=fields_of(
        Carrier,
        {
            "code": "Code",
            "name": "Name",
            "name_zh": "Chinese name",
            "tracking_url": "Tracking page, with {number} for the number",
            "is_active": "Whether it is in use",
        },
    ),
    match=("code", "name", "name_zh"),
)

ORDER_TYPE = Entity(
    name="order_type",
    help_text="What an order is for, and what follows from it.",
    model=OrderType,
    key=("code",),
    fields=fields_of(
        OrderType,
        {
            "code": "Code",
            "name": "Name",
            "name_zh": "Chinese name",
            "is_priced": "Whether its lines are paid for",
            "uses_credit": "Whether it uses credit",
            "counts_as_sale": "Whether it counts as sale",
            "is_taxed": "Whether it is taxed",
            "position": "Place in the list",
            "is_active": "Whether it is in use",
        },
    ),
    match=("code", "name", "name_zh"),
)

ORDER = Entity(
    name="order",
    help_text=(
        "The head of an order. Its amounts are the sums of its lines. It is taken as the old system has it: what was agreed "
        "and released there is not asked again, so that no order is put on hold for its address or refused for a policy."
    ),
    model=Order,
    key=("number",),
    fields=(
        *fields_of(
            Order,
            {
                "number": "Order number",
                "distributor": "Code of the distributor",
                "type": "Code of the order type; else the default one",
                "group_number": "What orders of one basket have in common",
                "group_position": "Their place in it, from 1",
                "ordered_at": "Day of the order, with or without a time",
                "wanted_on": "Day the distributor wanted it",
                "promised_on": "Day it was promised for",
                "status": "Status; where it is not mapped it follows from the shipments",
                "manager": "external_code of the manager at that time",
                "warehouse": "Code of the warehouse",
                "purchase_order_number": "The distributor's own number",
                "currency": "Currency of the amounts",
                "note": "Note",
                "printed_note": "Note on the documents",
                "cancelled_at": "Day it was cancelled, for orders with the status cancelled",
                "cancel_reason": "Why it was cancelled",
            },
            number={"required": True},
            type={"required": False},
            group_position={"default": 1, "low": 1},
            status={
                "default": "",
                "choices": {key: label for key, label in OrderStatus.choices if key != OrderStatus.DRAFT},
            },
        ),
        extra_field("delivery_address", Kind.TEXT, _("delivery address"), "Name of the distributor's delivery address"),
        extra_field("contact", Kind.TEXT, _("contact"), "Name of the distributor's contact"),
    ),
    match=("number",),
)

LINE = Entity(
    name="order_line",
    help_text="A line of an order. Amounts are taken as they are; those not mapped are computed.",
    model=OrderLine,
    key=("order", "position"),
    fields=(
        *fields_of(
            OrderLine,
            {
                "order": "Order number",
                "position": "Line number; where it is not mapped, lines are counted within each order",
                "product": "Code of the product",
                "ordered": "How many of the unit were ordered: pieces, where no unit is mapped",
                "cancelled": "Pieces cancelled",
                "shipped": "Pieces shipped, as in shipment_line; best not mapped, then it follows from there",
                "received": "Pieces received; likewise",
                "unit_price": "Price of one unit before discount; else gross divided by units",
                "gross_amount": "Before discount; else price times units",
                "discount_amount": "Discount; else gross less net, or gross times discount_rate, or nothing",
                "net_amount": "After discount; else gross less discount",
                "cost_amount_company": "Cost of the whole line, in the company's currency",
                "promotion": "Code of the promotion",
                "wanted_on": "Day the distributor wanted this line",
            },
            position={"required": False, "low": 1},
            ordered={"low": 1},
            unit_price={"required": False, "low": 0},
            gross_amount={"required": False},
            discount_amount={"default": None},
            net_amount={"required": False},
        ),
        extra_field(
            "unit",
            Kind.TEXT,
            _("unit"),
            "Unit of the quantity ordered and of its price, such as case; empty for a piece",
            default="",
        ),
        extra_field(
            "discount_rate",
            Kind.NUMBER,
            _("discount rate"),
            "Discount as a fraction: 0.15 or 15 %",
            low=0,
            high=1,
            decimals=12,
        ),
        extra_field(
            "gift_with",
            Kind.REFERENCE,
            _("gift with the line of"),
            "Makes it a gift, free of charge: code of the product of the line that earned it",
            refers="product",
        ),
    ),
    match=(),
    numbering=Numbering(field="position", within=("order",), same=("product",)),
)

SHIPMENT = Entity(
    name="shipment",
    help_text="A part of an order, or all of it, that left together.",
    model=Shipment,
    key=("number",),
    fields=fields_of(
        Shipment,
        {
            "number": "Shipment number, each once: such as order & '-1'",
            "order": "Order number",
            "shipped_at": "Day it left",
            "expected_on": "Day it was expected",
            "delivered_at": "Day it was delivered",
            "received_at": "Day the distributor confirmed it",
            "status": "Status; where it is not mapped it follows from those days",
            "carrier": "Code of the carrier",
            "tracking_number": "Tracking number",
            "warehouse": "Code of the warehouse",
        },
        status={"default": ""},
    ),
    match=("number",),
)

SHIPMENT_LINE = Entity(
    name="shipment_line",
    help_text="How much of an order line a shipment holds. Say the line by position, or by product. A shipment that names a "
    "product as often as its order does holds these lines in the same sequence.",
    model=ShipmentLine,
    key=("shipment", "position", "product"),
    fields=(
        *fields_of(ShipmentLine, {"shipment": "Shipment number"}),
        extra_field("position", Kind.WHOLE, _("line"), "Line number within the order", low=1, high=2_147_483_647),
        extra_field("product", Kind.REFERENCE, _("product"), "Code of the product", refers="product"),
        *fields_of(
            ShipmentLine,
            {
                "quantity": "Units",
                "received": "Units that arrived; empty where nobody confirmed; all where the shipment is received",
                "difference_reason": "Why fewer arrived",
            },
            quantity={"low": 1},
        ),
    ),
    match=(),
    numbering=Numbering(field="position", within=("shipment", "product"), same=(), repeated=True),
)

RETURN = Entity(
    name="return",
    help_text="Goods a distributor gave back; one row a product.",
    model=ReturnedGoods,
    key=("number", "product"),
    fields=fields_of(
        ReturnedGoods,
        {
            "number": "Return number",
            "distributor": "Code of the distributor",
            "order": "Order number",
            "product": "Code of the product",
            "quantity": "Units",
            "amount": "Credited amount",
            "currency": "Currency",
            "reason": "Reason",
            "returned_on": "Day",
        },
        quantity={"low": 1},
        amount={"low": 0},
    ),
    match=(),
)

IMPORTERS = (
    Importer(entity=CARRIER),
    Importer(entity=ORDER_TYPE),
    Importer(
        entity=ORDER,
        write=write_orders,
        prepare=open_touched,
        finish=finish_orders,
        warn=warn_of_orders,
        page="orders:list",
    ),
    Importer(entity=LINE, write=write_lines),
    Importer(entity=SHIPMENT, write=write_shipments, after=("order_line",)),
    Importer(entity=SHIPMENT_LINE, write=write_shipment_lines, after=("order_line",)),
    Importer(entity=RETURN),
)
