"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from accounts.api.absences import AbsenceViewSet
from accounts.api.distributors import DistributorViewSet
from accounts.api.grants import GrantViewSet, PermissionsView
from accounts.api.memberships import MembershipViewSet
from accounts.api.people import MeView, TokenViewSet, UserViewSet
from accounts.api.reference import DutyViewSet, TerritoryViewSet, TierViewSet
from accounts.api.responsibilities import ResponsibilityViewSet
from accounts.views.absences import AbsenceCancelView, AbsenceChangeView, AbsenceListView, AbsenceNewView
from accounts.views.distributors import (
    DistributorChangeView,
    DistributorListView,
    DistributorNewView,
    DistributorView,
)
from accounts.views.email import EmailConfirmView, PersonEmailView
from accounts.views.grants import GrantEndView, GrantNewView, OrderLimitView, PermissionListView
from accounts.views.invitations import InvitationWithdrawView, InviteView, JoinView
from accounts.views.memberships import MembershipEndView, MembershipNewView, MembershipUseView
from accounts.views.mine import TokenRevokeView, TokensView
from accounts.views.people import (
    PersonChangeView,
    PersonListView,
    PersonNewView,
    PersonRoleView,
    PersonView,
)

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("distributors/", DistributorListView.as_view(), name="distributors"),
    path("distributor/new/", DistributorNewView.as_view(), name="distributor-new"),
    path("distributors/<code:code>/", DistributorView.as_view(), name="distributor"),
    path("distributors/<code:code>/change/", DistributorChangeView.as_view(), name="distributor-change"),
    path("absences/", AbsenceListView.as_view(), name="absences"),
    path("absences/new/", AbsenceNewView.as_view(), name="absence-new"),
    path("absences/<int:pk>/", AbsenceChangeView.as_view(), name="absence-change"),
    path("absences/<int:pk>/cancel/", AbsenceCancelView.as_view(), name="absence-cancel"),
    path("permissions/", PermissionListView.as_view(), name="permissions"),
    path("permissions/grant/", GrantNewView.as_view(), name="grant-new"),
    path("permissions/grants/<int:pk>/end/", GrantEndView.as_view(), name="grant-end"),
    path("memberships/use/", MembershipUseView.as_view(), name="membership-use"),
    path("memberships/<int:pk>/end/", MembershipEndView.as_view(), name="membership-end"),
    path("people/<int:pk>/roles/add/", MembershipNewView.as_view(), name="membership-new"),
    path("people/<int:pk>/limit/", OrderLimitView.as_view(), name="order-limit"),
    path("people/invite/", InviteView.as_view(), name="invite"),
    path("people/invitations/<int:pk>/withdraw/", InvitationWithdrawView.as_view(), name="invitation-withdraw"),
    path("join/<str:secret>/", JoinView.as_view(), name="join"),
    path("people/", PersonListView.as_view(), name="people"),
    path("people/new/", PersonNewView.as_view(), name="person-new"),
    path("people/<int:pk>/", PersonView.as_view(), name="person"),
    path("people/<int:pk>/change/", PersonChangeView.as_view(), name="person-change"),
    path("people/<int:pk>/role/", PersonRoleView.as_view(), name="person-role"),
    path("people/<int:pk>/email/", PersonEmailView.as_view(), name="person-email"),
    path("email/confirm/<str:token>/", EmailConfirmView.as_view(), name="email-confirm"),
    path("tokens/", TokensView.as_view(), name="tokens"),
    path("tokens/<str:reference>/revoke/", TokenRevokeView.as_view(), name="token-revoke"),
]

router = SimpleRouter()
router.register("distributors", DistributorViewSet, "distributors")
router.register("tiers", TierViewSet, "tiers")
router.register("territories", TerritoryViewSet, "territories")
router.register("duties", DutyViewSet, "duties")
router.register("responsibilities", ResponsibilityViewSet, "responsibilities")
router.register("absences", AbsenceViewSet, "absences")
router.register("memberships", MembershipViewSet, "memberships")
router.register("grants", GrantViewSet, "grants")
router.register("users", UserViewSet, "users")
router.register("tokens", TokenViewSet, "tokens")
api_urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", MeView.as_view(), name="me"),
    path("permissions/", PermissionsView.as_view(), name="permissions"),
    *router.urls,
]
