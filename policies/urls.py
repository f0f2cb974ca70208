"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from policies.api import AnnouncementViewSet, RecipientViewSet
from policies.views.announcements import (
    AcknowledgeAnnouncementView,
    AnnouncementChangeView,
    AnnouncementCreateView,
    AnnouncementFileView,
    AnnouncementListView,
    AnnouncementView,
    AttachFileView,
    PublishAnnouncementView,
    RemoveFileView,
    ReviseAnnouncementView,
    WithdrawAnnouncementView,
)
from policies.views.recipients import RecipientListView
from policies.views.rules import PriceListPolicyView, RulesView

app_name = "policies"
urlpatterns: list[URLPattern | URLResolver] = [
    path("announcements/", AnnouncementListView.as_view(), name="announcements"),
    path("announcements/new/", AnnouncementCreateView.as_view(), name="announcement-new"),
    path("announcements/recipients/", RecipientListView.as_view(), name="recipients"),
    path("announcements/<int:pk>/", AnnouncementView.as_view(), name="announcement"),
    path("announcements/<int:pk>/change/", AnnouncementChangeView.as_view(), name="announcement-change"),
    path("announcements/<int:pk>/publish/", PublishAnnouncementView.as_view(), name="announcement-publish"),
    path("announcements/<int:pk>/withdraw/", WithdrawAnnouncementView.as_view(), name="announcement-withdraw"),
    path("announcements/<int:pk>/revise/", ReviseAnnouncementView.as_view(), name="announcement-revise"),
    path("announcements/<int:pk>/rules/", RulesView.as_view(), name="announcement-rules"),
    path("price-lists/<code:code>/policy/", PriceListPolicyView.as_view(), name="price-list-policy"),
    path("announcements/<int:pk>/attach/", AttachFileView.as_view(), name="announcement-attach"),
    path("announcements/<int:pk>/acknowledge/", AcknowledgeAnnouncementView.as_view(), name="announcement-acknowledge"),
    path("announcements/files/<int:pk>/", AnnouncementFileView.as_view(), name="announcement-file"),
    path("announcements/files/<int:pk>/remove/", RemoveFileView.as_view(), name="announcement-file-remove"),
]

router = SimpleRouter()
router.register("announcements", AnnouncementViewSet, "announcements")
router.register("announcement-recipients", RecipientViewSet, "announcement-recipients")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
