"""Every address: each app brings its pages (`urlpatterns`) and its part of the API (`api_urlpatterns`)."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView

import accounts.urls
import billing.urls
import cases.urls
import catalogue.urls
import channel.urls
import channel_stock.urls
import company.urls
import core.urls
import evaluation.urls
import integration.urls
import inventory.urls
import messaging.urls
import onboarding.urls
import orders.urls
import outlets.urls
import planning.urls
import policies.urls
import pricing.urls
import responsibility.urls
import sign_in.urls
import stocktaking.urls
import transfers.urls
from distribution import probes
from distribution.home.views.home import HomeView
from distribution.home.views.money import ShippedView
from distribution.views import SchemaView, SetLanguageView

# What is asked most often stands first: an address is tried in this order.
api_urlpatterns = [
    *orders.urls.api_urlpatterns,
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema"), name="docs"),
    *core.urls.api_urlpatterns,
    *company.urls.api_urlpatterns,
    *accounts.urls.api_urlpatterns,
    *sign_in.urls.api_urlpatterns,
    *responsibility.urls.api_urlpatterns,
    *messaging.urls.api_urlpatterns,
    *catalogue.urls.api_urlpatterns,
    *inventory.urls.api_urlpatterns,
    *channel_stock.urls.api_urlpatterns,
    *transfers.urls.api_urlpatterns,
    *stocktaking.urls.api_urlpatterns,
    *pricing.urls.api_urlpatterns,
    *channel.urls.api_urlpatterns,
    *policies.urls.api_urlpatterns,
    *onboarding.urls.api_urlpatterns,
    *outlets.urls.api_urlpatterns,
    *planning.urls.api_urlpatterns,
    *billing.urls.api_urlpatterns,
    *cases.urls.api_urlpatterns,
    *evaluation.urls.api_urlpatterns,
    *integration.urls.api_urlpatterns,
]

urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("api/v1/", include((api_urlpatterns, "api"))),
    path("shipped/", ShippedView.as_view(), name="shipped"),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("accounts/", include("sign_in.urls")),
    path("i18n/setlang/", SetLanguageView.as_view(), name="set_language"),
    path("imports/", include("integration.urls")),
    path("webhooks/", include((integration.urls.webhook_urlpatterns, "webhooks"))),
    path("", include("core.urls")),
    path("", include("accounts.urls")),
    path("", include("responsibility.urls")),
    path("", include("messaging.urls")),
    path("", include("catalogue.urls")),
    path("", include("inventory.urls")),
    path("", include("channel_stock.urls")),
    path("", include("transfers.urls")),
    path("", include("stocktaking.urls")),
    path("", include("pricing.urls")),
    path("", include("channel.urls")),
    path("", include("policies.urls")),
    path("", include("onboarding.urls")),
    path("", include("outlets.urls")),
    path("", include("planning.urls")),
    path("", include("billing.urls")),
    path("", include("orders.urls")),
    path("", include("cases.urls")),
    path("", include("evaluation.urls")),
]

handler404 = "distribution.views.page_or_problem"
handler500 = "distribution.views.failed"
