"""Who may open which page of orders, and who may press what there."""

from django.utils import timezone

from accounts.models import User
from orders.changes.enums import RequestStatus
from orders.changes.services.hold_questions import ask_about_hold
from orders.changes.services.requests import RequestedLine, request_change
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order
from orders.ordering.enums import OrderAction
from orders.ordering.services.approval import approve_order
from orders.ordering.services.holds import place_hold
from orders.ordering.services.placing import PlacedOrder, place_order
from orders.ordering.services.templates import TemplateLine, create_template
from tests.access.table import (
    ADMINISTRATOR,
    BUYER,
    DIRECTOR,
    IDLE,
    KEEPER,
    MANAGER,
    OUTSIDERS,
    OWNER,
    SEERS,
    SIGNED_IN,
    STRANGER,
    WAREHOUSE,
    Route,
)
from tests.access.world import World
from tests.factories.orders import ApprovalRuleFactory, ChangeRequestFactory, Shop, shop

DECIDERS = frozenset({ADMINISTRATOR, DIRECTOR, MANAGER})
HANDLERS = frozenset({ADMINISTRATOR, WAREHOUSE})
BUYERS = frozenset({OWNER, BUYER})
ORDERING = BUYERS | {STRANGER}
FOR_OTHERS = frozenset({MANAGER, DIRECTOR, IDLE})
"""Who orders on behalf of others is sent to choose first for whom."""
ENTRY_PAGES = (
    "entry",
    "entry-catalogue",
    "entry-again",
    "entry-upload",
    "entry-lock",
    "entry-templates",
    "entry-upload-template",
)
ENTRY_CHANGES = (
    "entry-add",
    "entry-paste",
    "entry-set",
    "entry-gift",
    "entry-correct",
    "entry-remarks",
    "entry-confirm",
    "entry-take-over",
    "entry-template-save",
    "entry-favourite",
    "entry-details",
    "entry-discard",
    "entry-place",
)


def build(world: World) -> None:
    """An order that waits, one that is approved, and one that is on its way."""
    place = shop(distributor=world.mine)
    buyer, manager, warehouse = (world.people[role] for role in (BUYER, MANAGER, WAREHOUSE))
    world.things.waiting_page = _place(place, buyer)
    line = TemplateLine(place.products[0].pk, "", 2)
    world.things.template_page = create_template(
        distributor_id=world.mine.pk, actor=buyer, name="Weekly template", lines=[line]
    )
    world.things.held_page = _place(place, buyer)
    place_hold(order_id=world.things.held_page.id, actor=manager, reason="待核对", now=timezone.now())
    Order.objects.filter(pk=_place(place, buyer).id).update(group_number="OG1", group_position=1)
    world.things.approved_page = _approved(_place(place, buyer), manager)
    world.things.rule_page = ApprovalRuleFactory.create()
    world.things.requested_page = _approved(_place(place, buyer), manager)
    request_change(
        order_id=world.things.requested_page.id,
        actor=buyer,
        lines=[RequestedLine(line_id=world.things.requested_page.lines[0].id, quantity=4)],
        reason="The shop is closed.",
        now=timezone.now(),
    )
    world.things.unconfirmed_page = _approved(_place(place, buyer), manager)
    ChangeRequestFactory.create(
        order_id=world.things.unconfirmed_page.id,
        status=RequestStatus.UNCONFIRMED,
        amount_company=100,
        requested_by=buyer,
    )
    world.things.asked_page = _place(place, buyer)
    place_hold(order_id=world.things.asked_page.id, actor=manager, reason="数量待确认", now=timezone.now())
    ask_about_hold(order_id=world.things.asked_page.id, actor=manager, text="Ten times as many?", now=timezone.now())
    world.things.part_page = _approved(_place(place, buyer), manager)
    line = world.things.part_page.lines[0].id
    ship_order(order_id=world.things.part_page.id, actor=warehouse, now=timezone.now(), quantities={line: 1})
    sent = _approved(_place(place, buyer), manager)
    world.things.sent_page = sent
    world.things.shipment_page = ship_order(order_id=sent.id, actor=warehouse, now=timezone.now())


def _place(place: Shop, buyer: User) -> PlacedOrder:
    return place_order(distributor_id=place.distributor.pk, actor=buyer, lines=place.wishes(5), now=timezone.now())


def _approved(order: PlacedOrder, manager: User) -> PlacedOrder:
    approve_order(order_id=order.id, actor=manager, now=timezone.now())
    return order


def _unconfirmed(world: World) -> dict[str, object]:
    return {"number": world.things.unconfirmed_page.number}


def _waiting(world: World) -> dict[str, object]:
    return {"number": world.things.waiting_page.number}


def _approved_one(world: World) -> dict[str, object]:
    return {"number": world.things.approved_page.number}


def _sent(world: World) -> dict[str, object]:
    return {"number": world.things.sent_page.number}


def _shipment(world: World) -> dict[str, object]:
    return {"number": world.things.shipment_page.number}


def _why(world: World) -> dict[str, object]:
    return {"version": world.things.waiting_page.version, "reason": "An invoice is open."}


def _held(world: World) -> dict[str, object]:
    return {"number": world.things.held_page.number}


def _why_it_may(world: World) -> dict[str, object]:
    return {"version": world.things.held_page.version + 1, "reason": "A new store."}


def _rule(world: World) -> dict[str, object]:
    return {"code": world.things.rule_page.code}


def _rule_of(code: str) -> object:
    values = {"code": code, "name": "Small orders", "position": 5, "starts_on": "2026-01-01"}
    return lambda _world: {name: value for name, value in values.items() if value}


def _requested(world: World) -> dict[str, object]:
    return {"number": world.things.requested_page.number}


def _asked(world: World) -> dict[str, object]:
    return {"number": world.things.asked_page.number}


def _why_not(_world: World) -> dict[str, object]:
    return {"reason": "It is packed already."}


def _changed(world: World) -> dict[str, object]:
    order = world.things.waiting_page
    return {"version": order.version} | {f"quantity-{line.id}": 6 for line in order.lines}


def _struck(world: World) -> dict[str, object]:
    order = world.things.waiting_page
    return {"version": order.version} | {
        f"{name}-{line.id}": value for line in order.lines for name, value in (("quantity", 4), ("reason", "Allocated"))
    }


def _wished(world: World) -> dict[str, object]:
    order = world.things.approved_page
    return {"version": order.version + 1, "reason": "Closed"} | {f"quantity-{line.id}": 4 for line in order.lines}


def _part_sent(world: World) -> dict[str, object]:
    return {"number": world.things.part_page.number}


def _why_the_rest(world: World) -> dict[str, object]:
    return {"version": world.things.part_page.version + 2, "reason": "It is made no more."}


def _parcel(world: World) -> dict[str, object]:
    order = world.things.approved_page
    return {"version": order.version + 1} | {f"quantity-{line.id}": 1 for line in order.lines}


def _arrived(world: World) -> dict[str, object]:
    lines = world.things.shipment_page.lines.all()
    return {"version": world.things.sent_page.version + 2} | {f"quantity-{line.pk}": line.quantity for line in lines}


def _form(name: str, allowed: frozenset[str], hidden: frozenset[str], args: object, body: object) -> list[Route]:
    shared = {"name": f"orders:{name}", "allowed": allowed, "hidden": hidden, "args": args}
    return [Route(**shared), Route(**shared, method="POST", ok=302, body=body)]


ROUTES = [
    Route(name="orders:list", allowed=SIGNED_IN),
    Route(name="orders:types", allowed={ADMINISTRATOR}),
    Route(name="orders:type-new", allowed={ADMINISTRATOR}),
    Route(
        name="orders:type-new",
        method="POST",
        allowed={ADMINISTRATOR},
        ok=302,
        body=lambda _world: {"code": "trial", "name": "Trial", "position": 9},
    ),
    Route(name="orders:type-change", allowed={ADMINISTRATOR}, args=lambda _world: {"code": "sample"}),
    Route(
        name="orders:type-change",
        method="POST",
        allowed={ADMINISTRATOR},
        ok=302,
        args=lambda _world: {"code": "sample"},
        body=lambda _world: {"name": "Sample", "position": 9},
    ),
    Route(
        name="orders:approve-ticked",
        method="POST",
        allowed=DECIDERS | {IDLE, OWNER, STRANGER},
        ok=302,
        body=lambda world: {"ids": [world.things.waiting_page.id], "confirmed": "1"},
    ),
    *(Route(name=f"orders:{name}", allowed=ORDERING | FOR_OTHERS, ok=(200, 302)) for name in ENTRY_PAGES),
    *(Route(name=f"orders:{name}", method="POST", allowed=ORDERING | FOR_OTHERS, ok=302) for name in ENTRY_CHANGES),
    Route(name="orders:entry-suggest", allowed=ORDERING, hidden=FOR_OTHERS),
    Route(name="orders:entry-take-upload", method="POST", allowed=ORDERING | FOR_OTHERS, ok=(400, 302)),
    *(
        Route(
            name=f"orders:{name}",
            method=method,
            allowed=BUYERS | FOR_OTHERS,
            hidden={STRANGER},
            ok=(ok, 302),
            args=lambda world: {"pk": world.things.template_page.pk},
        )
        for name, method, ok in (
            ("entry-template", "GET", 200),
            ("entry-template", "POST", 302),
            ("entry-template-remove", "POST", 302),
        )
    ),
    Route(
        name="orders:entry-family",
        allowed=BUYERS | FOR_OTHERS,
        hidden={STRANGER},
        ok=(200, 302),
        args=lambda world: {"code": world.things.family.code},
    ),
    *(
        Route(
            name="orders:entry-again-order",
            method=method,
            allowed=BUYERS | FOR_OTHERS,
            hidden={STRANGER},
            ok=(200, 302),
            args=_waiting,
        )
        for method in ("GET", "POST")
    ),
    Route(name="orders:order", allowed=SEERS, hidden=OUTSIDERS, args=_waiting),
    Route(name="orders:group", allowed=SEERS, hidden=OUTSIDERS, args=lambda _world: {"group": "OG1"}),
    Route(
        name="orders:order-again",
        method="POST",
        allowed=BUYERS | {MANAGER, DIRECTOR},
        hidden={STRANGER, IDLE},
        ok=302,
        args=_waiting,
    ),
    Route(
        name="orders:act",
        method="POST",
        allowed=DECIDERS,
        hidden=OUTSIDERS,
        ok=302,
        args=lambda world: {**_waiting(world), "action": OrderAction.APPROVE.value},
    ),
    Route(
        name="orders:deliver-shipment",
        method="POST",
        allowed=HANDLERS | {MANAGER},
        hidden=OUTSIDERS,
        ok=302,
        args=_shipment,
    ),
    *_form("hold", DECIDERS, frozenset({IDLE, STRANGER}), _waiting, _why),
    *_form("release", DECIDERS, frozenset({IDLE, STRANGER}), _held, _why_it_may),
    Route(name="orders:approval-rules", allowed={ADMINISTRATOR, DIRECTOR}),
    Route(name="orders:approval-rule-new", allowed={ADMINISTRATOR, DIRECTOR}),
    Route(
        name="orders:approval-rule-new",
        method="POST",
        allowed={ADMINISTRATOR, DIRECTOR},
        ok=302,
        body=_rule_of("small"),
    ),
    Route(name="orders:approval-rule", allowed={ADMINISTRATOR, DIRECTOR}, args=_rule),
    Route(
        name="orders:approval-rule",
        method="POST",
        allowed={ADMINISTRATOR, DIRECTOR},
        ok=302,
        args=_rule,
        body=_rule_of(""),
    ),
    *_form("change", BUYERS | {MANAGER, DIRECTOR}, frozenset({STRANGER, IDLE}), _waiting, _changed),
    *_form("approve-changed", DECIDERS, frozenset({IDLE, STRANGER}), _waiting, _struck),
    *_form("request-change", BUYERS | {MANAGER, DIRECTOR}, frozenset({STRANGER, IDLE}), _approved_one, _wished),
    Route(
        name="orders:confirm-request",
        method="POST",
        allowed=BUYERS,
        hidden={IDLE, STRANGER},
        ok=302,
        args=_unconfirmed,
    ),
    Route(
        name="orders:accept-request",
        method="POST",
        allowed=DECIDERS,
        hidden={IDLE, STRANGER},
        ok=302,
        args=_requested,
    ),
    Route(
        name="orders:withdraw-request",
        method="POST",
        allowed=BUYERS | {MANAGER, DIRECTOR},
        hidden={STRANGER, IDLE},
        ok=302,
        args=_requested,
    ),
    *_form("refuse-request", DECIDERS, frozenset({IDLE, STRANGER}), _requested, _why_not),
    *_form("ask", DECIDERS, frozenset({IDLE, STRANGER}), _held, lambda _world: {"text": "Ten times as many?"}),
    *_form(
        "answer",
        BUYERS | {MANAGER, DIRECTOR},
        frozenset({STRANGER, IDLE}),
        _asked,
        lambda _world: {"text": "A school opens."},
    ),
    Route(name="orders:other-prices", allowed=DECIDERS | {IDLE}),
    Route(
        name="orders:decide-prices",
        method="POST",
        allowed=DECIDERS | {IDLE},
        ok=302,
        body=lambda world: {"ids": [world.things.waiting_page.id], "choice": "keep"},
    ),
    *_form("cancel", DECIDERS | BUYERS, frozenset({IDLE, STRANGER}), _waiting, _why),
    *_form("reject", DECIDERS, frozenset({IDLE, STRANGER}), _waiting, _why),
    *_form("cancel-rest", DECIDERS, frozenset({IDLE, STRANGER}), _part_sent, _why_the_rest),
    *_form("ship", HANDLERS, frozenset({STRANGER}), _approved_one, _parcel),
    *_form("receive", frozenset({OWNER, KEEPER}), frozenset({STRANGER}), _sent, _arrived),
]
