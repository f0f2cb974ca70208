"""Whatever an ERP sends, it gets an answer that says what is wrong, never a failure of ours."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from accounts.enums import TokenScope
from distribution.wsgi import application
from tests.factories.accounts import AdministratorFactory, ApiTokenFactory, OwnerFactory
from tests.kept import rows_for_a_module
from tests.orders.people import stage

SCHEMA = schemathesis.openapi.from_path(Path(__file__).resolve().parents[2] / "docs" / "api" / "schema.yaml")


def closing_its_input(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """The test client leaves the temporary file of a large form open: some later test would be told of it."""
    try:
        return application(environ, start_response)
    finally:
        environ["wsgi.input"].close()


SCHEMA.app = closing_its_input
# A nightly run looks further, and tries every bound of every field: EXAMPLES=50 make test ARGS=tests/api
EXAMPLES = int(os.environ.get("EXAMPLES", "0"))
SCHEMA.config.phases.coverage.enabled = bool(EXAMPLES)
HEALTH = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture]
pytestmark = [pytest.mark.matrix, pytest.mark.django_db]


@dataclass(frozen=True, kw_only=True)
class Caller:
    """A token with every right, and numbers of rows that are there."""

    secret: str
    known: dict[str, str]


@pytest.fixture(scope="module")
def callers(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Caller]]:
    """Between them they may do everything that the API offers. Each request is undone, and their company at the end."""
    with rows_for_a_module(django_db_blocker):
        scene = stage()
        known = {"number": scene.placed().number, "code": scene.shop.distributor.code}
        people = {
            "administrator": AdministratorFactory.create(),
            "owner": OwnerFactory.create(distributor=scene.shop.distributor),
        }
        yield {
            role: Caller(secret=ApiTokenFactory.create(user=person, scope=TokenScope.ALL).secret, known=known)
            for role, person in people.items()
        }


@pytest.fixture(params=["administrator", "owner"])
def caller(callers: dict[str, Caller], request: pytest.FixtureRequest) -> Iterator[Caller]:
    # The example's transaction outlives its request, as in Django's own test client.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield callers[request.param]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@SCHEMA.include(method="GET").parametrize()
@settings(max_examples=EXAMPLES or 1, deadline=None, suppress_health_check=HEALTH)
def test_no_input_breaks_a_read(case: schemathesis.Case, caller: Caller) -> None:
    """A report or an ERP that asks for something odd would wait for an answer that failed without a reason."""
    send(case, caller)


@SCHEMA.exclude(method="GET").parametrize()
@settings(max_examples=EXAMPLES or 3, deadline=None, suppress_health_check=HEALTH)
def test_no_input_breaks_a_write(case: schemathesis.Case, caller: Caller) -> None:
    """An ERP that sends something odd would wait for an order that failed without a reason."""
    send(case, caller)


def send(case: schemathesis.Case, caller: Caller) -> None:
    for name, value in caller.known.items():
        if name in (case.path_parameters or {}):
            case.path_parameters[name] = value
    with transaction.atomic():
        response = case.call(headers={"Authorization": f"Token {caller.secret}", "Host": "localhost"})
        transaction.set_rollback(True)
    case.validate_response(response, checks=[not_a_server_error, response_schema_conformance])
