"""How a row of the access table is written: one route, one method, and who gets what."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.access.world import World

ANONYMOUS = "anonymous"
INACTIVE = "inactive"
ROLELESS = "roleless"
ADMINISTRATOR = "administrator"
DIRECTOR = "director"
MANAGER = "manager"
IDLE = "idle"
WAREHOUSE = "warehouse"
FINANCE = "finance"
OWNER = "owner"
BUYER = "buyer"
KEEPER = "keeper"
ACCOUNTANT = "accountant"
STRANGER = "stranger"

LEADS = frozenset({ADMINISTRATOR, DIRECTOR})
# Those of the brand who see `mine`; IDLE is a manager who answers for nobody.
BRAND = LEADS | {MANAGER, WAREHOUSE, FINANCE}
OURS = frozenset({OWNER, BUYER, KEEPER, ACCOUNTANT})
# Everybody who sees `mine`, and everybody who has a role at all.
SEERS = BRAND | OURS
OUTSIDERS = frozenset({IDLE, STRANGER, ROLELESS})
WITH_ROLE = SEERS | {IDLE, STRANGER}
SIGNED_IN = WITH_ROLE | {ROLELESS}
NOT_SIGNED_IN = frozenset({ANONYMOUS, INACTIVE})
ACTORS = SIGNED_IN | NOT_SIGNED_IN

From = Callable[[World], Mapping[str, Any]]


def _nothing(_world: World) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Route:
    """`allowed` get `ok`, `hidden` get 404, everybody else who is signed in gets `refused`.

    Who is not signed in gets 401 from the API and is sent to the sign-in page by a page, unless `public`.
    `also` names single people with an answer of their own. `args` fills the address, `query` follows it, `body` is sent
    (as JSON to the API, as a form to a page) with `headers`.
    """

    name: str
    method: str = "GET"
    allowed: Collection[str]
    hidden: Collection[str] = ()
    ok: int | tuple[int, ...] = 200
    refused: int = 403
    args: From = _nothing
    query: str = ""
    body: From = _nothing
    headers: From = _nothing
    public: bool = False
    htmx: bool = False
    also: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.name}"

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api:")

    def expected(self, actor: str) -> tuple[int, ...]:
        if actor in self.also:
            return self.also[actor]
        if actor in NOT_SIGNED_IN and not self.public:
            return (401,) if self.is_api else (302,)
        if actor in self.allowed:
            return self.ok if isinstance(self.ok, tuple) else (self.ok,)
        return (404,) if actor in self.hidden else (self.refused,)
