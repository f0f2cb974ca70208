"""The steps of an order that change its lines, over the API."""

from dataclasses import replace

from rest_framework.request import Request
from rest_framework.response import Response

from orders.changes.enums import PriceChoice
from orders.changes.services.hold_questions import answer_about_hold, ask_about_hold
from orders.changes.services.prices import decide_prices
from orders.changes.services.requests import RequestedLine, request_change
from orders.ordering.serializers import lines_of
from orders.ordering.services.approval import approve_order
from orders.ordering.services.changing import OrderDetails, change_order
from orders.ordering.services.holds import confirm_order
from orders.ordering.services.line_changes import LineEdit
from orders.pages.api.steps import OrderSteps, step
from orders.pages.serializers.changes import PriceChoiceInput, TextInput
from orders.pages.serializers.steps import ApproveChangedInput, ChangeInput, RequestChangeInput


class LineSteps(OrderSteps):
    """The part of the orders' view set that changes lines."""

    abstract = True

    @step("Change an order that is not approved yet", ChangeInput)
    def change(self, _request: Request, **_kwargs: str) -> Response:
        data = self.parse(ChangeInput)
        order = self.get_object()
        names = OrderDetails.__dataclass_fields__.keys()
        stored = OrderDetails(**{name: getattr(order, name) for name in names})
        change_order(
            **self.step_arguments(order.pk),
            lines=lines_of(data["lines"]),
            details=replace(stored, **{name: data[name] for name in names if name in data}),
            accept_prices=data["accept_prices"],
            agreed_total=data["agreed_total"],
        )
        return self.answer(order.pk)

    @step("Confirm an order above the limit of its buyer, for the distributor")
    def confirm(self, _request: Request, number: str) -> Response:
        return self.take(number, confirm_order)

    @step("Approve, leaving less of some lines", ApproveChangedInput)
    def approve_changed(self, _request: Request, number: str) -> Response:
        lines = self.parse(ApproveChangedInput)["lines"]
        order_id = self.order_id(number)
        edits = [LineEdit(line_id=one["line"], quantity=one["quantity"], reason=one["reason"]) for one in lines]
        approve_order(**self.step_arguments(order_id), edits=edits)
        return self.answer(order_id)

    @step("Request a change of an approved order", RequestChangeInput)
    def request_change(self, _request: Request, number: str) -> Response:
        data = self.parse(RequestChangeInput)
        order_id = self.order_id(number)
        asked = [
            RequestedLine(line_id=one["line"], quantity=one["quantity"], wanted_on=one["wanted_on"])
            for one in data["lines"]
        ]
        request_change(**self.step_arguments(order_id), lines=asked, reason=data["reason"])
        return self.answer(order_id)

    @step("Ask the distributor about a hold", TextInput)
    def ask(self, _request: Request, number: str) -> Response:
        text = self.parse(TextInput)["text"]
        order_id = self.order_id(number)
        ask_about_hold(**self.step_arguments(order_id), text=text)
        return self.answer(order_id)

    @step("Answer the question about a hold", TextInput)
    def answer_question(self, _request: Request, number: str) -> Response:
        text = self.parse(TextInput)["text"]
        order_id = self.order_id(number)
        answer_about_hold(**self.step_arguments(order_id), text=text)
        return self.answer(order_id)

    @step("Decide about prices that are not those of today", PriceChoiceInput)
    def decide_prices(self, _request: Request, number: str) -> Response:
        take = self.parse(PriceChoiceInput)["take_current"]
        order_id = self.order_id(number)
        decide_prices(**self.step_arguments(order_id), choice=PriceChoice.REPRICE if take else PriceChoice.KEEP)
        return self.answer(order_id)
