"""One company for all rows of a module, and everybody in it signed in once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from tests.access.routes import whole_world
from tests.access.world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One company for all rows: each request is undone, and the company at the end."""
    assert connection.settings_dict["NAME"].startswith("test_"), "set up by the mark above"
    with django_db_blocker.unblock(), transaction.atomic():
        yield whole_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sessions(world: World) -> dict[str, str]:
    """The session of each person, signed in once."""
    keys = {}
    for actor, person in world.people.items():
        client = Client()
        client.force_login(person, backend="sign_in.backends.PasswordBackend")
        keys[actor] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return keys
