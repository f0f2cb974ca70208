"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from stocktaking.api.counts import CountRowViewSet, StockCountViewSet
from stocktaking.api.scraps import ScrapViewSet
from stocktaking.views.counts import (
    ApproveCountView,
    CancelCountView,
    CountRowListView,
    OpenCountView,
    ReopenCountView,
    StockCountListView,
    StockCountView,
    SubmitCountView,
)
from stocktaking.views.entry import CountEntryView, PasteCountView
from stocktaking.views.scraps import (
    ApproveScrapView,
    CancelScrapView,
    ChangeScrapView,
    NewScrapView,
    ReturnScrapView,
    ScrapListView,
    ScrapView,
    SubmitScrapView,
    UndoScrapView,
)

app_name = "stocktaking"
urlpatterns: list[URLPattern | URLResolver] = [
    path("stock/counts/", StockCountListView.as_view(), name="counts"),
    path("stock/counts/new/", OpenCountView.as_view(), name="count-new"),
    path("stock/counts/<int:pk>/", StockCountView.as_view(), name="count"),
    path("stock/counts/<int:pk>/rows/", CountRowListView.as_view(), name="count-rows"),
    path("stock/counts/<int:pk>/entry/", CountEntryView.as_view(), name="count-entry"),
    path("stock/counts/<int:pk>/paste/", PasteCountView.as_view(), name="count-paste"),
    path("stock/counts/<int:pk>/submit/", SubmitCountView.as_view(), name="count-submit"),
    path("stock/counts/<int:pk>/approve/", ApproveCountView.as_view(), name="count-approve"),
    path("stock/counts/<int:pk>/reopen/", ReopenCountView.as_view(), name="count-reopen"),
    path("stock/counts/<int:pk>/cancel/", CancelCountView.as_view(), name="count-cancel"),
    path("stock/scrap/", ScrapListView.as_view(), name="scraps"),
    path("stock/scrap/new/", NewScrapView.as_view(), name="scrap-new"),
    path("stock/scrap/<int:pk>/", ScrapView.as_view(), name="scrap"),
    path("stock/scrap/<int:pk>/change/", ChangeScrapView.as_view(), name="scrap-change"),
    path("stock/scrap/<int:pk>/submit/", SubmitScrapView.as_view(), name="scrap-submit"),
    path("stock/scrap/<int:pk>/approve/", ApproveScrapView.as_view(), name="scrap-approve"),
    path("stock/scrap/<int:pk>/return/", ReturnScrapView.as_view(), name="scrap-return"),
    path("stock/scrap/<int:pk>/undo/", UndoScrapView.as_view(), name="scrap-reverse"),
    path("stock/scrap/<int:pk>/cancel/", CancelScrapView.as_view(), name="scrap-cancel"),
]

router = SimpleRouter()
router.register("stock-counts", StockCountViewSet, "stock-counts")
router.register("stock-count-rows", CountRowViewSet, "stock-count-rows")
router.register("scraps", ScrapViewSet, "scraps")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
