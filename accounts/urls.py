"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from accounts.api.reference import DutyViewSet, TerritoryViewSet, TierViewSet

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = []

router = SimpleRouter()
router.register("tiers", TierViewSet, "tiers")
router.register("territories", TerritoryViewSet, "territories")
router.register("duties", DutyViewSet, "duties")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
