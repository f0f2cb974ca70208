"""The pages of imports."""

from django.urls import URLPattern, URLResolver, path

from integration.views.imports import (
    ImportCorrectedView,
    ImportDetailView,
    ImportLeaveOutView,
    ImportListView,
    ImportStartView,
    ImportUploadView,
    WrongRowsView,
)
from integration.views.starter import JobProfileView, MappingView, TemplateView

app_name = "imports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", ImportListView.as_view(), name="list"),
    path("new/", ImportUploadView.as_view(), name="upload"),
    path("templates/<slug:kind>.xlsx", TemplateView.as_view(), name="template"),
    path("map/<slug:key>/", MappingView.as_view(), name="map"),
    path("<int:pk>/profile.toml", JobProfileView.as_view(), name="profile"),
    path("<int:pk>/", ImportDetailView.as_view(), name="detail"),
    path("<int:pk>/check/", ImportStartView.as_view(dry_run=True), name="check"),
    path("<int:pk>/take/", ImportStartView.as_view(dry_run=False), name="take"),
    path("<int:pk>/leave-out/", ImportLeaveOutView.as_view(), name="leave-out"),
    path("<int:pk>/corrected/", ImportCorrectedView.as_view(), name="corrected"),
    path("<int:pk>/wrong-rows.csv", WrongRowsView.as_view(), name="wrong-rows"),
]
