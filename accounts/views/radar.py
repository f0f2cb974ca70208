"""The responsibility radar: the matrix, one cell of it, and its forms."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.enums import CellState
from accounts.filters import DistributorFilter
from accounts.forms.duties import AssignForm, DayForm, EndForm, HandOverForm
from accounts.models import Distributor, Duty, Responsibility
from accounts.rules import can_assign, can_end, can_hand_over, can_see_radar
from accounts.selectors.held import distributors_by_ids, held_by, history_of
from accounts.selectors.radar import duty_cells, radar_distributors, radar_summary, responsibility_matrix
from accounts.services.assign_responsibility import DutyOf, assign_responsibility, assign_selection
from accounts.services.end_responsibility import end_responsibility
from accounts.services.hand_over import hand_over
from accounts.views.distributors import distributor_url
from core.errors import InvalidInput
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_parts import CURSOR, address, chips
from core.ui.page import Crumb, Page

MOST_ROWS = 200
LONGEST_NUMBER = 18


def way_to_radar() -> Sequence[Crumb]:
    return (Crumb(label=str(_("Who answers for whom")), url=reverse("accounts:radar")),)


class RadarView(Page):
    """Distributors by duties on a day, the gaps first."""

    allowed = can_see_radar
    title = _("Who answers for whom")
    template_name = "accounts/radar.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        on = self.day
        filterset = DistributorFilter(request.GET, queryset=radar_distributors(user, on=on), request=request)
        matrix = responsibility_matrix(filterset.qs, on=on, cursor=request.GET.get(CURSOR, ""))
        return self.render(
            self.get_context(
                matrix=matrix,
                summary=radar_summary(user, on=on),
                states=list(CellState),
                filterset=filterset,
                chips=chips(filterset, request.GET),
                on=on,
                days=self._days(),
                more_url=address(request.GET, **{CURSOR: matrix.following}) if matrix.following else "",
                first=not request.GET.get(CURSOR),
                may_assign=can_assign(user),
            )
        )

    @cached_property
    def day(self) -> date:
        form = DayForm(self.request.GET)
        wanted = form.cleaned_data["on"] if form.is_valid() else None
        return wanted or timezone.localdate()

    def _days(self) -> list[dict[str, Any]]:
        """The days that one press leads to."""
        today = timezone.localdate()
        offers = ((_("Today"), 0), (_("In a month"), 30), (_("In three months"), 90))
        return [
            {
                "label": label,
                "url": address(self.request.GET, on=(today + timedelta(days=days)).isoformat() if days else ""),
                "current": self.day == today + timedelta(days=days),
            }
            for label, days in offers
        ]


class DutyOfView(ScopedDetailView):
    """One cell: who answers, since when, until when, who stands in, who did before."""

    allowed = can_see_radar
    model = Distributor
    lookup = "code"
    template_name = "accounts/duty_of.html"

    @cached_property
    def duty(self) -> Duty:
        return duty_or_404(self.request, self.kwargs["duty"])

    def page_title(self) -> str:
        return f"{self.duty.display_name}: {self.object.display_name}"

    def crumbs(self) -> Sequence[Crumb]:
        return (*way_to_radar(), Crumb(label=self.object.display_name, url=distributor_url(self.object)))

    @cached_property
    def cell(self) -> Any:
        cells = duty_cells(self.object.pk, on=timezone.localdate())
        return next((cell for cell in cells if cell.duty.pk == self.duty.pk), None)

    def state(self) -> Any:
        return self.cell.state if self.cell else None

    def next_steps(self) -> Sequence[NextStep]:
        if not can_assign(self.request.user, self.object):
            return ()
        give = reverse("accounts:duty-assign", args=[self.object.code, self.duty.code])
        held = self.cell.held if self.cell else None
        if held is None:
            return (NextStep(label=_("Assign"), url=give, opens=True, primary=True),)
        move = f"{reverse('accounts:hand-over')}?ids={self.object.pk}&duty={self.duty.pk}&from={held.user_id}"
        end = reverse("accounts:responsibility-end", args=[held.pk])
        return (
            NextStep(label=_("Hand over"), url=move, opens=True, primary=True),
            NextStep(label=_("Assign for another time"), url=give, opens=True),
            NextStep(label=_("Let it end"), url=end, opens=True, dangerous=True),
        )

    def get_context(self, **extra: Any) -> dict[str, Any]:
        user: Any = self.request.user
        history = history_of(user, distributor_id=self.object.pk, duty_id=self.duty.pk)
        return super().get_context(cell=self.cell, duty=self.duty, history=history, **extra)


class DutyAssignView(ScopedServiceFormView):
    """Give this one duty to somebody."""

    allowed = can_assign
    title = _("Assign")
    model = Distributor
    lookup = "code"
    form_class = AssignForm
    submit_label = _("Assign")
    success_message = _("Assigned. The person has been told.")

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

    def form_options(self) -> dict[str, Any]:
        return {"viewer": self.request.user, "one_duty": True}

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def back_url(self) -> str:
        return reverse("accounts:duty-of", args=[self.object.code, self.duty.code])

    def perform(self, form: Any) -> str:
        assign_responsibility(
            actor=self.request.user,
            distributor_id=self.object.pk,
            duty_id=self.duty.pk,
            **people_and_days(form),
        )
        return self.back_url()


class _SelectionForm(ServiceFormView):
    """A form about ticked distributors, named by `ids` in the address."""

    abstract = True
    template_name = "accounts/selection_form.html"
    cancel_url = reverse_lazy("accounts:radar")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_radar()

    @cached_property
    def ids(self) -> list[int]:
        sent = (*self.request.GET.getlist("ids"), *self.request.POST.getlist("ids"))
        return sorted({number for one in sent if (number := as_number(one))})[:MOST_ROWS]

    @cached_property
    def ticked(self) -> list[Distributor]:
        user: Any = self.request.user
        return distributors_by_ids(user, self.ids)

    def form_options(self) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def get_context(self, **extra: Any) -> dict[str, Any]:
        return super().get_context(ticked=self.ticked, **extra)


class AssignView(_SelectionForm):
    """Fill the gaps of the ticked distributors."""

    allowed = can_assign
    title = _("Fill gaps")
    form_class = AssignForm
    submit_label = _("Assign")
    success_message = _("Assigned. The person has been told.")

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def perform(self, form: Any) -> str:
        assign_selection(
            actor=self.request.user,
            selection=[
                DutyOf(distributor_id=pk, duty_id=duty.pk) for pk in self.ids for duty in form.cleaned_data["duties"]
            ],
            only_gaps=True,
            **people_and_days(form),
        )
        return reverse("accounts:radar")


class HandOverView(_SelectionForm):
    """Move what one person holds to another: of the ticked distributors, or all of it."""

    allowed = can_hand_over
    title = _("Hand over")
    form_class = HandOverForm
    submit_label = _("Hand over")
    success_message = _("Handed over. The new person has been told.")

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate(), "from_user": self.request.GET.get("from", "")}

    def perform(self, form: Any) -> str:
        user: Any = self.request.user
        wish = form.cleaned_data
        duty = as_number(self.request.GET.get("duty", ""))
        held = held_by(
            user,
            user_id=wish["from_user"].pk,
            on=wish["on"],
            distributor_ids=self.ids,
            duty_ids=[duty] if duty else [],
        )
        if not held:
            raise InvalidInput(_("This person holds nothing here on that day."), code="nothing", field="from_user")
        hand_over(
            actor=user,
            selection=[DutyOf(distributor_id=distributor, duty_id=duty_id) for distributor, duty_id in held],
            from_user_id=wish["from_user"].pk,
            to_user_id=wish["to_user"].pk,
            on=wish["on"],
        )
        return reverse("accounts:radar")


class EndView(ScopedServiceFormView):
    """Let somebody's answering end on a day."""

    allowed = can_end
    title = _("Let it end")
    model = Responsibility
    related: ClassVar[Sequence[str]] = ("distributor", "duty", "user")
    form_class = EndForm
    submit_label = _("Let it end")
    success_message = _("The last day is set. Whoever comes next is to be assigned.")

    def page_title(self) -> str:
        return str(_("%(person)s no longer answers for “%(duty)s” of %(distributor)s")) % {
            "person": self.object.user,
            "duty": self.object.duty.display_name,
            "distributor": self.object.distributor.display_name,
        }

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_radar()

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": timezone.localdate()}

    def back_url(self) -> str:
        return reverse("accounts:duty-of", args=[self.object.distributor.code, self.object.duty.code])

    def perform(self, form: Any) -> str:
        end_responsibility(actor=self.request.user, responsibility_id=self.object.pk, **form.cleaned_data)
        return self.back_url()


def duty_or_404(request: HttpRequest, code: str) -> Duty:
    duty = Duty.objects.visible_to(request.user).filter(code=code).first()
    if duty is None:
        raise Http404
    return duty


def as_number(text: str) -> int:
    """The number of a row in an address; zero for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def people_and_days(form: Any) -> dict[str, Any]:
    wish = form.cleaned_data
    return {
        "user_id": wish["user"].pk,
        "stand_in_id": wish["stand_in"].pk if wish["stand_in"] else None,
        "starts_on": wish["starts_on"],
        "ends_on": wish["ends_on"],
        "note": wish["note"],
    }
