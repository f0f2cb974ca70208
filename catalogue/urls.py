"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from catalogue.api import BrandViewSet, CategoryViewSet, ProductCodeViewSet
from catalogue.views import BuyingRightsView, ProductChangeView, ProductCreateView

app_name = "catalogue"
urlpatterns: list[URLPattern | URLResolver] = [
    path("products/new/", ProductCreateView.as_view(), name="product-new"),
    path("products/<code:code>/change/", ProductChangeView.as_view(), name="product-change"),
    path("buying-rights/<code:code>/", BuyingRightsView.as_view(), name="buying-rights"),
]

router = SimpleRouter()
router.register("brands", BrandViewSet, "brands")
router.register("categories", CategoryViewSet, "categories")
router.register("product-codes", ProductCodeViewSet, "product-codes")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
