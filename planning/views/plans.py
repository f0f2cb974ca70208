"""Pages of sales plans: the list, the sheet, and what is done with a plan."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.paths import whole_number
from core.state import available_actions
from core.ui.actions import ActionView
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from planning.enums import PlanLevel, PlanStatus
from planning.filters import SalesPlanFilterSet
from planning.forms import PlanGridForm, ReopenForm, StartPlanForm
from planning.models import SalesPlan
from planning.permissions import PLAN_STATES, can_edit_plan, can_reopen_plan, can_split_plan, can_start_plans
from planning.selectors.closed_plans import ClosedPlan, closed_plan
from planning.selectors.grid import PlanGrid, read_grid
from planning.selectors.names import named_plans, owner_name
from planning.selectors.owners import PlanOwner
from planning.selectors.plan_rows import read_plan_cells
from planning.services.advance_plan import agree_plan, lock_plan, reopen_plan
from planning.services.save_plan import save_plan_cells, spread_plan, start_plan
from planning.services.split_plan import split_plan
from planning.tables import PlanCellTable, SalesPlanTable

OWNERS = ("distributor", "territory", "manager", "year")


class PlanListView(ScopedListView):
    """The plans that a person may see, the newest first."""

    title = _("Sales plans")
    model = SalesPlan
    table_class = SalesPlanTable
    lines_table_class = PlanCellTable
    lines_title = _("Periods")
    filterset_class = SalesPlanFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"year": ["year__starts_on", "pk"], "amount": ["amount", "pk"]}
    default_sort = "-year"
    related = OWNERS
    template_name = "planning/plans.html"
    empty = EmptyState(
        title=_("No plans yet."), text=_("Sales plans for the company, its territories and distributors appear here.")
    )

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return named_plans(super().get_rows(ids))

    def get_lines(self, ids: Sequence[Any]) -> Sequence[Any]:
        return read_plan_cells(ids)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.actor
        return super().get_context_data(may_start=can_start_plans(user), **kwargs)


class PlanView(ScopedDetailView):
    """One plan as a sheet. A draft can be typed into; `do` says whether the cells are saved or the year is spread."""

    model = SalesPlan
    related = OWNERS
    template_name = "planning/plan.html"
    form: PlanGridForm | None = None

    def page_title(self) -> str:
        return f"{owner_name(self.object)} {self.object.year.code}"

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(PlanListView.title), url=reverse("planning:plans"))]

    def state(self) -> PlanStatus:
        return PlanStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        plan, user = self.object, self.actor
        steps = [
            self._step(move.action, move.label, dangerous=move.dangerous)
            for move in available_actions(PLAN_STATES, plan, user)
        ]
        if can_split_plan(user, plan):
            steps.append(
                self._step(
                    "split", _("Allocate to sub-levels"), confirm=_("This overwrites draft plans below. Continue?")
                )
            )
        return steps

    def _step(self, action: str, label: Any, *, dangerous: bool = False, confirm: Any = "") -> NextStep:
        url = reverse(f"planning:plan-{action}", args=[self.object.pk])
        return NextStep(
            label=label,
            url=url,
            opens=action == "reopen",
            dangerous=dangerous,
            confirm=confirm,
            version=self.object.version,
        )

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("sales_plan", self.object.pk)]

    @cached_property
    def grid(self) -> PlanGrid:
        return read_grid(self.object, today=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editable = can_edit_plan(self.actor, self.object) and self.object.is_current
        form = self.form or (PlanGridForm(grid=self.grid) if editable else None)
        above = SalesPlan.objects.visible_to(self.actor).filter(pk=self.object.parent_id).select_related(*OWNERS)
        child_plans = SalesPlan.objects.visible_to(self.actor).filter(parent=self.object, is_current=True)
        return super().get_context_data(
            grid=self.grid,
            form=form,
            closed=None if form else self._closed(),
            above=named_plans(list(above)),
            child_plans=named_plans(list(child_plans.select_related(*OWNERS).order_by("level", "-amount", "pk")[:200])),
            **kwargs,
        )

    def _closed(self) -> ClosedPlan | None:
        """Why nothing can be typed into a plan in force, where its reader cannot reopen it, and whom to ask."""
        plan, actor = self.object, self.actor
        if plan.status not in {PlanStatus.AGREED, PlanStatus.LOCKED} or can_reopen_plan(actor, plan):
            return None
        return closed_plan(plan, asked_by=actor, subject=self.page_title())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save the cells or spread the year; nothing typed is lost when it is refused."""
        self.form = form = PlanGridForm(request.POST, grid=self.grid)
        if form.is_valid():
            try:
                self._save(form)
            except DomainError as error:
                explain(form, error)
            else:
                messages.success(request, str(_("Saved.")))
                return HttpResponseRedirect(self.object.get_absolute_url())
        response: Any = self.get(request, *args, **kwargs)
        response.status_code = 400
        shown: HttpResponseBase = response
        return shown

    def _save(self, form: PlanGridForm) -> None:
        plan, version = self.object, whole_number(self.request.POST.get("version", ""))
        if self.request.POST.get("do") == "spread":
            amount = form.cleaned_data["amount"]
            amount = plan.amount if amount is None else amount
            kept = form.cells(only_kept=True)
            spread_plan(plan_id=plan.pk, amount=amount, keep=kept, actor=self.actor, expected_version=version)
        else:
            save_plan_cells(plan_id=plan.pk, cells=form.cells(), actor=self.actor, expected_version=version)


def explain(form: BaseForm, error: DomainError) -> None:
    """Put each problem beside its cell, the others above the sheet."""
    for problem in error.problems:
        name = problem.field.replace("cells.", "cell-").replace(".", "-")
        form.add_error(name if name in form.fields else None, str(problem.message))


class StartPlanView(ServiceFormView):
    """Make the first version of a plan."""

    permission_required = can_start_plans
    title = _("New plan")
    form_class = StartPlanForm
    submit_label = _("Create plan")

    def back_url(self) -> str:
        return reverse("planning:plans")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data, actor = form.cleaned_data, self.actor
        owner = PlanOwner(
            level=PlanLevel(data["level"]),
            **{f"{name}_id": data[name].pk for name in ("distributor", "territory", "manager") if data[name]},
        )
        plan = start_plan(
            owner=owner,
            year_id=data["year"].pk,
            amount=data["amount"],
            currency=data["currency"],
            actor=actor,
        )
        self.success_url = plan.get_absolute_url()
        return super().form_valid(form)


class _PlanAction(ActionView):
    """A button of the sheet."""

    abstract = True
    model = SalesPlan
    service: ClassVar[Callable[..., Any]]

    def perform(self) -> None:
        type(self).service(plan_id=self.object.pk, actor=self.actor, expected_version=self.expected_version())


class AgreePlanView(_PlanAction):
    service = staticmethod(agree_plan)
    success_message = _("Plan confirmed.")


class LockPlanView(_PlanAction):
    service = staticmethod(lock_plan)
    success_message = _("Plan locked.")


class SplitPlanView(_PlanAction):
    service = staticmethod(split_plan)
    success_message = _("Plan allocated to sub-levels.")


class ReopenPlanView(ScopedServiceFormView):
    """Open a new version of an agreed plan."""

    title = _("Create new version")
    model = SalesPlan
    form_class = ReopenForm
    submit_label = _("Create new version")
    success_message = _("This is the new version. The old one remains available.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        new = reopen_plan(
            plan_id=self.object.pk,
            actor=self.actor,
            expected_version=self.expected_version(),
            reason=form.cleaned_data["reason"],
        )
        self.success_url = new.get_absolute_url()
        return super().form_valid(form)
