"""The steps of an order as addresses: each calls the service of its verb and answers with the order as it is then."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Protocol, TypeVar, cast

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from catalogue.selectors import find_by_code, unit_codes
from core.actors import Actor
from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import InvalidInput
from inventory.models import Warehouse
from orders.entry.lines import copy_order
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.models import Carrier
from orders.fulfilment.services.cancelling import cancel_rest
from orders.fulfilment.services.delivering import deliver_order
from orders.fulfilment.services.lots import choose_lots
from orders.fulfilment.services.receiving import receive_order
from orders.fulfilment.services.shipping import ChosenPieces, ship_order, start_picking
from orders.ordering.enums import OrderSource
from orders.ordering.models import Order
from orders.ordering.selectors.draft_lines import LineKey
from orders.ordering.serializers import PlacedOrderSerializer, SubmitInput, placed_body
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order, reject_order
from orders.ordering.services.credit_release import release_credit
from orders.ordering.services.holds import lift_holds, place_hold
from orders.ordering.services.submission import submit_order
from orders.pages.serializers.lots import ChooseLotsInput, NotBoundSerializer
from orders.pages.serializers.orders import OrderDetailSerializer
from orders.pages.serializers.steps import (
    CancelInput,
    PromiseInput,
    ReasonInput,
    ReleaseCreditInput,
    ReleaseInput,
    ShipInput,
)
from orders.tracking.services.promises import change_promise
from orders.tracking.services.reminding import remind_of_order

_NUMBER = OpenApiParameter(
    "number", str, OpenApiParameter.PATH, description="The order's number, or `draft-` and the id of a draft."
)


class OrderStep(Protocol):
    """A service that takes an order one step on."""

    def __call__(self, *, order_id: int, actor: Actor, now: datetime, expected_version: int | None) -> object: ...


Method = TypeVar("Method", bound=Callable[..., Response])


def step(summary: str, request: Any = None, responses: Any = OrderDetailSerializer) -> Callable[[Method], Method]:
    """One POST on an order, described."""

    def described(method: Method) -> Method:
        schema = extend_schema(summary=summary, request=request, responses=responses, parameters=[_NUMBER])
        return cast(
            "Method", schema(action(detail=True, methods=["post"], pagination_class=None)(method))
        )  # the description goes on top

    return described


class OrderSteps(ScopedReadOnlyViewSet):
    """The half of the orders' view set that moves orders on."""

    abstract = True

    def order_id(self, number: str) -> int:
        """The order of that number where the person may see it, else 404."""
        found = Order.objects.visible_to(self.actor).named(number)
        pk = found.values_list("pk", flat=True).first()
        if pk is None:
            raise NotFound
        return int(pk)

    def get_object(self) -> Order:
        order: Order | None = self.get_queryset().named(self.kwargs["number"]).first()  # type: ignore[attr-defined]  # of orders
        if order is None:
            raise NotFound
        return order

    def take(self, number: str, service: OrderStep) -> Response:
        order_id = self.order_id(number)
        service(**self.step_arguments(order_id))
        return self.answer(order_id)

    def step_arguments(self, order_id: int) -> dict[str, Any]:
        return {
            "order_id": order_id,
            "actor": self.actor,
            "now": timezone.now(),
            "expected_version": self.expected_version(),
        }

    @step("Place a draft", SubmitInput, responses=PlacedOrderSerializer)
    def submit(self, _request: Request, **_kwargs: str) -> Response:
        data = self.parse(SubmitInput)
        draft = self.get_object()
        placed = submit_order(
            **self.step_arguments(draft.pk),
            source=OrderSource.API,
            agreed_total=data["agreed_total"],
            agreed_prices=_agreed_prices(draft.distributor_id, data["agreed_prices"]),
        )
        return Response(placed_body(placed), headers={"ETag": f'"{placed.version}"'})

    @step("Start a draft with the same products and quantities", responses={201: OrderDetailSerializer})
    def copy(self, _request: Request, number: str) -> Response:
        draft = copy_order(order_id=self.order_id(number), actor=self.actor, now=timezone.now())
        return self.answer(draft.pk, status=HTTPStatus.CREATED)

    @step("Approve")
    def approve(self, _request: Request, number: str) -> Response:
        return self.take(number, approve_order)

    @step("Reject", ReasonInput)
    def reject(self, _request: Request, number: str) -> Response:
        reason = self.parse(ReasonInput)["reason"]
        order_id = self.order_id(number)
        reject_order(**self.step_arguments(order_id), reason=reason)
        return self.answer(order_id)

    @step("Remind who acts next on a late order")
    def remind(self, _request: Request, number: str) -> Response:
        return self.take(number, remind_of_order)

    @step("Name another promised day, with the reason that the distributor reads", PromiseInput)
    def promise(self, _request: Request, number: str) -> Response:
        data = self.parse(PromiseInput)
        order_id = self.order_id(number)
        change_promise(**self.step_arguments(order_id), **data)
        return self.answer(order_id)

    @step("Put on hold", ReasonInput)
    def hold(self, _request: Request, number: str) -> Response:
        reason = self.parse(ReasonInput)["reason"]
        order_id = self.order_id(number)
        place_hold(**self.step_arguments(order_id), reason=reason)
        return self.answer(order_id)

    @step("Release from hold", ReleaseInput)
    def release(self, _request: Request, number: str) -> Response:
        reason = self.parse(ReleaseInput)["reason"]
        order_id = self.order_id(number)
        lift_holds(**self.step_arguments(order_id), reason=reason)
        return self.answer(order_id)

    @step("Release over the credit limit", ReleaseCreditInput)
    def release_credit(self, _request: Request, number: str) -> Response:
        data = self.parse(ReleaseCreditInput)
        order_id = self.order_id(number)
        release_credit(**self.step_arguments(order_id), **data)
        return self.answer(order_id)

    @step("Cancel", CancelInput)
    def cancel(self, _request: Request, number: str) -> Response:
        reason = self.parse(CancelInput)["reason"]
        order_id = self.order_id(number)
        cancel_order(**self.step_arguments(order_id), reason=reason)
        return self.answer(order_id)

    @step("Cancel what has not left", ReasonInput)
    def cancel_rest(self, _request: Request, number: str) -> Response:
        reason = self.parse(ReasonInput)["reason"]
        order_id = self.order_id(number)
        cancel_rest(**self.step_arguments(order_id), reason=reason)
        return self.answer(order_id)

    @step("Choose the lots of an order's lines", ChooseLotsInput, responses=NotBoundSerializer(many=True))
    def lots(self, _request: Request, number: str) -> Response:
        """Answers with the pieces that have no lot, by line, and why."""
        picks: dict[int, dict[int, int]] = {}
        for row in self.parse(ChooseLotsInput)["lots"]:
            picks.setdefault(row["line"], {})[row["lot"]] = row["pieces"]
        missing = choose_lots(**self.step_arguments(self.order_id(number)), picks=picks)
        return Response(NotBoundSerializer(missing, many=True).data)

    @step("Start picking")
    def pick(self, _request: Request, number: str) -> Response:
        return self.take(number, start_picking)

    @step("Ship all that is left, or a part", ShipInput)
    def ship(self, _request: Request, number: str) -> Response:
        data = self.parse(ShipInput)
        order_id = self.order_id(number)
        lines = data.get("lines")
        ship_order(
            **self.step_arguments(order_id),
            quantities=None if lines is None else {line["line"]: line["quantity"] for line in lines},
            warehouse_id=_warehouse_id(data["warehouse"], self.actor),
            chosen=ChosenPieces(
                lots=_lots_of(lines or []), serials={row["line"]: row["serials"] for row in data["serials"]}
            ),
            carrier_id=_carrier_id(data["carrier"], self.actor),
            tracking_number=data["tracking_number"],
            expected_on=data["expected_on"],
        )
        return self.answer(order_id)

    @step("Mark everything on its way as delivered")
    def deliver(self, _request: Request, number: str) -> Response:
        return self.take(number, deliver_order)

    @step("Confirm that everything came whole")
    def receive(self, _request: Request, number: str) -> Response:
        return self.take(number, receive_order)


def _agreed_prices(distributor_id: int, lines: list[dict[str, Any]]) -> dict[LineKey, Decimal]:
    """What the caller saw, by product and unit."""
    if not lines:
        return {}
    meant = find_by_code([line["product"] for line in lines], distributor_id=distributor_id)
    for number, line in enumerate(lines):
        if line["product"] not in meant:
            message = _("Unknown product “%(code)s”.") % {"code": line["product"]}
            raise InvalidInput(message, code="unknown_product", field=f"agreed_prices.{number}.product")
    units = unit_codes([(meant[line["product"]], line["unit"]) for line in lines])
    return {
        LineKey(meant[line["product"]].product_id, unit): line["unit_price"]
        for line, unit in zip(lines, units, strict=True)
    }


def _lots_of(lines: list[dict[str, Any]]) -> dict[int, dict[int, int]]:
    """Pieces by lot of the lines that name them."""
    return {line["line"]: {one["lot"]: one["pieces"] for one in line["lots"]} for line in lines if line["lots"]}


def _warehouse_id(code: str | None, user: User) -> int | None:
    if code is None:
        return None
    pk = Warehouse.objects.visible_to(user).filter(code=code).values_list("pk", flat=True).first()
    if pk is None:
        raise ShipmentRefused(_("Unknown warehouse."), code="unknown", field="warehouse")
    return int(pk)


def _carrier_id(code: str | None, user: User) -> int | None:
    if code is None:
        return None
    pk = Carrier.objects.visible_to(user).filter(code=code).values_list("pk", flat=True).first()
    if pk is None:
        raise ShipmentRefused(_("This carrier is not in use."), code="unknown", field="carrier")
    return int(pk)
