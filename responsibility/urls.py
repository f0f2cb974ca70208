"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from responsibility.api import CoverageViewSet
from responsibility.views import CoverageView

app_name = "responsibility"
urlpatterns: list[URLPattern | URLResolver] = [
    path("coverage/", CoverageView.as_view(), name="coverage"),
]

router = SimpleRouter()
router.register("coverage", CoverageViewSet, "coverage")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
