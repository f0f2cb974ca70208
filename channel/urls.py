"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from channel.api import AgreementViewSet
from channel.views.agreements import (
    AgreementChangeView,
    AgreementCreateView,
    AgreementListView,
    AgreementView,
    ScanView,
)
from channel.views.steps import (
    AcceptAgreementView,
    DeclineAgreementView,
    EndAgreementView,
    PutInForceView,
    ReviseAgreementView,
    SendAgreementView,
    WithdrawAgreementView,
)

app_name = "channel"
urlpatterns: list[URLPattern | URLResolver] = [
    path("agreements/", AgreementListView.as_view(), name="agreements"),
    path("agreements/new/", AgreementCreateView.as_view(), name="agreement-new"),
    path("agreements/<int:pk>/", AgreementView.as_view(), name="agreement"),
    path("agreements/<int:pk>/change/", AgreementChangeView.as_view(), name="agreement-change"),
    path("agreements/<int:pk>/send/", SendAgreementView.as_view(), name="agreement-send"),
    path("agreements/<int:pk>/accept/", AcceptAgreementView.as_view(), name="agreement-accept"),
    path("agreements/<int:pk>/decline/", DeclineAgreementView.as_view(), name="agreement-decline"),
    path("agreements/<int:pk>/withdraw/", WithdrawAgreementView.as_view(), name="agreement-withdraw"),
    path("agreements/<int:pk>/put-in-force/", PutInForceView.as_view(), name="agreement-put-in-force"),
    path("agreements/<int:pk>/end/", EndAgreementView.as_view(), name="agreement-end"),
    path("agreements/<int:pk>/revise/", ReviseAgreementView.as_view(), name="agreement-revise"),
    path("agreements/<int:pk>/scan/", ScanView.as_view(), name="agreement-scan"),
]

router = SimpleRouter()
router.register("agreements", AgreementViewSet, "agreements")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
