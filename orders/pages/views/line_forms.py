"""What is changed of an order's lines: by the buyer before the approval, by request after it, by the approver."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from core.errors import Message, Problem
from orders.changes.services.requests import request_change
from orders.ordering.models import OrderLine
from orders.ordering.services.approval import approve_order
from orders.ordering.services.changing import change_order
from orders.pages.line_forms import ApproveChangedForm, ChangeForm, LineForm, RequestChangeForm
from orders.pages.selectors.order_lines import lines_of
from orders.pages.views.step_forms import StepForm
from orders.permissions import can_change, can_decide, can_request_change


class LineFormView(StepForm):
    """A form with a row a line."""

    abstract = True
    template_name = "orders/line_form.html"
    back_label = gettext_lazy("Back to the order")
    intro: ClassVar[Message] = ""

    def lines(self) -> list[OrderLine]:
        """Gifts follow the line that earned them."""
        lines = lines_of(order_id=self.order.pk)
        return [line for line in lines if line.ordered > line.cancelled and line.gift_of_id is None]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "order": self.order, "lines": self.lines()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(intro=self.intro, **kwargs)

    def field_ends(self, form: LineForm) -> list[str]:
        """The ends of the names of the fields of the lines that were sent, in their order."""
        return [str(line.pk) for line in form.lines]

    def form_refused(self, form: Any, error: Any) -> HttpResponse:
        self.ends = self.field_ends(form)
        return super().form_refused(form, error)

    def get_field_name(self, problem: Problem) -> str | None:
        head, _dot, rest = problem.field.partition(".")
        number, _dot, name = rest.partition(".")
        if head != "lines" or not number.isdecimal():
            return problem.field or None
        end = self.ends[int(number)]
        names = {"product": "product" if end.startswith("new") else "quantity", "agreed_unit_price": "quantity"}
        names |= {"wanted_on": "wanted", "line": "quantity"}
        return f"{names.get(name, name)}-{end}"


class ChangeOrder(LineFormView):
    """The buyer changes what is not approved yet."""

    permission_required = can_change
    form_class = ChangeForm
    heading = gettext_lazy("Change order %(number)s")
    submit_label = gettext_lazy("Save the change")
    success_message = gettext_lazy("The order is changed.")
    intro = gettext_lazy("Set a quantity to 0 to take a line out. The order is checked and priced again.")

    def field_ends(self, form: LineForm) -> list[str]:
        sent: ChangeForm = form  # type: ignore[assignment]  # get_form makes form_class
        return [end for end, _line in sent.sent()]

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        sent: ChangeForm = form  # type: ignore[assignment]  # get_form makes form_class
        self.call(
            change_order,
            order_id=self.order.pk,
            lines=[line for _end, line in sent.sent()],
            details=sent.details(),
            accept_prices=sent.cleaned_data["accept_prices"],
        )
        return super().form_valid(form)


class ApproveChanged(LineFormView):
    """The approver leaves less of some lines, with a reason for each, and approves the rest."""

    permission_required = can_decide
    form_class = ApproveChangedForm
    heading = gettext_lazy("Approve order %(number)s with changes")
    submit_label = gettext_lazy("Approve with changes")
    success_message = gettext_lazy("The order is approved with your changes.")
    intro = gettext_lazy("0 strikes a line. The distributor reads every reason.")

    def lines(self) -> list[OrderLine]:
        """With the gifts: an approver may leave one out."""
        return [line for line in lines_of(order_id=self.order.pk) if line.ordered > line.cancelled]

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        sent: ApproveChangedForm = form  # type: ignore[assignment]  # get_form makes form_class
        self.call(approve_order, order_id=self.order.pk, edits=sent.edits())
        return super().form_valid(form)


class RequestChange(LineFormView):
    """The buyer asks for a change of what is approved."""

    permission_required = can_request_change
    form_class = RequestChangeForm
    heading = gettext_lazy("Request a change of order %(number)s")
    submit_label = gettext_lazy("Send the request")
    success_message = gettext_lazy("The request is sent. You are notified when it is decided.")
    intro = gettext_lazy("Less is cancelled in the order; more is added at today's price. The seller decides.")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        sent: RequestChangeForm = form  # type: ignore[assignment]  # get_form makes form_class
        self.call(
            request_change,
            order_id=self.order.pk,
            lines=sent.requested(),
            reason=sent.cleaned_data["reason"],
        )
        return super().form_valid(form)
