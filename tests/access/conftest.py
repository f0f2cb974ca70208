"""One company for all rows of a module, and everybody in it signed in once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from onboarding.models import Application
from tests.access.chinese import Checked, entered_texts
from tests.access.routes import whole_world
from tests.access.strangers import Marks
from tests.access.world import World
from tests.kept import rows_for_a_module


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One company for all rows: each request is undone, and the company at the end."""
    with rows_for_a_module(django_db_blocker):
        world = whole_world()
        User.objects.update(language="zh-hans")
        Application.objects.update(language="zh-hans")  # letters are in that of the applicant
        yield world


@pytest.fixture(scope="module")
def marks(world: World) -> Marks:
    return Marks(world)


@pytest.fixture(scope="module")
def checked(world: World) -> Checked:
    """Knows what people entered in this company, which is shown as it is."""
    return Checked(entered_texts())


@pytest.fixture(scope="module")
def sessions(world: World) -> dict[str, str]:
    """The session of each person, signed in once."""
    keys = {}
    for actor, person in world.people.items():
        client = Client()
        client.force_login(person, backend="sign_in.backends.PasswordBackend")
        keys[actor] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return keys
