"""The project as an app, and the Django admin with a site of its own."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

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
        _name_tables_of_packages()


def _name_tables_of_packages() -> None:
    """Tables that packages make are named by their classes, in English, and the administration would show that."""
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        name: Any = None
        if tracked is not None:
            name = format_lazy(_("{name}: change history"), name=tracked._meta.verbose_name)
        elif model._meta.label == "mfa.Authenticator":
            name = _("authenticators")
        elif model._meta.label == "socialaccount.SocialAccount":
            name = _("single sign-on links")
        if name is not None:
            model._meta.verbose_name = model._meta.verbose_name_plural = name


# Texts of packages that bring no Chinese of their own.
_TEXTS_OF_PACKAGES = (gettext_noop("parent"),)


class AdminConfig(admin.AdminConfig):
    default = False
    default_site = "distribution.admin_site.AdminSite"
