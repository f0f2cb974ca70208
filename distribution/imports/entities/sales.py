"""Plans, orders with lines and shipments, complaints and returns."""

from distribution.imports.entities.base import Entity, Kind, fields_of, own_field
from evaluation.models import Complaint
from orders.models import Carrier, Order, OrderLine, ReturnedGoods, Shipment, ShipmentLine
from planning.models import SalesPlan

PLAN = Entity(
    name="plan",
    says=(
        "What is to be sold in a period. One row is one period of the company (no owner given), of a territory, a "
        "manager or a "
        "distributor. Say the period by a day in it, or by year and period; a year without a period is split evenly."
    ),
    model=SalesPlan,
    key=("territory", "manager", "distributor", "date", "year", "period", "category"),
    fields=(
        *fields_of(
            SalesPlan,
            {
                "territory": "Code of the territory whose plan it is",
                "manager": "external_code of the manager whose plan it is",
                "distributor": "Code of the distributor whose plan it is",
            },
        ),
        own_field("date", Kind.DATE, "Any day of the period"),
        own_field("year", Kind.REFERENCE, "Code of the business year", refers="business_year"),
        own_field("period", Kind.WHOLE, "Number of the period within the year", low=1, high=32_767),
        own_field(
            "category", Kind.REFERENCE, "Code of the product group, where the plan has a product mix", refers="category"
        ),
        *fields_of(
            SalesPlan,
            {"amount": "Amount, at most four decimals", "currency": "Currency", "status": "Status of a new plan"},
            amount={"low": 0},
            status={"default": "agreed", "choices": {"draft": "Draft", "agreed": "Agreed", "locked": "Locked"}},
        ),
    ),
    match=(),
    writer="plans",
)

ORDER = Entity(
    name="order",
    says="The head of an order. Its amounts are the sums of its lines.",
    model=Order,
    key=("number",),
    fields=fields_of(
        Order,
        {
            "number": "Order number",
            "distributor": "Code of the distributor",
            "ordered_at": "Day of the order, with or without a time",
            "promised_on": "Day it was promised for",
            "status": "Status; where it is not mapped it follows from the shipments",
            "manager": "external_code of the manager at that time",
            "warehouse": "Code of the warehouse",
            "purchase_order_number": "The distributor's own number",
            "currency": "Currency of the amounts",
            "note": "Note",
            "cancelled_at": "Day it was cancelled, for orders with the status cancelled",
            "cancel_reason": "Why it was cancelled",
        },
        status={"default": ""},
    ),
    match=("number",),
    writer="orders",
)

LINE = Entity(
    name="order_line",
    says="A line of an order. Amounts are taken as they are; those not mapped are computed.",
    model=OrderLine,
    key=("order", "position"),
    fields=(
        *fields_of(
            OrderLine,
            {
                "order": "Order number",
                "position": "Line number; where it is not mapped, lines are counted within each order",
                "product": "Code of the product",
                "ordered": "Units ordered",
                "cancelled": "Units cancelled",
                "shipped": "Units shipped, as in shipment_line; best not mapped, then it follows from there",
                "received": "Units received; likewise",
                "unit_price": "Price of one unit before discount; else gross divided by units",
                "gross_amount": "Before discount; else price times units",
                "discount_amount": "Discount; else gross less net, or gross times discount_rate, or nothing",
                "net_amount": "After discount; else gross less discount",
                "cost_amount": "Cost of the whole line",
                "promotion": "Code of the promotion",
            },
            position={"required": False, "low": 1},
            ordered={"low": 1},
            unit_price={"required": False, "low": 0},
            gross_amount={"required": False},
            discount_amount={"default": None},
            net_amount={"required": False},
        ),
        own_field("discount_rate", Kind.NUMBER, "Discount as a fraction: 0.15 or 15 %", low=0, high=1, decimals=12),
    ),
    match=(),
    writer="lines",
)

CARRIER = Entity(
    name="carrier",
    says="Who carries the goods.",
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

SHIPMENT = Entity(
    name="shipment",
    says="A part of an order, or all of it, that left together.",
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
    writer="shipments",
)

SHIPMENT_LINE = Entity(
    name="shipment_line",
    says="How much of an order line a shipment holds. Say the line by position, or by product. A shipment that names a "
    "product as often as its order does holds these lines in the same sequence.",
    model=ShipmentLine,
    key=("shipment", "position", "product"),
    fields=(
        *fields_of(ShipmentLine, {"shipment": "Shipment number"}),
        own_field("position", Kind.WHOLE, "Line number within the order", low=1, high=2_147_483_647),
        own_field("product", Kind.REFERENCE, "Code of the product", refers="product"),
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
    writer="shipment_lines",
)

COMPLAINT = Entity(
    name="complaint",
    says="A complaint about a distributor or one of its orders.",
    model=Complaint,
    key=("code",),
    fields=fields_of(
        Complaint,
        {
            "code": "Complaint number",
            "distributor": "Code of the distributor",
            "order": "Order number",
            "subject": "Subject",
            "text": "What it says",
            "amount": "Amount at stake",
            "status": "Status; closed where a closing day is given",
            "received_on": "Day it came in",
            "closed_on": "Day it was closed",
        },
        status={"default": ""},
    ),
    match=(),
    writer="complaints",
)

RETURN = Entity(
    name="return",
    says="Goods a distributor gave back; one row a product.",
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
