"""The health check of one container: is the program in it alive?"""

import http.client
import os
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError

from distribution.celery import app
from distribution.tasks import HEARTBEAT


class Command(BaseCommand):
    """`manage.py probe web|worker|jobs|outgoing|beat` ends with 0 if it is, else says why not."""

    help = "Tell whether the web server, worker or beat of this container is alive."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("program", choices=list(_PROBES))

    def handle(self, *, program: str, **_options: Any) -> None:
        problem = _PROBES[program]()
        if problem:
            raise CommandError(problem)


def _web() -> str:
    name = next((host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))), "localhost")
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        status = connection.getresponse().status
    except OSError as error:
        return f"the web server does not answer: {error}"
    finally:
        connection.close()
    return "" if status == http.client.OK else f"the web server answers {status}"


def _worker() -> str:
    return _ping("celery")


def _jobs() -> str:
    return _ping("jobs")


def _outgoing() -> str:
    return _ping("outgoing")


def _ping(prefix: str) -> str:
    name = f"{prefix}@{os.uname().nodename}"
    return "" if app.control.ping(destination=[name], timeout=5) else f"the worker {name} does not answer"


def _beat() -> str:
    age = time.time() - (cache.get(HEARTBEAT) or 0)
    return "" if age <= settings.BEAT_AGE_SECONDS else "no heartbeat of beat has reached a worker lately"


_PROBES = {"web": _web, "worker": _worker, "jobs": _jobs, "outgoing": _outgoing, "beat": _beat}
