"""The project as an app, and the Django admin with a site of its own."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class DistributionConfig(AppConfig):
    default = True
    name = "distribution"
    verbose_name = "Tributary"


class AdminConfig(admin.AdminConfig):
    default = False
    default_site = "distribution.sign_in.AdminSite"
