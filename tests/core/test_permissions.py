"""The one table of permissions, without a database. Where this breaks, a grant gives too much or takes nothing away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import gettext_lazy as _

from core.errors import NotAllowed
from core.permissions import GrantInForce, Permission, by_codename, declare, has_permission, require

TEST = declare("core.test_something", _("Permissions"), roles=["director"], has_limit=True)
FIXED = declare("core.test_fixed", _("Permissions"), roles=["director"], is_fixed=True)


@dataclass
class Somebody:
    role: str = "director"
    is_active: bool = True
    is_authenticated: bool = True
    grants: Mapping[str, GrantInForce] = field(default_factory=dict)


def granted(
    *, allowed: bool = True, limit: int | None = None, personal: bool = False, of: Permission = TEST
) -> GrantInForce:
    amount = None if limit is None else Decimal(limit)
    return GrantInForce(codename=of.codename, is_allowed=allowed, amount_limit=amount, rank=int(personal))


def test_the_declaration_holds_where_no_grant_says_otherwise() -> None:
    assert TEST.granted_to(Somebody())
    assert not TEST.granted_to(Somebody(role="warehouse"))


@pytest.mark.parametrize("who", [{"role": ""}, {"is_active": False}, {"is_authenticated": False}, {"role": "auditor"}])
def test_nobody_gets_anything_by_chance(who: dict[str, Any]) -> None:
    assert not TEST.granted_to(Somebody(**who))


def test_a_grant_gives_and_takes_away() -> None:
    assert TEST.granted_to(Somebody(role="warehouse", grants=by_codename([granted()])))
    assert not TEST.granted_to(Somebody(grants=by_codename([granted(allowed=False)])))
    assert not TEST.granted_to(Somebody(role="", grants=by_codename([granted(personal=True)]))), (
        "without a role nothing"
    )


def test_a_personal_grant_goes_before_that_of_the_role() -> None:
    both = [granted(personal=True), granted(allowed=False)]
    for grants in (both, both[::-1]):
        assert TEST.granted_to(Somebody(grants=by_codename(grants)))


def test_a_limit_is_the_last_amount_that_is_allowed() -> None:
    somebody = Somebody(grants=by_codename([granted(limit=100)]))
    assert TEST.granted_to(somebody), "whether at all"
    assert TEST.granted_to(somebody, amount=Decimal(100))
    assert not TEST.granted_to(somebody, amount=Decimal("100.01"))
    assert not TEST.granted_to(somebody, amount=Decimal("Infinity"))
    assert TEST.granted_to(Somebody(), amount=Decimal("Infinity")), "by declaration without a limit"


def test_what_is_fixed_takes_no_grants() -> None:
    """An administrator could be shut out for good."""
    assert FIXED.granted_to(Somebody(grants=by_codename([granted(allowed=False, of=FIXED)])))


def test_a_permission_is_declared_once_and_asked_by_its_name() -> None:
    assert declare("core.test_something", _("Permissions"), roles=["director"], has_limit=True) == TEST
    with pytest.raises(ValueError, match="declared already"):
        declare("core.test_something", "Another", roles=["director"])
    with pytest.raises(KeyError):
        has_permission(Somebody(), "core.nobody_declared")


def test_the_guard_refuses() -> None:
    require(True)
    with pytest.raises(NotAllowed, match="Not today"):
        require(False, "Not today")
