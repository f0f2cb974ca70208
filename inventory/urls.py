"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from inventory.api.blocks import StockBlockViewSet
from inventory.api.catalogue import ProductViewSet
from inventory.api.expected_receipts import ExpectedReceiptViewSet
from inventory.api.stock import StockMoveViewSet, StockViewSet, WarehouseViewSet
from inventory.api.supply_routes import SupplyRouteViewSet
from inventory.views.blocks import BlockStockView, ChangeBlockView, StockBlockListView, StockBlockView, UnblockView
from inventory.views.expected_receipts import (
    CancelExpectedView,
    ExpectedReceiptListView,
    ExpectedReceiptView,
    NewExpectedReceiptView,
    ReceiveExpectedView,
)
from inventory.views.products import ProductListView, ProductView
from inventory.views.stock import AdjustView, ReceiveView, StockListView, StockMoveListView
from inventory.views.supply_routes import SupplyRouteView
from inventory.views.tracking import TrackingView

app_name = "inventory"
urlpatterns: list[URLPattern | URLResolver] = [
    path("products/", ProductListView.as_view(), name="products"),
    path("products/<code:code>/", ProductView.as_view(), name="product"),
    path("products/<code:code>/tracking/", TrackingView.as_view(), name="product-tracking"),
    path("stock/", StockListView.as_view(), name="stock"),
    path("stock/moves/", StockMoveListView.as_view(), name="moves"),
    path("stock/expected/", ExpectedReceiptListView.as_view(), name="expected-receipts"),
    path("stock/expected/new/", NewExpectedReceiptView.as_view(), name="expected-receipt-new"),
    path("stock/expected/<int:pk>/", ExpectedReceiptView.as_view(), name="expected-receipt"),
    path("stock/expected/<int:pk>/receive/", ReceiveExpectedView.as_view(), name="expected-receipt-receive"),
    path("stock/expected/<int:pk>/cancel/", CancelExpectedView.as_view(), name="expected-receipt-cancel"),
    path("stock/blocked/", StockBlockListView.as_view(), name="blocks"),
    path("stock/blocked/new/", BlockStockView.as_view(), name="block-new"),
    path("stock/blocked/<int:pk>/", StockBlockView.as_view(), name="block"),
    path("stock/blocked/<int:pk>/change/", ChangeBlockView.as_view(), name="block-change"),
    path("stock/blocked/<int:pk>/release/", UnblockView.as_view(), name="block-release"),
    path("stock/receive/", ReceiveView.as_view(), name="receive"),
    path("stock/adjust/", AdjustView.as_view(), name="adjust"),
    path("distributors/<code:code>/supply-route/", SupplyRouteView.as_view(), name="supply-route"),
]

router = SimpleRouter()
router.register("products", ProductViewSet, "products")
router.register("warehouses", WarehouseViewSet, "warehouses")
router.register("supply-routes", SupplyRouteViewSet, "supply-routes")
router.register("stock-moves", StockMoveViewSet, "stock-moves")
router.register("expected-receipts", ExpectedReceiptViewSet, "expected-receipts")
router.register("stock-blocks", StockBlockViewSet, "stock-blocks")
router.register("stock", StockViewSet, "stock")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
