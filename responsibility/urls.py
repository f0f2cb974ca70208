"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from responsibility.api.coverage import CoverageViewSet
from responsibility.api.merging import MergingViewSet
from responsibility.api.risks import IfLeftViewSet, LoadViewSet, SilentViewSet
from responsibility.api.templates import TemplateViewSet
from responsibility.views.assigning import AssignView, DutyAssignView, EndView, HandOverView
from responsibility.views.calendar import CalendarView
from responsibility.views.coverage import CoverageView
from responsibility.views.duties import DutyChangeView, DutyListView, DutyNewView
from responsibility.views.hand_overs import HandOverSheetView
from responsibility.views.listing import ResponsibilityListView
from responsibility.views.merging import MergeView, UndoMergeView
from responsibility.views.radar import DutyOfView, RadarView
from responsibility.views.risks import IfLeftView, LoadView, SilentView
from responsibility.views.templates import (
    TemplateApplyView,
    TemplateChangeView,
    TemplateListView,
    TemplateNewView,
)

app_name = "responsibility"
urlpatterns: list[URLPattern | URLResolver] = [
    path("responsibilities/", RadarView.as_view(), name="radar"),
    path("responsibilities/list/", ResponsibilityListView.as_view(), name="list"),
    path("responsibilities/assign/", AssignView.as_view(), name="assign"),
    path("responsibilities/hand-over/", HandOverView.as_view(), name="hand-over"),
    path("responsibilities/hand-overs/<int:pk>/", HandOverSheetView.as_view(), name="hand-over-sheet"),
    path("responsibility/<int:pk>/end/", EndView.as_view(), name="responsibility-end"),
    path("responsibilities/<code:code>/<code:duty>/", DutyOfView.as_view(), name="duty-of"),
    path("responsibilities/<code:code>/<code:duty>/assign/", DutyAssignView.as_view(), name="duty-assign"),
    path("distributors/<code:code>/merge/", MergeView.as_view(), name="distributor-merge"),
    path("distributors/<code:code>/undo-merge/", UndoMergeView.as_view(), name="distributor-undo-merge"),
    path("coverage/", CoverageView.as_view(), name="coverage"),
    path("absences-calendar/", CalendarView.as_view(), name="calendar"),
    path("duties/", DutyListView.as_view(), name="duties"),
    path("duties/new/", DutyNewView.as_view(), name="duty-new"),
    path("duties/<code:code>/", DutyChangeView.as_view(), name="duty-change"),
    path("responsibilities-silent/", SilentView.as_view(), name="silent"),
    path("responsibilities-load/", LoadView.as_view(), name="load"),
    path("responsibilities-if-left/", IfLeftView.as_view(), name="if-left"),
    path("assignment-templates/", TemplateListView.as_view(), name="templates"),
    path("assignment-templates/new/", TemplateNewView.as_view(), name="template-new"),
    path("assignment-templates/apply/", TemplateApplyView.as_view(), name="template-apply"),
    path("assignment-templates/<code:code>/", TemplateChangeView.as_view(), name="template-change"),
]

router = SimpleRouter()
router.register("coverage", CoverageViewSet, "coverage")
router.register("assignment-templates", TemplateViewSet, "assignment-templates")
router.register("silent-responsibilities", SilentViewSet, "silent-responsibilities")
router.register("people-load", LoadViewSet, "people-load")
router.register("if-left", IfLeftViewSet, "if-left")
router.register("distributors", MergingViewSet, "distributor-merging")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
