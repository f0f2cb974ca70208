"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from inventory.api.catalogue import ProductViewSet
from inventory.api.channel_stock import ChannelStockViewSet
from inventory.api.stock import StockMoveViewSet, StockViewSet, WarehouseViewSet
from inventory.views.channel_stock import ChannelStockListView, ReportStockView
from inventory.views.products import ProductListView, ProductView
from inventory.views.stock import AdjustView, ReceiveView, StockListView, StockMoveListView
from inventory.views.supply_routes import SupplyRouteView

app_name = "inventory"
urlpatterns: list[URLPattern | URLResolver] = [
    path("products/", ProductListView.as_view(), name="products"),
    path("products/<code:code>/", ProductView.as_view(), name="product"),
    path("stock/", StockListView.as_view(), name="stock"),
    path("stock/moves/", StockMoveListView.as_view(), name="moves"),
    path("stock/receive/", ReceiveView.as_view(), name="receive"),
    path("stock/adjust/", AdjustView.as_view(), name="adjust"),
    path("distributors/<code:code>/supply-route/", SupplyRouteView.as_view(), name="supply-route"),
    path("channel-inventory/", ChannelStockListView.as_view(), name="channel-stock"),
    path("channel-inventory/report/", ReportStockView.as_view(), name="report-stock"),
]

router = SimpleRouter()
router.register("products", ProductViewSet, "products")
router.register("warehouses", WarehouseViewSet, "warehouses")
router.register("channel-stock", ChannelStockViewSet, "channel-stock")
router.register("stock-moves", StockMoveViewSet, "stock-moves")
router.register("stock", StockViewSet, "stock")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
