"""The steps of an agreement: a button to send it, forms for what needs a name, a reason, a day or a file."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from channel.forms.steps import AcceptForm, EndForm, PutInForceForm, ReasonForm, ReviseForm
from channel.models import Agreement
from channel.permissions import can_accept_agreements, can_change_agreements, can_decide_agreement
from channel.selectors.clauses import clauses_of
from channel.services.agreements import revise_agreement
from channel.services.steps import (
    accept_agreement,
    decline_agreement,
    end_agreement,
    put_in_force,
    send_agreement,
    withdraw_agreement,
)
from core.ui.actions import ActionView
from core.ui.forms import ScopedServiceFormView


class SendAgreementView(ActionView):
    permission_required = can_change_agreements
    model = Agreement
    success_message = _("Sent. The distributor's owner is notified.")

    def perform(self) -> None:
        send_agreement(agreement_id=self.object.pk, actor=self.actor, expected_version=self.expected_version())


class StepView(ScopedServiceFormView):
    """A form whose fields go to one service by name."""

    abstract = True
    model = Agreement
    service: ClassVar[Callable[..., Any]]

    def values(self, form: Any) -> dict[str, Any]:
        return dict(form.cleaned_data)

    def form_valid(self, form: Any) -> HttpResponse:
        done = type(self).service(
            agreement_id=self.object.pk,
            actor=self.actor,
            expected_version=self.expected_version(),
            **self.values(form),
        )
        self.success_url = done.get_absolute_url()
        return super().form_valid(form)


class AcceptAgreementView(StepView):
    """The whole text, and below it the name of the owner who accepts it."""

    permission_required = can_accept_agreements
    title = _("Accept agreement")
    template_name = "channel/accept.html"
    related = ("distributor", "company")
    form_class = AcceptForm
    submit_label = _("Accept agreement")
    success_message = _("Accepted. It is in force once the seller has added the signed paper.")
    service = staticmethod(accept_agreement)

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.actor.full_name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(clauses=clauses_of(self.object), **kwargs)


class DeclineAgreementView(StepView):
    permission_required = can_accept_agreements
    title = _("Decline agreement")
    form_class = ReasonForm
    submit_label = pgettext_lazy("agreement", "Decline")
    success_message = _("Declined. The seller is notified.")
    service = staticmethod(decline_agreement)

    def get_success_url(self) -> str:
        """The list: a draft is the seller's again."""
        return reverse("channel:agreements")


class WithdrawAgreementView(StepView):
    permission_required = can_change_agreements
    title = _("Withdraw agreement")
    form_class = ReasonForm
    submit_label = _("Withdraw")
    success_message = _("Withdrawn. It is a draft again.")
    service = staticmethod(withdraw_agreement)


class PutInForceView(StepView):
    permission_required = can_decide_agreement
    title = _("Put in force")
    form_class = PutInForceForm
    submit_label = _("Put in force")
    success_message = _("In force. Its buying rights are granted.")
    service = staticmethod(put_in_force)

    def values(self, form: Any) -> dict[str, Any]:
        return {"scan": form.signed(), "signature_reference": form.cleaned_data["signature_reference"]}


class EndAgreementView(StepView):
    permission_required = can_decide_agreement
    title = _("End agreement")
    form_class = EndForm
    submit_label = _("End agreement")
    success_message = _("The end is recorded. Its buying rights go after the last day.")
    service = staticmethod(end_agreement)

    def get_initial(self) -> dict[str, Any]:
        return {"last_on": timezone.localdate()}


class ReviseAgreementView(StepView):
    permission_required = can_change_agreements
    title = _("New revision")
    form_class = ReviseForm
    submit_label = _("Create draft")
    success_message = _("This is the draft of the next revision. Change it, then send it.")
    service = staticmethod(revise_agreement)
