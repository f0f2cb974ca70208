"""The Django admin: signed in to as everywhere else, its index in the order of need and with the way to the pages."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.ui.admin import ReadOnlyAdmin

# What is set up and looked after comes first, what the machinery keeps comes last.
APPS = (
    "accounts",
    "catalogue",
    "pricing",
    "channel",
    "onboarding",
    "outlets",
    "inventory",
    "transfers",
    "stocktaking",
    "orders",
    "billing",
    "planning",
    "evaluation",
    "cases",
    "company",
    "messaging",
    "integration",
    "core",
)
# Within an app these come first; the histories of rows come last.
FIRST = (
    "Distributor", "User", "Responsibility", "Duty", "Territory", "Tier", "Product", "Brand", "Category", "PriceList", "Price",
    "Warehouse", "SupplyRoute", "Stock", "Order", "Shipment", "Agreement", "SalesPlan", "SalesActual", "Scorecard",
    "EvaluationRun",
)  # fmt: skip
# The page of the program where the same rows are worked with.
PAGES = {
    "Distributor": "accounts:distributors",
    "User": "accounts:people",
    "Responsibility": "responsibility:radar",
    "Absence": "accounts:absences",
    "Product": "inventory:products",
    "PriceList": "pricing:price-lists",
    "Stock": "inventory:stock",
    "Order": "orders:list",
    "Agreement": "channel:agreements",
    "Application": "onboarding:applications",
    "Outlet": "outlets:outlets",
    "SalesPlan": "planning:plans",
    "Scorecard": "evaluation:cards",
    "EvaluationRun": "evaluation:runs",
    "Evaluation": "evaluation:evaluations",
    "Complaint": "cases:complaints",
    "Job": "core:jobs",
    "Notification": "messaging:notifications",
}


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)


# Not for the administration: the provider of single sign-on stands in the environment, sessions have a page of their own.
UNUSED = {"socialaccount.SocialApp", "socialaccount.SocialToken", "usersessions.UserSession"}


class LinkAdmin(ReadOnlyAdmin):
    """Who is linked to which identity. Deleting a row lets the person be linked anew; nobody is linked by hand."""

    list_display = ("user", "provider", "uid", "last_login")
    search_fields = ("user__email",)

    def has_delete_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return self.has_view_permission(request)


class AdminSite(admin.AdminSite):
    site_header = site_title = _("Tributary administration")
    index_title = _("All records")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        for model in models:
            if model._meta.label == "socialaccount.SocialAccount":
                super().register(model, LinkAdmin)
            elif model._meta.label not in UNUSED:
                super().register(model, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))

    def login(self, request: HttpRequest, _extra_context: dict[str, Any] | None = None) -> HttpResponseBase:  # type: ignore[override]  # the stub leaves out redirects
        """Sign in as everywhere else, so that rate limits and the second factor hold here too."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.get_full_path()))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Apps and models in the order of need, each model with the address of its page."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            for model in app["models"]:
                route = PAGES.get(model["object_name"])
                model["page_url"] = reverse(route) if route else ""
            app["models"].sort(key=lambda model: (_is_history(model), _place(FIRST, model["object_name"])))
        return sorted(apps, key=lambda app: _place(APPS, app["app_label"]))


def _is_history(model: Any) -> bool:
    return str(model["object_name"]).endswith("Event")
