"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from evaluation.api.evaluations import EvaluationViewSet
from evaluation.api.scorecards import RunViewSet, ScorecardViewSet
from evaluation.views.cards import ActivateCardView, CardListView, CardView, EditCardView, NewCardView
from evaluation.views.evaluations import EvaluationListView
from evaluation.views.runs import RunDetailView, RunListView, StartRunView, VoidRunView
from evaluation.views.scorecard import AnswerView, ContestView, ScorecardDetailView
from evaluation.views.step import StepView

app_name = "evaluation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("evaluations/", EvaluationListView.as_view(), name="evaluations"),
    path("evaluations/<int:pk>/", ScorecardDetailView.as_view(), name="scorecard"),
    path("evaluations/<int:pk>/steps/<slug:metric>/", StepView.as_view(), name="step"),
    path("evaluations/<int:pk>/contest/", ContestView.as_view(), name="contest"),
    path("evaluations/<int:pk>/answer/", AnswerView.as_view(), name="answer"),
    path("evaluation-runs/", RunListView.as_view(), name="runs"),
    path("evaluation-runs/start/", StartRunView.as_view(), name="run-start"),
    path("evaluation-runs/<int:pk>/", RunDetailView.as_view(), name="run"),
    path("evaluation-runs/<int:pk>/void/", VoidRunView.as_view(), name="run-void"),
    path("scorecards/", CardListView.as_view(), name="cards"),
    path("scorecards/new/", NewCardView.as_view(), name="card-new"),
    path("scorecards/<int:pk>/", CardView.as_view(), name="card"),
    path("scorecards/<int:pk>/edit/", EditCardView.as_view(), name="card-edit"),
    path("scorecards/<int:pk>/activate/", ActivateCardView.as_view(), name="card-activate"),
]

router = SimpleRouter()
router.register("scorecards", ScorecardViewSet, "scorecards")
router.register("evaluation-runs", RunViewSet, "evaluation-runs")
router.register("evaluations", EvaluationViewSet, "evaluations")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
