"""The one table of permissions: each app declares its own, with the roles that have it unless a grant says otherwise.

Grants are stored above (`accounts.Grant`) and read with whoever acts, so that asking costs nothing. A permission that
nobody declared, a person who is not active, and a role that no declaration names get nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.errors import Message, NotAllowed


@dataclass(frozen=True, kw_only=True)
class Permission:
    """One thing that can be allowed. `codename` is `app.verb_noun`.

    With `has_limit` a grant may allow it up to an amount, in the company's currency. `is_fixed` takes no grants: without
    it nobody could put right what a grant did.
    """

    codename: str
    label: Message
    roles: frozenset[str]
    has_limit: bool = False
    is_fixed: bool = False

    @property
    def app(self) -> str:
        return self.codename.split(".", 1)[0]

    def granted_to(self, actor: Any, *, amount: Decimal | None = None) -> bool:
        """Whether `actor` may; for `amount` of the company's currency, where it is about one."""
        return has_permission(actor, self.codename, amount=amount)


@dataclass(frozen=True, kw_only=True)
class GrantInForce:
    """What a grant says of one permission today."""

    codename: str
    is_allowed: bool
    amount_limit: Decimal | None
    rank: int
    """Which goes first: 0 of a role, 1 of the person, 2 of the person in one organisation."""


_permissions: dict[str, Permission] = {}


def declare(
    codename: str, label: Message, *, roles: Iterable[str], has_limit: bool = False, is_fixed: bool = False
) -> Permission:
    """Make a permission known, with the roles that have it by default. Called where it is named; a codename once."""
    permission = Permission(
        codename=codename, label=label, roles=frozenset(map(str, roles)), has_limit=has_limit, is_fixed=is_fixed
    )
    if _permissions.setdefault(codename, permission) != permission:
        raise ValueError(f"{codename} is declared already")
    return permission


def declared_permissions() -> Mapping[str, Permission]:
    """All of them, by codename, in order."""
    return dict(sorted(_permissions.items()))


def has_permission(actor: Any, codename: str, *, amount: Decimal | None = None) -> bool:
    """Whether `actor` may. A personal grant goes before one for the role, and that before the declaration.

    Raises KeyError for a codename that nobody declared.
    """
    permission = _permissions[codename]
    if not (getattr(actor, "is_authenticated", False) and actor.is_active and actor.role):
        return False
    grant: GrantInForce | None = None if permission.is_fixed else actor.grants.get(codename)
    if grant is None:
        return actor.role in permission.roles
    within = amount is None or grant.amount_limit is None or amount <= grant.amount_limit
    return grant.is_allowed and within


def by_codename(grants: Collection[GrantInForce]) -> Mapping[str, GrantInForce]:
    """The one that decides for each permission: the personal one, first that of the organisation, else that of the role."""
    return {grant.codename: grant for grant in sorted(grants, key=lambda grant: grant.rank)}


def require(condition: bool, message: Message = "") -> None:  # noqa: FBT001 - reads as a sentence
    """The guard between a predicate and a use case: raises NotAllowed (403) unless the predicate holds."""
    if not condition:
        raise NotAllowed(message)


def is_active_user(user: Any) -> bool:
    """Somebody signed in who may still work here: pages whose rows are scoped to the person need no more."""
    return bool(user.is_authenticated and user.is_active)
