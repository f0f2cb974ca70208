"""The project as an app, and the Django admin with a site of its own."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _

from core.ui import navigation
from orders.permissions import can_see_shipped_value

SHIPPED = navigation.NavItem(
    key="shipped",
    label=_("Shipped value"),
    route="shipped",
    group=navigation.NavGroup.ORDERS,
    order=25,
    allowed=can_see_shipped_value,
)


class DistributionConfig(AppConfig):
    default = True
    name = "distribution"
    verbose_name = "Tributary"

    def ready(self) -> None:
        navigation.register(SHIPPED)
        from accounts.enums import AccountsTopic
        from core.outbox import subscribe_message
        from distribution.sign_in.consumers import send_password_reset, send_refused_attempts

        subscribe_message(AccountsTopic.PASSWORD_RESET_ASKED, "distribution.password_reset", send_password_reset)
        subscribe_message(AccountsTopic.SIGN_IN_REFUSED, "distribution.sign_in_refused", send_refused_attempts)


class AdminConfig(admin.AdminConfig):
    default = False
    default_site = "distribution.admin_site.AdminSite"
