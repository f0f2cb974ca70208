"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from channel_stock.api import ChannelStockViewSet
from channel_stock.views.stock import ChannelStockListView, ReportStockView

app_name = "channel_stock"
urlpatterns: list[URLPattern | URLResolver] = [
    path("channel-inventory/", ChannelStockListView.as_view(), name="channel-stock"),
    path("channel-inventory/report/", ReportStockView.as_view(), name="report-stock"),
]

router = SimpleRouter()
router.register("channel-stock", ChannelStockViewSet, "channel-stock")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
