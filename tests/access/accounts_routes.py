"""Who may open what of people, distributors and duties."""

from tests.access.table import ROLELESS, SIGNED_IN, WITH_ROLE, Route
from tests.access.world import World

ROUTES = [
    Route(name="api:tiers-list", allowed=SIGNED_IN),
    Route(name="api:tiers-detail", allowed=WITH_ROLE, hidden={ROLELESS}, args=lambda w: {"code": w.mine.tier.code}),
    Route(name="api:territories-list", allowed=SIGNED_IN),
    Route(
        name="api:territories-detail",
        allowed=WITH_ROLE,
        hidden={ROLELESS},
        args=lambda w: {"code": w.mine.territory.code},
    ),
    Route(name="api:duties-list", allowed=SIGNED_IN),
    Route(
        name="api:duties-detail",
        allowed=WITH_ROLE,
        hidden={ROLELESS},
        args=lambda w: {"code": w.things.responsibility.duty.code},
    ),
]


def build(world: World) -> None:
    """Nothing yet beyond the world itself."""
