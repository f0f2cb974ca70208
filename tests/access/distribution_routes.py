"""Probes and the API's own description."""

from tests.access.table import ACTORS, ADMINISTRATOR, SIGNED_IN, Route

ROUTES = [
    Route(name="healthz", allowed=ACTORS, public=True),
    Route(name="readyz", allowed=ACTORS, ok=(200, 503), public=True),
    Route(name="metrics", allowed={ADMINISTRATOR}, public=True),
    Route(name="api:schema", allowed=SIGNED_IN),
    Route(name="api:docs", allowed=SIGNED_IN),
]
