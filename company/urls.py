"""The part of the API under /api/v1/ that is this app's."""

from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from company.api.settings import CompanyViewSet, ExchangeRateViewSet, NumberSeriesViewSet, TaxCodeViewSet

router = SimpleRouter()
router.register("companies", CompanyViewSet, "companies")
router.register("exchange-rates", ExchangeRateViewSet, "exchange-rates")
router.register("tax-codes", TaxCodeViewSet, "tax-codes")
router.register("number-series", NumberSeriesViewSet, "number-series")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
