"""The pages of allauth that people need, one by one: a new release of the package opens nothing by itself; and its API."""

from allauth.account import views
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, path, re_path
from rest_framework.routers import SimpleRouter

from sign_in.invitations_api import InvitationViewSet
from sign_in.session_views import PersonSessionsView, SessionEndView, SessionsView
from sign_in.views import LoginView, password_change, sso_callback, sso_login, two_step

urlpatterns: list[URLPattern] = [
    path("login/", LoginView.as_view(), name="account_login"),
    path("login/code/", views.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("sso/login/", sso_login, name="sso_login"),
    path("sso/callback/", sso_callback, name="sso_callback"),
    path("two-step/", two_step, name="two_step"),
    path("sessions/", SessionsView.as_view(), name="sessions"),
    path("sessions/<int:pk>/end/", SessionEndView.as_view(), name="session_end"),
    path("people/<int:pk>/sessions/", PersonSessionsView.as_view(), name="person_sessions"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", password_change, name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("2fa/", second_factor.index, name="mfa_index"),
    path("2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]

router = SimpleRouter()
router.register("invitations", InvitationViewSet, "invitations")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
