"""Who acts, as services, permissions and scopes know it."""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from core.permissions import GrantInForce


@runtime_checkable
class Actor(Protocol):
    """A person acting under one membership: its role and organisation are the actor's.

    The person signed in, or whose token it is, bound to the membership in use. Services, permissions and scopes read
    nothing else of a person. `distributor_id` is None for the brand owner's people, `role` empty without a membership
    in force. `on_behalf_of_id` is the person for whom somebody else acts. `grants` say by permission what differs from
    its declaration; `works_for` whether a distributor is the person's work today, or that of somebody below.
    """

    @property
    def pk(self) -> Any: ...
    @property
    def is_active(self) -> Any: ...
    @property
    def is_authenticated(self) -> Any: ...
    @property
    def membership_id(self) -> int | None: ...
    @property
    def role(self) -> str: ...
    @property
    def distributor_id(self) -> int | None: ...
    @property
    def on_behalf_of_id(self) -> int | None: ...
    @property
    def grants(self) -> Mapping[str, GrantInForce]: ...
    def works_for(self, distributor_id: int) -> bool: ...
