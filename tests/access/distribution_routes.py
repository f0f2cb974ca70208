"""Probes and the API's own description."""

from typing import Any

from allauth.usersessions.models import UserSession

from core.enums import JobKind, JobStatus
from tests.access.table import (
    ACCOUNTANT,
    ACTORS,
    ADMINISTRATOR,
    BUYER,
    FINANCE,
    IDLE,
    LEADS,
    MANAGER,
    OWNER,
    SIGNED_IN,
    STRANGER,
    Route,
)
from tests.access.world import World
from tests.factories.core import JobFactory

SHIPPED_VALUE = LEADS | {MANAGER, IDLE, FINANCE, OWNER, ACCOUNTANT, STRANGER}


def build(world: World) -> None:
    """An import whose files were checked, and found good."""
    world.things.import_job = JobFactory.create(kind=JobKind.IMPORT, status=JobStatus.DONE, created_by=None)

    world.things.session = UserSession.objects.create(
        user=world.people[BUYER], ip="127.0.0.1", session_key="of-the-buyer", user_agent="Firefox"
    )


def session(world: World) -> dict[str, Any]:
    return {"pk": world.things.session.pk}


def buyer(world: World) -> dict[str, Any]:
    return {"pk": world.people[BUYER].pk}


def import_job(world: World) -> dict[str, Any]:
    return {"pk": world.things.import_job.pk}


ROUTES = [
    Route(name="home", allowed=SIGNED_IN),
    Route(name="shipped", allowed=SHIPPED_VALUE),
    Route(
        name="set_language",
        method="POST",
        allowed=ACTORS,
        ok=302,
        body=lambda _world: {"language": "en"},
        public=True,
    ),
    # Not there unless a provider is configured: tests/platform/test_single_sign_on.py has both.
    Route(name="sso_login", allowed=(), hidden=ACTORS, public=True),
    Route(name="sso_callback", allowed=(), hidden=ACTORS, public=True),
    # It leads on, unless a role needs a second step: tests/platform/test_two_step.py.
    Route(name="two_step", allowed=SIGNED_IN, ok=302),
    Route(name="sessions", allowed=SIGNED_IN),
    Route(name="sessions", method="POST", allowed=SIGNED_IN, ok=302),
    Route(name="session_end", method="POST", allowed={ADMINISTRATOR, BUYER}, hidden=SIGNED_IN, ok=302, args=session),
    Route(name="person_sessions", allowed={ADMINISTRATOR}, args=buyer),
    Route(name="person_sessions", method="POST", allowed={ADMINISTRATOR}, ok=302, args=buyer),
    Route(name="healthz", allowed=ACTORS, public=True),
    Route(name="readyz", allowed=ACTORS, ok=(200, 503), public=True),
    Route(name="metrics", allowed={ADMINISTRATOR}, public=True),
    Route(name="imports:list", allowed={ADMINISTRATOR}),
    Route(name="imports:upload", allowed={ADMINISTRATOR}),
    Route(name="imports:upload", method="POST", allowed={ADMINISTRATOR}, ok=400),
    Route(name="imports:detail", allowed={ADMINISTRATOR}, args=import_job),
    Route(name="imports:check", method="POST", allowed={ADMINISTRATOR}, ok=302, args=import_job),
    Route(name="imports:take", method="POST", allowed={ADMINISTRATOR}, ok=302, args=import_job),
    Route(name="imports:corrected", allowed={ADMINISTRATOR}, args=import_job),
    Route(name="imports:corrected", method="POST", allowed={ADMINISTRATOR}, ok=400, args=import_job),
    Route(name="imports:leave-out", method="POST", allowed={ADMINISTRATOR}, ok=302, args=import_job),
    Route(name="imports:template", allowed={ADMINISTRATOR}, args=lambda _w: {"kind": "products"}),
    Route(name="imports:map", allowed=(), hidden={ADMINISTRATOR}, args=lambda _w: {"key": "nothing"}),
    Route(name="imports:map", method="POST", allowed=(), hidden={ADMINISTRATOR}, args=lambda _w: {"key": "nothing"}),
    Route(name="imports:profile", allowed=(), hidden={ADMINISTRATOR}, args=import_job),
    Route(name="imports:wrong-rows", allowed=(), hidden={ADMINISTRATOR}, args=import_job),
    Route(name="api:schema", allowed=SIGNED_IN),
    Route(name="api:docs", allowed=SIGNED_IN),
]
