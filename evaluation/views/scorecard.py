"""The scorecard of one distributor: grade, why, waterfall, change, the way up, objection."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Distributor
from core.state import available_actions
from core.ui import numbers
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from evaluation.enums import ResultStatus
from evaluation.forms import TextForm
from evaluation.models import Evaluation
from evaluation.permissions import CONTEST_STATES, can_answer_objection, is_owner
from evaluation.selectors.scorecard_page import ScorecardPage, read_scorecard
from evaluation.services.objections import answer_contest, contest_evaluation
from evaluation.views.explanations import change_text, result_status_text, target_text, way_text, why
from evaluation.views.figures import changes_of, score_history, waterfall_of

RELATED = ("run__scorecard", "distributor")


def crumbs_of(evaluation: Evaluation) -> list[Crumb]:
    """The way up from something below a scorecard."""
    distributor: Distributor = evaluation.distributor
    return [
        Crumb(label=_("Scorecards"), url=reverse("evaluation:evaluations")),
        Crumb(label=distributor.display_name, url=evaluation.get_absolute_url()),
    ]


class ScorecardDetailView(ScopedDetailView):
    model = Evaluation
    related = RELATED
    template_name = "evaluation/scorecard.html"

    @cached_property
    def card(self) -> ScorecardPage:
        return read_scorecard(actor=self.actor, evaluation_id=self.object.pk)

    def page_title(self) -> str:
        return str(self.object.distributor.display_name)

    def crumbs(self) -> Sequence[Crumb]:
        return crumbs_of(self.object)[:1]

    def state(self) -> Any:
        result_status = self.object.run.result_status
        return self.object.contest_state if result_status == ResultStatus.FINAL else result_status

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("evaluation", self.object.pk)] if self.object.contested_at else ()

    def next_steps(self) -> Sequence[NextStep]:
        return [
            NextStep(
                label=move.label,
                url=reverse(f"evaluation:{move.action}", args=[self.object.pk]),
                primary=move.action == "answer",
                opens=True,
            )
            for move in available_actions(CONTEST_STATES, self.object, self.actor)
            if move.action != "contest" or self.object.run.is_final
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        card = self.card
        run = self.object.run
        return super().get_context_data(
            card=card,
            span=numbers.span(run.starts_on, run.ends_on),
            why=why(card),
            result_status=result_status_text(run),
            waterfall=waterfall_of(card),
            history=score_history(card),
            change=change_text(card.change) if card.change else "",
            ways=[way_text(way) for way in card.ways[:3]],
            changes=changes_of(card),
            together=[target_text(card, metric) for metric in card.together],
            missing=card.next_least - card.evaluation.score if card.next_least and card.evaluation.score else None,
            **kwargs,
        )


class _ContestForm(ScopedServiceFormView):
    """A text about one evaluation."""

    abstract = True
    model = Evaluation
    related = RELATED
    form_class = TextForm

    def crumbs(self) -> Sequence[Crumb]:
        return crumbs_of(self.object)


class ContestView(_ContestForm):
    permission_required = is_owner
    title = gettext_lazy("Contest the result")
    submit_label = gettext_lazy("Send the objection")
    success_message = gettext_lazy("Your objection was sent to the people responsible for you.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "label": _("What is wrong, and why?"),
            "help_text": _("Name the orders or figures you mean. Visible to the person responsible for you."),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        contest_evaluation(
            evaluation_id=self.object.pk,
            text=form.cleaned_data["text"],
            actor=self.actor,
            now=timezone.now(),
        )
        return super().form_valid(form)


class AnswerView(_ContestForm):
    permission_required = can_answer_objection
    title = gettext_lazy("Answer the objection")
    submit_label = gettext_lazy("Send the answer")
    success_message = gettext_lazy("The answer was sent.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "label": _("Your answer"), "help_text": self.object.contest}

    def form_valid(self, form: Any) -> HttpResponse:
        answer_contest(
            evaluation_id=self.object.pk,
            text=form.cleaned_data["text"],
            actor=self.actor,
            now=timezone.now(),
        )
        return super().form_valid(form)


def latest_of(user: Any, distributor: Any) -> Mapping[str, Any]:
    """What the tab shows; `card` is missing where nobody was evaluated yet."""
    latest = (
        Evaluation.objects.visible_to(user)
        .filter(distributor=distributor)
        .final()
        .order_by("-run__ends_on", "-run_id")
        .values_list("pk", flat=True)
        .first()
    )
    if latest is None:
        return {}
    card = read_scorecard(actor=user, evaluation_id=latest)
    return {"card": card, "why": why(card), "waterfall": waterfall_of(card), "history": score_history(card)}
