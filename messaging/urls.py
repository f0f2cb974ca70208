"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from messaging.api.conversations import MessageViewSet
from messaging.api.notifications import NotificationViewSet, PreferenceViewSet
from messaging.api.sendings import ChatAddressViewSet, SendingViewSet
from messaging.views.conversations import (
    ConversationsView,
    ConversationView,
    MessageFileView,
    ReadConversationView,
    WithdrawMessageView,
)
from messaging.views.notifications import NotificationOpenView, NotificationsView
from messaging.views.sendings import SendingsView
from messaging.views.settings import ChatRemoveView, ChatTestView, ChatView, SettingsView

app_name = "messaging"
urlpatterns: list[URLPattern | URLResolver] = [
    path("conversations/", ConversationsView.as_view(), name="conversations"),
    path("conversations/<slug:name>/<int:pk>/", ConversationView.as_view(), name="conversation"),
    path("conversations/<slug:name>/<int:pk>/read/", ReadConversationView.as_view(), name="conversation-read"),
    path("conversations/messages/<int:pk>/withdraw/", WithdrawMessageView.as_view(), name="message-withdraw"),
    path("conversations/files/<int:pk>/file/", MessageFileView.as_view(), name="message-file"),
    path("notifications/", NotificationsView.as_view(), name="notifications"),
    path("notifications/<int:pk>/open/", NotificationOpenView.as_view(), name="notification-open"),
    path("notifications/settings/", SettingsView.as_view(), name="settings"),
    path("notifications/sent/", SendingsView.as_view(), name="sendings"),
    path("notifications/chat/", ChatView.as_view(), name="chat"),
    path("notifications/chat/test/", ChatTestView.as_view(), name="chat-test"),
    path("notifications/chat/remove/", ChatRemoveView.as_view(), name="chat-remove"),
]

router = SimpleRouter()
router.register("notifications", NotificationViewSet, "notifications")
router.register("notification-preferences", PreferenceViewSet, "notification-preferences")
router.register("notification-deliveries", SendingViewSet, "notification-deliveries")
router.register("messages", MessageViewSet, "messages")
router.register("chat-webhook", ChatAddressViewSet, "chat-webhook")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
