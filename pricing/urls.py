"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from pricing.api.prices import PriceListViewSet, PriceViewSet
from pricing.views import (
    PriceListCreateView,
    PriceListingView,
    PriceListListView,
    PriceListView,
    ProductPricesView,
    SetPriceView,
)

app_name = "pricing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("price-lists/", PriceListListView.as_view(), name="price-lists"),
    path("price-lists/new/", PriceListCreateView.as_view(), name="price-list-new"),
    path("price-lists/<code:code>/", PriceListView.as_view(), name="price-list"),
    path("prices/", PriceListingView.as_view(), name="prices"),
    path("prices/set/", SetPriceView.as_view(), name="price-set"),
    path("products/<code:code>/prices/", ProductPricesView.as_view(), name="product-prices"),
]

router = SimpleRouter()
router.register("price-lists", PriceListViewSet, "price-lists")
router.register("prices", PriceViewSet, "prices")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
