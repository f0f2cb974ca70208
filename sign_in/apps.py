"""How people sign in: allauth with our limits, phone codes, single sign-on, the second step, and sessions."""

from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "sign_in"

    def ready(self) -> None:
        from accounts.enums import AccountsTopic
        from core.outbox import subscribe_message
        from sign_in.consumers import send_password_reset, send_refused_attempts
        from sign_in.two_step import check_roles

        check_roles()
        subscribe_message(AccountsTopic.PASSWORD_RESET_ASKED, "sign_in.password_reset", send_password_reset)
        subscribe_message(AccountsTopic.SIGN_IN_REFUSED, "sign_in.refused", send_refused_attempts)
