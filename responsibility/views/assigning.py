"""Forms of the radar: give a duty, fill gaps, hand over, let it end."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor, Duty, Responsibility
from accounts.permissions import can_assign, can_end, can_hand_over
from accounts.selectors.responsibility_history import distributors_by_ids, duties_of_person, holders_of
from accounts.services.responsibilities.assignments import (
    DutyOf,
    assign_responsibility,
    assign_selection,
    end_responsibility,
)
from accounts.services.responsibilities.hand_over import hand_over
from accounts.services.responsibilities.hand_over_all import hand_over_everything
from core.errors import InvalidInput
from core.paths import whole_number
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.page import Crumb
from responsibility.forms.assigning import AssignForm, EndForm, HandOverForm
from responsibility.selectors.hand_overs import handing_over
from responsibility.views.radar import duty_or_404, way_to_radar

MOST_ROWS = 200


class DutyAssignView(ScopedServiceFormView):
    """Give this one duty to somebody."""

    permission_required = can_assign
    title = _("Assign")
    model = Distributor
    lookup_field = "code"
    template_name = "responsibility/duty_assign.html"
    form_class = AssignForm
    submit_label = _("Assign")
    success_message = _("Assigned. The person has been notified.")

    @cached_property
    def duty(self) -> Duty:
        return duty_or_404(self.request, self.kwargs["duty"])

    def page_title(self) -> str:
        return str(_("Assign “%(duty)s” of %(distributor)s")) % {
            "duty": self.duty.display_name,
            "distributor": self.object.display_name,
        }

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_radar()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor, "one_duty": True}

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def back_url(self) -> str:
        return reverse("responsibility:duty-of", args=[self.object.code, self.duty.code])

    def form_valid(self, form: Any) -> HttpResponse:
        assign_responsibility(
            actor=self.actor,
            distributor_id=self.object.pk,
            duty_id=self.duty.pk,
            **people_and_days(form),
        )
        return super().form_valid(form)


class _SelectionForm(ServiceFormView):
    """A form about ticked distributors, named by `ids` in the address."""

    abstract = True
    template_name = "responsibility/selection_form.html"

    def back_url(self) -> str:
        return reverse("responsibility:radar")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_radar()

    @cached_property
    def ids(self) -> list[int]:
        sent = (*self.request.GET.getlist("ids"), *self.request.POST.getlist("ids"))
        return sorted({number for one in sent if (number := whole_number(one))})[:MOST_ROWS]

    @cached_property
    def ticked(self) -> list[Distributor]:
        user = self.actor
        return distributors_by_ids(user, self.ids)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(ticked=self.ticked, **kwargs)


class AssignView(_SelectionForm):
    """Fill the gaps of the ticked distributors."""

    permission_required = can_assign
    title = _("Assign people")
    form_class = AssignForm
    submit_label = _("Assign")
    success_message = _("Assigned. The person has been notified.")

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def form_valid(self, form: Any) -> HttpResponse:
        assign_selection(
            actor=self.actor,
            selection=[
                DutyOf(distributor_id=pk, duty_id=duty.pk) for pk in self.ids for duty in form.cleaned_data["duties"]
            ],
            only_gaps=True,
            **people_and_days(form),
        )
        if len(self.ids) == 1:  # from the page of one, and back to it
            self.success_url = Distributor.objects.visible_to(self.actor).get(pk=self.ids[0]).get_absolute_url()
        return super().form_valid(form)


class HandOverView(_SelectionForm):
    """Move what one person holds to another: of the ticked distributors, or all of it."""

    permission_required = can_hand_over
    title = _("Hand over")
    form_class = HandOverForm
    submit_label = _("Hand over")
    success_message = _("Handed over. The new person has been notified.")

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate(), "from_user": self.request.GET.get("from", "") or self._only_holder() or ""}

    def _only_holder(self) -> int | None:
        """Whoever holds all there is to hand over, where that is one person."""
        if not self.ids:
            return None
        holders = holders_of(
            self.actor,
            on=timezone.localdate(),
            distributor_ids=self.ids,
            duty_ids=[self.duty_id] if self.duty_id else [],
        )
        return holders.pop() if len(holders) == 1 else None

    @property
    def duty_id(self) -> int | None:
        return whole_number(self.request.GET.get("duty", ""))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "everything": self.is_everything}

    @property
    def is_everything(self) -> bool:
        """Without distributors or a duty in the address: the person's stand-ins and open work pass, too."""
        return not self.ids and self.duty_id is None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = whole_number(self.request.GET.get("from", "")) if self.is_everything else None
        leaving = handing_over(self.actor, person_id=person, on=timezone.localdate()) if person else None
        return super().get_context_data(leaving=leaving, everything=self.is_everything, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.actor
        data = form.cleaned_data
        if self.is_everything:
            done = hand_over_everything(
                actor=user,
                from_user_id=data["from_user"].pk,
                to_user_ids=[data["to_user"].pk, *(person.pk for person in data["others"])],
                on=data["on"],
            )
            self.success_url = reverse("responsibility:hand-over-sheet", args=[done.event_id])
            return super().form_valid(form)
        responsibilities = duties_of_person(
            user,
            user_id=data["from_user"].pk,
            on=data["on"],
            distributor_ids=self.ids,
            duty_ids=[self.duty_id] if self.duty_id else [],
        )
        if not responsibilities:
            raise InvalidInput(_("This person has no duties here on that day."), code="nothing", field="from_user")
        hand_over(
            actor=user,
            selection=[
                DutyOf(distributor_id=distributor, duty_id=duty_id) for distributor, duty_id in responsibilities
            ],
            from_user_id=data["from_user"].pk,
            to_user_id=data["to_user"].pk,
            on=data["on"],
        )
        return super().form_valid(form)


class EndView(ScopedServiceFormView):
    """End a responsibility on a day."""

    permission_required = can_end
    title = _("End responsibility")
    model = Responsibility
    related: ClassVar[Sequence[str]] = ("distributor", "duty", "user")
    form_class = EndForm
    submit_label = _("End responsibility")
    success_message = _("The last day is set. Assign someone for the time after.")

    def page_title(self) -> str:
        return str(_("End %(person)s's responsibility for “%(duty)s” of %(distributor)s")) % {
            "person": self.object.user,
            "duty": self.object.duty.display_name,
            "distributor": self.object.distributor.display_name,
        }

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_radar()

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": timezone.localdate()}

    def back_url(self) -> str:
        return reverse("responsibility:duty-of", args=[self.object.distributor.code, self.object.duty.code])

    def form_valid(self, form: Any) -> HttpResponse:
        end_responsibility(
            actor=self.actor,
            responsibility_id=self.object.pk,
            expected_version=self.expected_version(),
            **form.cleaned_data,
        )
        return super().form_valid(form)


def people_and_days(form: Any) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "user_id": data["user"].pk,
        "stand_in_id": data["stand_in"].pk if data["stand_in"] else None,
        "starts_on": data["starts_on"],
        "ends_on": data["ends_on"],
        "note": data["note"],
    }
