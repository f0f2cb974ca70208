"""What every table must have, so that no record is out of reach of an administrator or of a test."""

import importlib
from io import StringIO

import pghistory.models
import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.utils.functional import Promise

from tests.architecture.apps import APPS

# pghistory shows the rows of its own tables on one page for all; a proxy is the table of another model.
MODELS = [
    model
    for app in APPS
    for model in apps.get_app_config(app).get_models()
    if not issubclass(model, pghistory.models.Event) and not model._meta.proxy
]


def test_every_model_is_in_the_admin() -> None:
    """A record that no page shows can only be corrected in the database."""
    importlib.import_module("distribution.urls")
    assert [model._meta.label for model in MODELS if model not in admin.site._registry] == []


def test_every_model_has_a_name_in_each_language() -> None:
    """A table without a name of its own shows as raw English in a Chinese admin."""
    assert [model._meta.label for model in MODELS if not isinstance(model._meta.verbose_name, Promise)] == []


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    """A forgotten migration breaks the next installation."""
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())
