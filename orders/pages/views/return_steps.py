"""The steps of a return that a person takes: decided, sent, received, inspected, closed, given up."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.errors import Problem
from core.ui.actions import ActionView
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from messaging.services.files import Attachment
from orders.pages.return_forms import (
    DecideReturnForm,
    InspectReturnForm,
    PhotoForm,
    ReceiveReturnForm,
    SendReturnForm,
)
from orders.pages.selectors.returns import room_of
from orders.pages.views.returns import way_to_list
from orders.returns.models import Return, ReturnLine
from orders.returns.permissions import (
    can_cancel_return,
    can_close_return,
    can_decide_return,
    can_handle_return,
    can_request_return,
)
from orders.returns.selectors.rules import rule_texts
from orders.returns.services.deciding import authorise_return, cancel_return, close_return, refuse_return
from orders.returns.services.inspecting import inspect_return
from orders.returns.services.moving import receive_return, send_return
from orders.returns.services.photos import add_photo


class OfReturnMixin:
    """A step of one return: its permission is asked of the return, as the service and the button ask it."""

    model = Return
    lookup_field = "number"
    object: Any
    actor: Any

    def prepare(self) -> None:
        super().prepare()  # type: ignore[misc]  # of the page
        if not type(self).permission_required(self.actor, self.object):  # type: ignore[attr-defined]  # of the page
            raise PermissionDenied


class _StepForm(OfReturnMixin, ScopedServiceFormView):
    abstract = True
    related = ("distributor", "company")

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(self.object), url=self.object.get_absolute_url())]

    def take(self, service: Any, **values: Any) -> None:
        service(
            return_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
            **values,
        )

    def lines(self) -> list[ReturnLine]:
        rows = self.object.lines.select_related("order_line__order", "order_line__product")
        return list(rows.order_by("position"))


class AuthoriseReturnView(_StepForm):
    permission_required = can_decide_return
    title = pgettext_lazy("return", "Authorise return")
    form_class = DecideReturnForm
    template_name = "orders/decide_return.html"
    submit_label = pgettext_lazy("return", "Authorise")
    success_message = _("Authorised. The distributor has been notified.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_needed": bool(self.object.broken_rules)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rules=rule_texts(self.object.broken_rules, reader=self.actor),
            room=room_of(distributor_id=self.object.distributor_id),
            **kwargs,
        )

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        self.take(authorise_return, note=form.cleaned_data["note"])
        return super().form_valid(form)


class RefuseReturnView(_StepForm):
    permission_required = can_decide_return
    title = pgettext_lazy("return", "Refuse return")
    form_class = DecideReturnForm
    submit_label = pgettext_lazy("return", "Refuse")
    success_message = _("Refused. The distributor has been notified.")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        self.take(refuse_return, note=form.cleaned_data["note"])
        return super().form_valid(form)


class SendReturnView(_StepForm):
    permission_required = can_request_return
    title = pgettext_lazy("return", "Goods sent")
    form_class = SendReturnForm
    submit_label = _("Goods sent")
    success_message = _("Saved. The warehouse expects the goods.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.actor}

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        carrier = form.cleaned_data.get("carrier")
        number = form.cleaned_data["tracking_number"]
        self.take(send_return, carrier_id=carrier and carrier.pk, tracking_number=number)
        return super().form_valid(form)


class ReceiveReturnView(_StepForm):
    permission_required = can_handle_return
    title = pgettext_lazy("return", "Receive goods")
    form_class = ReceiveReturnForm
    template_name = "orders/receive_return.html"
    submit_label = _("Receive")
    success_message = _("Goods received. Next, inspect them.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "lines": self.lines(), "actor": self.actor}

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        came: Any = form
        self.take(receive_return, warehouse_id=form.cleaned_data["warehouse"].pk, pieces=came.pieces())
        return super().form_valid(form)

    def get_field_name(self, problem: Problem) -> str | None:
        path = problem.field.split(".")
        return f"line-{path[1]}" if len(path) > 1 else problem.field or None


class InspectReturnView(_StepForm):
    permission_required = can_handle_return
    title = pgettext_lazy("return", "Inspect goods")
    form_class = InspectReturnForm
    template_name = "orders/inspect_return.html"
    submit_label = _("Finish inspection")
    success_message = _("Inspected. What was accepted is to be credited.")

    def get_form_kwargs(self) -> dict[str, Any]:
        lines = [line for line in self.lines() if line.arrived]
        return {**super().get_form_kwargs(), "lines": lines, "actor": self.actor}

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        said: Any = form
        self.said = said
        self.take(inspect_return, goods=said.goods())
        return super().form_valid(form)

    def get_field_name(self, problem: Problem) -> str | None:
        found: str | None = self.said.field_of(problem.field)
        return found


class AddPhotoView(_StepForm):
    permission_required = can_request_return
    title = _("Add photo")
    form_class = PhotoForm
    submit_label = _("Add photo")
    success_message = _("Photo added.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "lines": self.lines()}

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        data = form.cleaned_data
        self.take(add_photo, position=int(data["line"]), photo=Attachment.of(data["photo"]))
        return super().form_valid(form)


class _ReturnAction(OfReturnMixin, ActionView):
    abstract = True

    def take(self, service: Any) -> None:
        service(
            return_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )


class CloseReturnView(_ReturnAction):
    permission_required = can_close_return
    success_message = _("Return closed.")

    def perform(self) -> None:
        self.take(close_return)


class CancelReturnView(_ReturnAction):
    permission_required = can_cancel_return
    success_message = _("Return cancelled.")

    def perform(self) -> None:
        self.take(cancel_return)
