"""What every table must have, so that no record is out of reach of an administrator or of a test."""

import importlib
from io import StringIO

import pghistory.models
import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.utils.functional import Promise
from pgtrigger.migrations import AddTrigger

from core.initial_migration import InitialMigration
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


def test_what_is_applied_at_once_only_adds() -> None:
    """A table would be made without what an operation takes away again, or an installation would miss a table."""
    adding = (
        migrations.CreateModel, migrations.AddField, migrations.AddConstraint, migrations.AddIndex, migrations.RunSQL, AddTrigger,
    )  # fmt: skip
    found = [one for one in MigrationLoader(None).disk_migrations.values() if isinstance(one, InitialMigration)]
    assert found
    for migration in found:
        made = {one.name_lower for one in migration.operations if isinstance(one, migrations.CreateModel)}
        assert [one for one in migration.operations if not isinstance(one, adding)] == [], migration
        changed = {one.model_name.lower() for one in migration.operations if hasattr(one, "model_name")}
        assert changed <= made, migration
