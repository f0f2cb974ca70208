"""Probes and the API's own description."""

from tests.access.table import ACTORS, ADMINISTRATOR, SIGNED_IN, Route

ROUTES = [
    Route(name="home", allowed=SIGNED_IN),
    Route(
        name="set_language",
        method="POST",
        allowed=ACTORS,
        ok=302,
        body=lambda _world: {"language": "en"},
        public=True,
    ),
    Route(name="healthz", allowed=ACTORS, public=True),
    Route(name="readyz", allowed=ACTORS, ok=(200, 503), public=True),
    Route(name="metrics", allowed={ADMINISTRATOR}, public=True),
    Route(name="api:schema", allowed=SIGNED_IN),
    Route(name="api:docs", allowed=SIGNED_IN),
]
