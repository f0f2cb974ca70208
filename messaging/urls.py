"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from messaging.api.notifications import NotificationViewSet, PreferenceViewSet
from messaging.views.notifications import NotificationOpenView, NotificationsView

app_name = "messaging"
urlpatterns: list[URLPattern | URLResolver] = [
    path("notifications/", NotificationsView.as_view(), name="notifications"),
    path("notifications/<int:pk>/open/", NotificationOpenView.as_view(), name="notification-open"),
]

router = SimpleRouter()
router.register("notifications", NotificationViewSet, "notifications")
router.register("notification-preferences", PreferenceViewSet, "notification-preferences")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
