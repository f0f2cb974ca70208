"""`manage.py verify` says what differs, and fails."""

from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import F

from core.constraints import project_apps
from core.registry import registry
from inventory.models import Stock
from tests.factories.inventory import StockFactory

MODULES = 6
pytestmark = pytest.mark.django_db


def test_a_difference_is_named_and_fails() -> None:
    """A silent check is none: whoever runs it every night must be woken by it."""
    StockFactory.create(on_hand=10)
    out = StringIO()
    call_command("verify", stdout=out)
    assert "no difference" in out.getvalue()
    Stock.objects.update(on_hand=F("on_hand") + 1)
    out = StringIO()
    with pytest.raises(CommandError, match="1 of"):
        call_command("verify", stdout=out)
    assert "on_hand=11" in out.getvalue()


def test_every_app_with_promises_is_asked() -> None:
    """A promise that nobody recomputes is not kept for long."""
    modules = {path.relative_to(settings.BASE_DIR).with_suffix("") for path in declaring()}
    assert len(modules) >= MODULES
    declared = [name for module in modules for name in names_in(".".join(module.parts))]
    assert sorted(registry.invariants.keys()) == sorted(declared)


def declaring() -> list[Path]:
    """The modules that list what always holds."""
    return [
        path
        for app in project_apps()
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "\nINVARIANTS: tuple" in path.read_text()
    ]


def names_in(module: str) -> list[str]:
    return [invariant.name for invariant in import_module(module).INVARIANTS]
