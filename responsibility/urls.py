"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from responsibility.api.coverage import CoverageViewSet
from responsibility.api.merging import MergingViewSet
from responsibility.api.templates import TemplateViewSet
from responsibility.views.calendar import CalendarView
from responsibility.views.coverage import CoverageView
from responsibility.views.duties import DutyChangeView, DutyListView, DutyNewView
from responsibility.views.merging import MergeView, UndoMergeView
from responsibility.views.risks import IfLeftView, LoadView, SilentView
from responsibility.views.templates import (
    TemplateApplyView,
    TemplateChangeView,
    TemplateListView,
    TemplateNewView,
)

app_name = "responsibility"
urlpatterns: list[URLPattern | URLResolver] = [
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
router.register("distributors", MergingViewSet, "distributor-merging")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
