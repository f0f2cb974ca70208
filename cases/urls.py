"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from cases.api import ComplaintViewSet
from cases.views import ComplaintListView, ComplaintView

app_name = "cases"
urlpatterns: list[URLPattern | URLResolver] = [
    path("complaints/", ComplaintListView.as_view(), name="complaints"),
    path("complaints/<code:code>/", ComplaintView.as_view(), name="complaint"),
]

router = SimpleRouter()
router.register("complaints", ComplaintViewSet, "complaints")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
