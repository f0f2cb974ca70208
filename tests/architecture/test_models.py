"""What every table must have, so that no record is out of reach of an administrator or of a test."""

import importlib
from io import StringIO

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import models

from tests.architecture.test_sources import APPS

MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_is_in_the_admin(model: type[models.Model]) -> None:
    """A record that no page shows can only be mended in the database."""
    importlib.import_module("distribution.urls")
    assert model in admin.site._registry


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_speaks_both_languages(model: type[models.Model]) -> None:
    """A table without a name of its own shows as raw English in a Chinese admin."""
    assert model._meta.verbose_name != model._meta.verbose_name_raw or not isinstance(model._meta.verbose_name, str)


def test_models_and_migrations_agree() -> None:
    """A forgotten migration breaks the next installation."""
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())
