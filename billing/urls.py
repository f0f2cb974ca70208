"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from billing.api.accounts import (
    AccountEntryViewSet,
    CreditLimitViewSet,
    CreditReservationViewSet,
    TradeAccountViewSet,
)
from billing.views.accounts import (
    AccountEntryListView,
    AccountLimitView,
    JoinGroupView,
    OpenAccountView,
    PostEntryView,
    ReverseEntryView,
    TradeAccountListView,
    TradeAccountView,
)
from billing.views.limits import ChangeGroupLimitView, CreditLimitListView, NewGroupLimitView

app_name = "billing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("trade-accounts/", TradeAccountListView.as_view(), name="accounts"),
    path("trade-accounts/open/", OpenAccountView.as_view(), name="account-open"),
    path("trade-accounts/entries/", AccountEntryListView.as_view(), name="entries"),
    path("trade-accounts/limits/", CreditLimitListView.as_view(), name="limits"),
    path("trade-accounts/limits/new/", NewGroupLimitView.as_view(), name="limit-new"),
    path("trade-accounts/limits/<int:pk>/", ChangeGroupLimitView.as_view(), name="limit"),
    path("trade-accounts/<int:pk>/", TradeAccountView.as_view(), name="account"),
    path("trade-accounts/entries/<int:pk>/reverse/", ReverseEntryView.as_view(), name="entry-reverse"),
    path("trade-accounts/<int:pk>/post/", PostEntryView.as_view(), name="entry-new"),
    path("trade-accounts/<int:pk>/limit/", AccountLimitView.as_view(), name="account-limit"),
    path("trade-accounts/<int:pk>/group/", JoinGroupView.as_view(), name="account-group"),
]

router = SimpleRouter()
router.register("trade-accounts", TradeAccountViewSet, "trade-accounts")
router.register("credit-limits", CreditLimitViewSet, "credit-limits")
router.register("account-entries", AccountEntryViewSet, "account-entries")
router.register("credit-reservations", CreditReservationViewSet, "credit-reservations")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
