"""What is done with a requested change, and with a question about a hold."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.actors import Actor
from core.errors import Message
from core.ui.actions import ActionView
from orders.changes.models import ChangeRequest
from orders.changes.permissions import can_confirm_request, can_refuse_request
from orders.changes.selectors.hold_questions import questions_of
from orders.changes.selectors.requests import open_request_of
from orders.changes.services.hold_questions import answer_about_hold, ask_about_hold
from orders.changes.services.requests import accept_request, confirm_request, refuse_request, withdraw_request
from orders.ordering.models import Order
from orders.pages.forms import AnswerForm, QuestionForm, RefuseForm
from orders.pages.views.named import OrderStepMixin
from orders.pages.views.step_forms import StepForm
from orders.permissions import can_decide, can_order, can_request_change


class OpenRequestMixin(OrderStepMixin):
    """Of an order with a change to be decided."""

    @property
    def change_request(self) -> ChangeRequest:
        found: ChangeRequest | None = (
            ChangeRequest.objects.visible_to(self.actor).open().filter(order=self.object).first()
        )
        if found is None:
            raise Http404
        return found


def may_confirm(actor: Actor, order: Order | None = None) -> bool:
    """Of the open change of the order, where there is one."""
    request = None if order is None else open_request_of(order_id=order.pk)
    return can_order(actor) if request is None else can_confirm_request(actor, request)


def may_refuse(actor: Actor, order: Order | None = None) -> bool:
    """Of the open change of the order, where there is one."""
    request = None if order is None else open_request_of(order_id=order.pk)
    return can_decide(actor) or can_order(actor) if request is None else can_refuse_request(actor, request)


class ConfirmRequest(OpenRequestMixin, ActionView):
    """Let the seller decide about a change above the limit of who asks for it."""

    permission_required = may_confirm
    success_message = gettext_lazy("The requested change is confirmed: now the seller decides.")

    def perform(self) -> Message | None:
        confirm_request(
            request_id=self.change_request.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return None


class AcceptRequest(OpenRequestMixin, ActionView):
    """Do what is asked for."""

    permission_required = can_decide
    success_message = gettext_lazy("The requested change is accepted.")

    def perform(self) -> Message | None:
        accept_request(
            request_id=self.change_request.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return None


class WithdrawRequest(OpenRequestMixin, ActionView):
    """Take the request back."""

    permission_required = can_request_change
    success_message = gettext_lazy("The request is withdrawn.")

    def perform(self) -> Message | None:
        withdraw_request(
            request_id=self.change_request.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return None


class RefuseRequest(OpenRequestMixin, StepForm):
    """Leave the order as it is, with a reason."""

    permission_required = may_refuse
    form_class = RefuseForm
    heading = gettext_lazy("Refuse the requested change of order %(number)s")
    submit_label = gettext_lazy("Refuse the change")
    back_label = gettext_lazy("Back to the order")
    success_message = gettext_lazy("The requested change is refused.")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        refuse_request(
            request_id=self.change_request.pk,
            actor=self.actor,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
        return super().form_valid(form)


class Ask(StepForm):
    """Ask the distributor about the hold."""

    permission_required = can_decide
    form_class = QuestionForm
    heading = gettext_lazy("Ask about the hold of order %(number)s")
    submit_label = gettext_lazy("Send the question")
    back_label = gettext_lazy("Back to the order")
    success_message = gettext_lazy("The question is sent.")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        self.call(ask_about_hold, order_id=self.order.pk, text=form.cleaned_data["text"])
        return super().form_valid(form)


class Answer(StepForm):
    """Answer what was asked about the hold."""

    permission_required = can_request_change
    form_class = AnswerForm
    heading = gettext_lazy("Answer the question about order %(number)s")
    submit_label = gettext_lazy("Send the answer")
    back_label = gettext_lazy("Back to the order")
    success_message = gettext_lazy("The answer is sent.")

    def get_form_kwargs(self) -> dict[str, Any]:
        open_ones = [one for one in questions_of(order_id=self.order.pk) if one.answer_id is None]
        question = open_ones[0].question.text if open_ones else ""
        return {**super().get_form_kwargs(), "question": question}

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        self.call(answer_about_hold, order_id=self.order.pk, text=form.cleaned_data["text"])
        return super().form_valid(form)
