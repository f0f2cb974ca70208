"""Start, stop and look at the embedded PostgreSQL and Redis."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from distribution.launcher import postgres, redis


class Command(BaseCommand):
    """`manage.py services start|stop|status`: for the services of this data folder only."""

    help = "Start, stop or show the embedded PostgreSQL and Redis."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["start", "stop", "status"])

    def handle(self, *, action: str, **_options: Any) -> None:
        for name, service, embedded in (
            ("PostgreSQL", postgres, settings.EMBEDDED_DATABASE),
            ("Redis", redis, settings.EMBEDDED_REDIS),
        ):
            if not embedded:
                self.stdout.write(f"{name}: a server of your own, not touched")
                continue
            if action == "start":
                service.ensure()
            elif action == "stop":
                service.stop()
            self.stdout.write(
                f"{name}: {'running at ' + str(service.address()) if service.is_running() else 'stopped'}"
            )
