"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from accounts.api.distributors import DistributorViewSet
from accounts.api.people import MeView, NoticeViewSet, TokenViewSet, UserViewSet
from accounts.api.reference import DutyViewSet, TerritoryViewSet, TierViewSet
from accounts.api.responsibilities import ResponsibilityViewSet

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = []

router = SimpleRouter()
router.register("distributors", DistributorViewSet, "distributors")
router.register("tiers", TierViewSet, "tiers")
router.register("territories", TerritoryViewSet, "territories")
router.register("duties", DutyViewSet, "duties")
router.register("responsibilities", ResponsibilityViewSet, "responsibilities")
router.register("users", UserViewSet, "users")
router.register("notices", NoticeViewSet, "notices")
router.register("tokens", TokenViewSet, "tokens")
api_urlpatterns: list[URLPattern | URLResolver] = [path("me/", MeView.as_view(), name="me"), *router.urls]
