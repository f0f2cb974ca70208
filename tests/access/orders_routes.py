"""Who may do what with orders, shipments and carriers over the API."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from orders.changes.enums import RequestStatus
from orders.changes.services.hold_questions import ask_about_hold
from orders.changes.services.requests import RequestedLine, request_change
from orders.entry.lines import save_draft
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order, OrderLine
from orders.ordering.enums import HoldKind, Lateness, OrderSource
from orders.ordering.services.approval import approve_order
from orders.ordering.services.holds import place_hold
from orders.ordering.services.placing import place_order
from orders.ordering.services.templates import TemplateLine, create_template
from tests.access.table import (
    ADMINISTRATOR,
    BRAND,
    BUYER,
    DIRECTOR,
    IDLE,
    KEEPER,
    MANAGER,
    OURS,
    OUTSIDERS,
    OWNER,
    ROLELESS,
    SEERS,
    SIGNED_IN,
    WAREHOUSE,
    Route,
)
from tests.access.world import World
from tests.factories.orders import (
    ApprovalRuleFactory,
    CarrierFactory,
    ChangeRequestFactory,
    OrderFactory,
    OrderHoldFactory,
    ReturnedGoodsFactory,
    TrackingEventFactory,
    shop,
)

BUYERS = frozenset({OWNER, BUYER})
RULERS = frozenset({ADMINISTRATOR, DIRECTOR})
RECEIVERS = frozenset({OWNER, KEEPER})
FOR_OTHERS = frozenset({DIRECTOR, MANAGER})
DECIDERS = frozenset({ADMINISTRATOR, DIRECTOR, MANAGER})
HANDLERS = frozenset({ADMINISTRATOR, WAREHOUSE})
NOT_OURS = SIGNED_IN - OURS
NOT_BRAND = SIGNED_IN - BRAND - {IDLE}
OUTSIDE = dict.fromkeys(OUTSIDERS, (400,))


def _sample(_world: World) -> dict[str, str]:
    return {"code": "sample"}


def _new_type(_world: World) -> dict[str, str]:
    return {"code": "api-trial", "name": "Trial"}


def build(world: World) -> None:
    """An order of `mine` in each state that a step starts from, a shipment with its tracking, a return."""
    world.things.api_shop = shop(distributor=world.mine)
    manager, warehouse, now = world.people[MANAGER], world.people[WAREHOUSE], timezone.now()
    world.things.draft_order = save_draft(
        distributor_id=world.mine.pk, actor=world.people[BUYER], lines=world.things.api_shop.wishes(1), now=now
    )
    first = TemplateLine(world.things.api_shop.products[0].pk, "", 1)
    world.things.order_template = create_template(
        distributor_id=world.mine.pk, actor=world.people[BUYER], name="Monthly", lines=[first]
    )
    world.things.waiting = _placed(world)
    world.things.sold = OrderFactory.create(
        distributor=world.child, seller_company=None, seller_distributor=world.mine, source=OrderSource.API
    )
    world.things.held = _placed(world)
    place_hold(order_id=world.things.held.id, actor=manager, reason="待核对", now=now)
    world.things.above_limit = _placed(world)
    OrderHoldFactory.create(
        order=Order.objects.get(pk=world.things.above_limit.id),
        kind=HoldKind.LIMIT,
        params={"limit": "500.00", "currency": "USD"},
    )
    Order.objects.filter(pk=world.things.above_limit.id).update(is_on_hold=True)
    world.things.rule = ApprovalRuleFactory.create()
    world.things.asked = _placed(world)
    place_hold(order_id=world.things.asked.id, actor=manager, reason="数量待确认", now=now)
    ask_about_hold(order_id=world.things.asked.id, actor=manager, text="Ten times as many?", now=now)
    changing = _placed(world)
    approve_order(order_id=changing.id, actor=manager, now=now)
    world.things.asked_change = request_change(
        order_id=changing.id,
        actor=world.people[BUYER],
        lines=[RequestedLine(line_id=changing.lines[0].id, quantity=2)],
        reason="More guests",
        now=now,
    )
    unconfirmed = _placed(world)
    approve_order(order_id=unconfirmed.id, actor=manager, now=now)
    world.things.unconfirmed_change = ChangeRequestFactory.create(
        order_id=unconfirmed.id, status=RequestStatus.UNCONFIRMED, amount_company=100, requested_by=world.people[BUYER]
    )
    world.things.dearer = _placed(world)
    OrderLine.objects.filter(pk=world.things.dearer.lines[0].id).update(unit_price=1)
    world.things.approved = _placed(world)
    world.things.overdue = _placed(world)
    Order.objects.filter(pk=world.things.overdue.id).update(lateness=Lateness.LATE)
    world.things.sent = _placed(world)
    world.things.part_sent = _placed(world, 2)
    for placed in (world.things.approved, world.things.sent, world.things.part_sent):
        approve_order(order_id=placed.id, actor=manager, now=now)
    line = world.things.part_sent.lines[0].id
    ship_order(order_id=world.things.part_sent.id, actor=warehouse, now=now, quantities={line: 1})
    world.things.carrier = CarrierFactory.create()
    world.things.part = ship_order(
        order_id=world.things.sent.id, actor=warehouse, now=now, carrier_id=world.things.carrier.pk
    )
    world.things.said = TrackingEventFactory.create(shipment=world.things.part)
    world.things.returned = ReturnedGoodsFactory.create(distributor=world.mine)


def _placed(world: World, quantity: int = 1) -> Any:
    return place_order(
        distributor_id=world.mine.pk,
        actor=world.people[BUYER],
        lines=world.things.api_shop.wishes(quantity),
        now=timezone.now(),
        source=OrderSource.API,
    )


def number_of(name: str) -> Any:
    def args(world: World) -> Mapping[str, Any]:
        row = getattr(world.things, name)
        return {"number": getattr(row, "reference", "") or row.number}

    return args


def pk_of(name: str) -> Any:
    def args(world: World) -> Mapping[str, Any]:
        return {"pk": getattr(world.things, name).pk}

    return args


def _carrier(world: World) -> dict[str, Any]:
    return {"code": world.things.carrier.code}


def _wish(world: World) -> dict[str, Any]:
    lines = [{"product": product.code, "quantity": 1} for product in world.things.api_shop.products]
    return {"distributor": world.mine.code, "lines": lines, "submit": True}


def _lines(world: World) -> dict[str, Any]:
    return {"lines": _wish(world)["lines"]}


def _rule(world: World) -> dict[str, Any]:
    return {"code": world.things.rule.code}


def _new_rule(_world: World) -> dict[str, Any]:
    return {"code": "small", "name": "Small orders", "starts_on": "2026-01-01", "most_amount_company": "500.0000"}


def _reason(_world: World) -> dict[str, Any]:
    return {"reason": "To be looked at"}


def _edit_of(name: str) -> Any:
    def body(world: World) -> dict[str, Any]:
        line = getattr(world.things, name).lines[0].id
        return {"lines": [{"line": line, "quantity": 1 if name == "waiting" else 2}]}

    return body


def _event(_world: World) -> dict[str, Any]:
    return {"external_id": "new", "code": "in_transit", "at": "2026-11-01T08:00:00Z"}


WAITING, APPROVED, SENT, DRAFT, PART = (
    number_of(name) for name in ("waiting", "approved", "sent", "draft_order", "part")
)


def _step(action: str, allowed: Any, args: Any, **more: Any) -> Route:
    return Route(name=f"api:orders-{action}", method="POST", allowed=allowed, hidden=OUTSIDERS, args=args, **more)


ROUTES = [
    Route(name="api:orders-list", allowed=SIGNED_IN),
    Route(name="api:orders-list", method="POST", allowed=BUYERS | FOR_OTHERS, ok=201, body=_wish, also=OUTSIDE),
    Route(name="api:orders-quote", method="POST", allowed=BUYERS | FOR_OTHERS, body=_wish, also=OUTSIDE),
    Route(name="api:orders-availability", method="POST", allowed=BUYERS | FOR_OTHERS, body=_wish, also=OUTSIDE),
    Route(name="api:orders-usual", allowed=OURS, also=dict.fromkeys(BRAND | OUTSIDERS, (400,)) | {"stranger": (200,)}),
    Route(name="api:orders-detail", allowed=SEERS, hidden=OUTSIDERS, args=WAITING),
    Route(name="api:orders-detail", method="PUT", allowed=BUYERS, hidden=NOT_OURS, args=DRAFT, body=_lines),
    Route(name="api:orders-events", allowed=SEERS, hidden=OUTSIDERS, args=WAITING),
    Route(name="api:orders-submit", method="POST", allowed=BUYERS, hidden=NOT_OURS, args=DRAFT),
    _step("copy", BUYERS | FOR_OTHERS, WAITING, ok=201),
    _step("approve", DECIDERS, WAITING),
    _step("change", BUYERS | FOR_OTHERS, WAITING, body=_lines),
    _step("confirm", BUYERS, number_of("above_limit")),
    _step("approve-changed", DECIDERS, WAITING, body=_edit_of("waiting")),
    _step(
        "request-change",
        BUYERS | FOR_OTHERS,
        APPROVED,
        body=lambda world: {**_edit_of("approved")(world), "reason": "More"},
    ),
    _step("ask", DECIDERS, number_of("held"), body=lambda _world: {"text": "Ten times as many?"}),
    _step("answer-question", BUYERS | FOR_OTHERS, number_of("asked"), body=lambda _world: {"text": "A school opens."}),
    _step("decide-prices", DECIDERS, number_of("dearer"), body=lambda _world: {"take_current": False}),
    Route(name="api:orders-changes", allowed=SIGNED_IN),
    Route(name="api:change-requests-list", allowed=SIGNED_IN),
    Route(name="api:change-requests-detail", allowed=SEERS, hidden=OUTSIDERS, args=pk_of("asked_change")),
    *(
        Route(
            name=f"api:change-requests-{verb}",
            method="POST",
            allowed=allowed,
            hidden=OUTSIDERS,
            args=pk_of("asked_change"),
            body=_reason,
        )
        for verb, allowed in (("accept", DECIDERS), ("refuse", DECIDERS), ("withdraw", BUYERS | FOR_OTHERS))
    ),
    Route(
        name="api:change-requests-confirm",
        method="POST",
        allowed=BUYERS,
        hidden=OUTSIDERS,
        args=pk_of("unconfirmed_change"),
    ),
    Route(name="api:approval-rules-list", allowed=SIGNED_IN),
    Route(name="api:approval-rules-list", method="POST", allowed=RULERS, ok=201, body=_new_rule),
    Route(name="api:approval-rules-detail", allowed=BRAND | {IDLE}, hidden=NOT_BRAND, args=_rule),
    Route(
        name="api:approval-rules-detail",
        method="PATCH",
        allowed=RULERS,
        hidden=NOT_BRAND,
        args=_rule,
        body=lambda _world: {"is_active": False},
    ),
    _step("hold", DECIDERS, WAITING, body=_reason),
    _step("release", DECIDERS, number_of("held")),
    _step("reject", DECIDERS, WAITING, body=_reason),
    _step("remind", DECIDERS | BUYERS, number_of("overdue")),
    _step("cancel", DECIDERS | BUYERS, WAITING, body=_reason),
    _step("cancel-rest", DECIDERS, number_of("part_sent"), body=_reason),
    _step("pick", HANDLERS, APPROVED),
    _step("ship", HANDLERS, APPROVED),
    _step("deliver", HANDLERS | {MANAGER}, SENT),
    _step("receive", RECEIVERS, SENT),
    Route(name="api:shipments-list", allowed=SIGNED_IN),
    Route(name="api:shipments-detail", allowed=SEERS, hidden=OUTSIDERS, args=PART),
    Route(name="api:shipments-receive", method="POST", allowed=RECEIVERS, hidden=OUTSIDERS, args=PART),
    Route(name="api:shipments-deliver", method="POST", allowed=HANDLERS | {MANAGER}, hidden=OUTSIDERS, args=PART),
    Route(name="api:shipments-tracking", method="POST", allowed=HANDLERS, hidden=OUTSIDERS, args=PART, body=_event),
    Route(name="api:tracking-events-list", allowed=SIGNED_IN),
    Route(name="api:tracking-events-detail", allowed=SEERS, hidden=OUTSIDERS, args=pk_of("said")),
    Route(name="api:order-templates-list", allowed=SIGNED_IN),
    Route(
        name="api:order-templates-list",
        method="POST",
        allowed=BUYERS | FOR_OTHERS,
        ok=201,
        body=lambda world: {"distributor": world.mine.code, "name": "Weekly", **_lines(world)},
        also=OUTSIDE,
    ),
    Route(name="api:order-templates-detail", allowed=SEERS, hidden=OUTSIDERS, args=pk_of("order_template")),
    *(
        Route(
            name="api:order-templates-detail",
            method=method,
            allowed=BUYERS | FOR_OTHERS,
            hidden=OUTSIDERS,
            ok=ok,
            args=pk_of("order_template"),
            body=lambda world: {"name": "Monthly", **_lines(world)},
        )
        for method, ok in (("PUT", 200), ("DELETE", 204))
    ),
    Route(name="api:order-types-list", allowed=SIGNED_IN),
    Route(name="api:order-types-list", method="POST", allowed={ADMINISTRATOR}, ok=201, body=_new_type),
    Route(name="api:order-types-detail", allowed=SIGNED_IN - {ROLELESS}, hidden={ROLELESS}, args=_sample),
    Route(
        name="api:order-types-detail",
        method="PATCH",
        allowed={ADMINISTRATOR},
        hidden={ROLELESS},
        args=_sample,
        body=lambda _world: {"name": "Samples"},
    ),
    Route(name="api:carriers-list", allowed=SIGNED_IN),
    Route(name="api:carriers-detail", allowed=BRAND | {IDLE}, hidden=NOT_BRAND, args=_carrier),
    Route(name="api:carrier-webhook", method="POST", allowed=(), public=True, args=_carrier, body=_event),
]
