"""`manage.py verify` says what differs, and fails."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from core.project import project_apps
from distribution.management.commands.verify import all_invariants
from inventory.models import Stock
from tests.factories.inventory import StockFactory

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
    asked = {check.name.split(".")[0] for check in all_invariants()}
    assert {"inventory", "planning", "orders", "evaluation"} <= asked <= set(project_apps())
    names = [check.name for check in all_invariants()]
    assert len(names) == len(set(names))
