"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from planning.api.attainment import AttainmentViewSet, SalesActualViewSet
from planning.api.plans import SalesPlanViewSet
from planning.api.prices import PriceListViewSet, PriceViewSet

app_name = "planning"
urlpatterns: list[URLPattern | URLResolver] = []

router = SimpleRouter()
router.register("price-lists", PriceListViewSet, "price-lists")
router.register("prices", PriceViewSet, "prices")
router.register("plans", SalesPlanViewSet, "plans")
router.register("attainment", AttainmentViewSet, "attainment")
router.register("sales", SalesActualViewSet, "sales")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
