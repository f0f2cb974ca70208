"""The pages of imports and of webhooks, and the part of the API."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from integration.api import WebhookDeliveryViewSet, WebhookViewSet
from integration.views.imports import (
    ImportCorrectedView,
    ImportDetailView,
    ImportLeaveOutView,
    ImportListView,
    ImportStartView,
    ImportUploadView,
    WrongRowsView,
)
from integration.views.starter import JobProfileView, MappingView, TemplateView
from integration.views.webhooks import (
    ReplayView,
    RotateSecretView,
    WebhookChangeView,
    WebhookCreateView,
    WebhookDeliveriesView,
    WebhookListView,
    WebhookView,
)

app_name = "imports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", ImportListView.as_view(), name="list"),
    path("new/", ImportUploadView.as_view(), name="upload"),
    path("templates/<slug:kind>.xlsx", TemplateView.as_view(), name="template"),
    path("map/<slug:key>/", MappingView.as_view(), name="map"),
    path("<int:pk>/profile.toml", JobProfileView.as_view(), name="profile"),
    path("<int:pk>/", ImportDetailView.as_view(), name="detail"),
    path("<int:pk>/check/", ImportStartView.as_view(dry_run=True), name="check"),
    path("<int:pk>/take/", ImportStartView.as_view(dry_run=False), name="take"),
    path("<int:pk>/leave-out/", ImportLeaveOutView.as_view(), name="leave-out"),
    path("<int:pk>/corrected/", ImportCorrectedView.as_view(), name="corrected"),
    path("<int:pk>/wrong-rows.csv", WrongRowsView.as_view(), name="wrong-rows"),
]

webhook_urlpatterns: list[URLPattern | URLResolver] = [
    path("", WebhookListView.as_view(), name="list"),
    path("new/", WebhookCreateView.as_view(), name="new"),
    path("deliveries/", WebhookDeliveriesView.as_view(), name="deliveries"),
    path("deliveries/replay/", ReplayView.as_view(), name="replay"),
    path("<int:pk>/", WebhookView.as_view(), name="detail"),
    path("<int:pk>/change/", WebhookChangeView.as_view(), name="change"),
    path("<int:pk>/rotate/", RotateSecretView.as_view(), name="rotate"),
]

router = SimpleRouter()
router.register("webhooks", WebhookViewSet, "webhooks")
router.register("webhook-deliveries", WebhookDeliveryViewSet, "webhook-deliveries")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
