"""Search, jobs, saved views and preferences: everybody's, each with one's own rows."""

from typing import Any

from tests.access.table import (
    ACTORS,
    ADMINISTRATOR,
    SIGNED_IN,
    Route,
)
from tests.access.world import World
from tests.factories.core import JobFactory, JobRowErrorFactory, SavedViewFactory


def build(world: World) -> None:
    """A job nobody started: administrators see it, to everybody else it is not there."""
    world.things.job = JobFactory.create(created_by=None)
    JobRowErrorFactory.create(job=world.things.job)
    world.things.view = SavedViewFactory.create(user=world.people["owner"])


def job(world: World) -> dict[str, Any]:
    return {"pk": world.things.job.pk}


OTHERS = SIGNED_IN - {ADMINISTRATOR}
ROUTES = [
    Route(name="core:search", allowed=SIGNED_IN, query="?q=abc"),
    Route(name="core:suggest", allowed=SIGNED_IN, args=lambda _world: {"kind": "distributor"}, query="?distributor=ab"),
    Route(name="core:theme", method="POST", allowed=ACTORS, ok=302, body=lambda _world: {"theme": "dark"}, public=True),
    Route(name="core:jobs", allowed=SIGNED_IN),
    Route(name="core:job", allowed={ADMINISTRATOR}, hidden=OTHERS, args=job),
    Route(name="core:job-errors", allowed={ADMINISTRATOR}, hidden=OTHERS, args=job),
    Route(name="core:job-file", allowed=(), hidden=SIGNED_IN, args=job),
    Route(
        name="core:view-save",
        method="POST",
        allowed=SIGNED_IN,
        ok=302,
        body=lambda _world: {"page": "core-job", "name": "mine", "query": "status=done"},
    ),
    Route(
        name="core:view-delete",
        method="POST",
        allowed=SIGNED_IN,
        ok=302,
        args=lambda world: {"pk": world.things.view.pk},
    ),
]
