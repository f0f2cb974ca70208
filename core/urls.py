"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from core.views.jobs import JobDetailView, JobErrorsView, JobFileView, JobListView
from core.views.preferences import DeleteView, SaveView, ThemeView
from core.views.search import SearchView, SuggestView

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", SearchView.as_view(), name="search"),
    path("search/<slug:kind>/", SuggestView.as_view(), name="suggest"),
    path("theme/", ThemeView.as_view(), name="theme"),
    path("views/save/", SaveView.as_view(), name="view-save"),
    path("views/<int:pk>/delete/", DeleteView.as_view(), name="view-delete"),
    path("jobs/", JobListView.as_view(), name="jobs"),
    path("jobs/<int:pk>/", JobDetailView.as_view(), name="job"),
    path("jobs/<int:pk>/errors.csv", JobErrorsView.as_view(), name="job-errors"),
    path("jobs/<int:pk>/file/", JobFileView.as_view(), name="job-file"),
]
api_urlpatterns: list[URLPattern | URLResolver] = []
