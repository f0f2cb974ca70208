"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from transfers.api import TransferViewSet
from transfers.views import (
    CancelTransferView,
    ChangeTransferView,
    NewTransferView,
    ReceiveTransferView,
    RescheduleTransferView,
    SendTransferView,
    TransferListView,
    TransferView,
)

app_name = "transfers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("stock/transfers/", TransferListView.as_view(), name="transfers"),
    path("stock/transfers/new/", NewTransferView.as_view(), name="transfer-new"),
    path("stock/transfers/<int:pk>/", TransferView.as_view(), name="transfer"),
    path("stock/transfers/<int:pk>/change/", ChangeTransferView.as_view(), name="transfer-change"),
    path("stock/transfers/<int:pk>/send/", SendTransferView.as_view(), name="transfer-send"),
    path("stock/transfers/<int:pk>/receive/", ReceiveTransferView.as_view(), name="transfer-receive"),
    path("stock/transfers/<int:pk>/date/", RescheduleTransferView.as_view(), name="transfer-reschedule"),
    path("stock/transfers/<int:pk>/cancel/", CancelTransferView.as_view(), name="transfer-cancel"),
]

router = SimpleRouter()
router.register("transfers", TransferViewSet, "transfers")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
