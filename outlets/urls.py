"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from outlets.api import BusinessDirectionViewSet, OutletLinkViewSet, OutletViewSet
from outlets.views.directions import DirectionEndView, DirectionNewView
from outlets.views.links import EndLinkView, LinkOutletView, OutletLinkListView
from outlets.views.outlets import (
    CloseOutletView,
    OpenOutletView,
    OutletChangeView,
    OutletListView,
    OutletNewView,
    OutletView,
    ReopenOutletView,
)

app_name = "outlets"
urlpatterns: list[URLPattern | URLResolver] = [
    path("outlets/", OutletListView.as_view(), name="outlets"),
    path("outlets/new/", OutletNewView.as_view(), name="outlet-new"),
    path("outlet-links/", OutletLinkListView.as_view(), name="links"),
    path("outlet-links/<int:pk>/end/", EndLinkView.as_view(), name="link-end"),
    path("distributors/<code:code>/directions/new/", DirectionNewView.as_view(), name="direction-new"),
    path("directions/<int:pk>/end/", DirectionEndView.as_view(), name="direction-end"),
    path("outlets/<code:code>/", OutletView.as_view(), name="outlet"),
    path("outlets/<code:code>/change/", OutletChangeView.as_view(), name="outlet-change"),
    path("outlets/<code:code>/open/", OpenOutletView.as_view(), name="outlet-open"),
    path("outlets/<code:code>/close/", CloseOutletView.as_view(), name="outlet-close"),
    path("outlets/<code:code>/reopen/", ReopenOutletView.as_view(), name="outlet-reopen"),
    path("outlets/<code:code>/link/", LinkOutletView.as_view(), name="outlet-link"),
]

router = SimpleRouter()
router.register("outlets", OutletViewSet, "outlets")
router.register("outlet-links", OutletLinkViewSet, "outlet-links")
router.register("business-directions", BusinessDirectionViewSet, "business-directions")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
