"""The rules of the evaluation: versions of scorecards."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Problem
from core.state import available_actions
from core.ui.actions import ActionView
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from evaluation.enums import Metric, ScorecardStatus
from evaluation.filters import ScorecardFilter
from evaluation.forms import STANDARD, ScorecardForm, scale_of
from evaluation.models import Scorecard
from evaluation.permissions import SCORECARD_STATES, can_edit_scorecards, can_see_runs
from evaluation.scoring.metrics import METRICS
from evaluation.services.scorecards import CriterionInput, GradeInput, activate_scorecard, save_scorecard
from evaluation.tables import ScorecardTable
from evaluation.views.explanations import figure_of


class CardListView(ScopedListView):
    permission_required = can_see_runs
    title = gettext_lazy("Rules of the evaluation")
    model = Scorecard
    table_class = ScorecardTable
    filterset_class = ScorecardFilter
    sorts: ClassVar = {"code": ["code", "version"], "version": ["version"]}
    default_sort = "code"
    template_name = "evaluation/evaluation_list.html"

    def get_empty_state(self) -> EmptyState:
        title = _(
            "No scorecards yet. A scorecard defines what is measured, with which weight, and which score earns "
            "which grade."
        )
        if not can_edit_scorecards(self.actor):
            return EmptyState(title=title)
        return EmptyState(title=title, action_label=_("New scorecard"), action_url=reverse("evaluation:card-new"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = [NextStep(label=_("New scorecard"), url=reverse("evaluation:card-new"), primary=True, opens=True)]
        return super().get_context_data(next_steps=steps if can_edit_scorecards(self.actor) else [], **kwargs)


def _up() -> list[Crumb]:
    return [Crumb(label=_("Rules of the evaluation"), url=reverse("evaluation:cards"))]


class CardView(ScopedDetailView):
    permission_required = can_see_runs
    model = Scorecard
    template_name = "evaluation/card.html"

    def page_title(self) -> str:
        return str(self.object)

    def crumbs(self) -> Sequence[Crumb]:
        return _up()

    def state(self) -> Any:
        return ScorecardStatus(self.object.status)

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("scorecard", self.object.pk)]

    def next_steps(self) -> Sequence[NextStep]:
        card = self.object
        if not can_edit_scorecards(self.actor):
            return ()
        edit = reverse("evaluation:card-edit", args=[card.pk])
        steps = [
            NextStep(
                label=move.label,
                url=reverse(f"evaluation:card-{move.action}", args=[card.pk]),
                primary=True,
                confirm=_("Activate %(name)s? The version now in use is retired.") % {"name": card},
            )
            for move in available_actions(SCORECARD_STATES, card, self.actor)
        ]
        label = _("Change") if card.status == ScorecardStatus.DRAFT else _("New version")
        return [*steps, NextStep(label=label, url=edit, primary=not steps, opens=True)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        criteria = list(self.object.criteria.all())
        whole = sum((one.weight for one in criteria), Decimal(0))
        rows = [
            {
                "label": Metric(one.metric).label,
                "rule": METRICS[one.metric],
                "weight": one.weight,
                "share": one.weight / whole,
                "floor": figure_of(one.metric, one.floor),
                "target": figure_of(one.metric, one.target),
            }
            for one in criteria
        ]
        return super().get_context_data(criteria=rows, **kwargs)


class NewCardView(ServiceFormView):
    permission_required = can_edit_scorecards
    title = gettext_lazy("New scorecard")
    form_class = ScorecardForm
    template_name = "evaluation/card_form.html"
    submit_label = gettext_lazy("Save the draft")

    def back_url(self) -> str:
        return reverse("evaluation:cards")

    def crumbs(self) -> Sequence[Crumb]:
        return _up()

    def get_field_name(self, problem: Problem) -> str | None:
        """`criteria.2.weight` is the weight of the third measure that was given."""
        parts = problem.field.split(".")
        if parts[0] == "criteria" and len(parts) == 3:  # noqa: PLR2004 - list, place, field
            return f"{self.used[int(parts[1])]}_{parts[2]}"
        return parts[0]

    def form_valid(self, form: Any) -> HttpResponse:
        bands = form.bands()
        self.used = [metric for metric, *_band in bands]
        saved = save_scorecard(
            code=form.cleaned_data["code"],
            name=form.cleaned_data["name"],
            name_zh=form.cleaned_data["name_zh"],
            criteria=[
                CriterionInput(metric=metric, weight=weight, floor=floor, target=target)
                for metric, weight, floor, target in bands
            ],
            grades=[GradeInput(name=name, least=least) for name, least in form.cleaned_data["grades"]],
            minimum_coverage=form.cleaned_data["minimum_coverage"],
            actor=self.actor,
        )
        self.success_url = saved.get_absolute_url()
        return super().form_valid(form)


class EditCardView(ScopedServiceFormView, NewCardView):
    """The draft, or a new version drawn from one that is in force or retired."""

    permission_required = can_edit_scorecards
    model = Scorecard
    title = gettext_lazy("Change the scorecard")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "new": False}

    def get_initial(self) -> dict[str, Any]:
        card = self.object
        initial = {
            "code": card.code,
            "name": card.name,
            "name_zh": card.name_zh,
            "minimum_coverage": _typed(card.minimum_coverage),
            "grades": "\n".join(f"{name} {least:g}" for name, least in card.grades),
        }
        for one in card.criteria.all():
            if one.metric in STANDARD:
                initial[f"{one.metric}_weight"] = one.weight
                initial[f"{one.metric}_floor"] = _typed(one.floor * scale_of(one.metric))
                initial[f"{one.metric}_target"] = _typed(one.target * scale_of(one.metric))
        return initial


def _typed(figure: Decimal) -> str:
    """As somebody would type it, without the zeros of the column."""
    return f"{figure.normalize():f}"


class ActivateCardView(ActionView):
    permission_required = can_edit_scorecards
    model = Scorecard
    success_message = gettext_lazy("Scorecard activated.")

    def perform(self) -> None:
        activate_scorecard(scorecard_id=self.object.pk, actor=self.actor)
