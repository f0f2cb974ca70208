"""Everything in one command: set up what is missing, then web, workers and beat until Ctrl-C."""

import errno
import fcntl
import http.client
import os
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from accounts.enums import Role
from accounts.models import User
from company.services.company import ensure_company
from distribution.frontend import collect_if_changed
from distribution.launcher import network, postgres, redis, time_zone
from distribution.launcher.folders import (
    PROJECT,
    EmbeddedServiceError,
    close_data_folder,
    data_folder,
    memory_folder,
    private_folder,
)
from distribution.launcher.guard import die_with_parent
from distribution.launcher.supervisor import Program, Supervisor
from distribution.launcher.watch import Watch
from distribution.settings.environment import kept_secret

START_SECONDS = 120
DEMO_DOMAIN = "@demo.tributary.example"
DEMO_ZONE = "Asia/Shanghai"


class Command(BaseCommand):
    """`manage.py run`: what `make run` calls when the packages are there."""

    help = "Run Tributary here: database, web, workers and beat, until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--host", default="127.0.0.1", help="The interface to listen on; 0.0.0.0 lets the network in."
        )
        parser.add_argument("--no-demo", action="store_true", help="Leave an empty database empty.")

    def handle(self, *, port: int, host: str, no_demo: bool, **_options: Any) -> None:
        os.umask(0o077)
        close_data_folder()
        url = f"http://{network.bracketed(host)}:{port}"
        os.environ.update(network.open_settings(host, port, os.environ))
        with self._alone(url), self._services(host, port):
            self._say("Bringing the database up to date")
            call_command("migrate", interactive=False, verbosity=0)
            if collect_if_changed():
                self._say("Collected the static files")
            if not no_demo:
                self._load_demo()
            time_zone.keep_zone(settings.TIME_ZONE)
            ensure_company(currency=settings.COMPANY_CURRENCY)
            self._say("Starting web, workers and beat")
            supervisor = Supervisor(_programs(host, port), say=self._say)
            with self._watching():
                supervisor.run(on_start=lambda: self._announce(supervisor, host, port))
            self._say("Stopping")

    def _say(self, text: str) -> None:
        with suppress(OSError):  # the terminal is gone, or the disk of its file is full: no reason to end
            self.stdout.write(f"==> {text}")
            self.stdout.flush()

    @contextmanager
    def _alone(self, url: str) -> Iterator[None]:
        """Hold the data folder for this run; say so where another holds it."""
        try:
            lock = (data_folder() / "run.lock").open("a+")
        except OSError as error:
            raise CommandError(f"The data folder {data_folder()} cannot be written to: {error.strerror}.") from error
        with lock as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                handle.seek(0)
                raise CommandError(f"Tributary already runs here: {handle.read().strip()}") from error
            handle.truncate(0)
            handle.write(f"{url} (process {os.getpid()})\n")
            handle.flush()
            yield

    @contextmanager
    def _services(self, host: str, port: int) -> Iterator[None]:
        _need_free_port(host, port)
        self._say("Starting PostgreSQL and Redis" if settings.EMBEDDED_DATABASE else "Using your own PostgreSQL")
        try:
            if settings.EMBEDDED_DATABASE:
                postgres.ensure()
            if settings.EMBEDDED_REDIS:
                redis.ensure()
        except (EmbeddedServiceError, OSError) as error:
            raise CommandError(str(error)) from error
        try:
            yield
        finally:
            if settings.EMBEDDED_DATABASE:
                postgres.stop()
            if settings.EMBEDDED_REDIS:
                redis.stop()

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """Start again what is killed of the embedded services; their failures end nothing."""
        services: dict[str, Callable[[], object]] = {}
        if settings.EMBEDDED_DATABASE:
            services["PostgreSQL"] = postgres.keep
        if settings.EMBEDDED_REDIS:
            services["Redis"] = redis.ensure
        watch = Watch(services, say=self._say)
        watch.start()
        try:
            yield
        finally:
            watch.stop()

    def _load_demo(self) -> None:
        """In a process of its own, since the days of the demo company are those of its zone."""
        if "demo" in get_commands() and not User.objects.exists():
            self._say("Loading the demo company")
            if not os.environ.get("TIME_ZONE"):
                time_zone.keep_zone(DEMO_ZONE)
            command = [sys.executable, "manage.py", "demo"]
            if subprocess.run(command, cwd=PROJECT, check=False, preexec_fn=die_with_parent).returncode:
                raise CommandError("The demo company could not be loaded; `make run` starts again where it stopped.")

    def _announce(self, supervisor: Supervisor, host: str, port: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not supervisor.stopping and not _responds(host, port):
            if time.monotonic() > deadline:
                raise CommandError(f"The web server does not answer; see {_log('web')}")
            time.sleep(0.1)
        if supervisor.stopping:
            return
        self.stdout.write(f"\nReady: http://{network.bracketed(network.local_address(host))}:{port}\n")
        self._show_network(host, port)
        self._show_accounts()
        self.stdout.write(f"    Logs: {_log('web').parent}. Ctrl-C stops everything.")
        self.stdout.flush()

    def _show_network(self, host: str, port: int) -> None:
        """Where a phone of the same network finds it, and that others find it as well."""
        reached = [f"http://{network.bracketed(entry)}:{port}" for entry in network.addresses(host)]
        if not network.is_open(host):
            return
        for url in reached[:1]:
            self.stdout.write(f"    On a phone in the same network: {url}")
            if "utf" in str(getattr(self.stdout, "encoding", "")).lower():
                self.stdout.write(network.qr_code(url))
        for url in reached[1:]:
            self.stdout.write(f"    or {url}")
        self.stdout.write(
            "    It is open: whoever is in this network reaches it, and without HTTPS passwords can be read on the way."
            "\n    Use it in a network that you trust, and not with real data."
        )

    def _show_accounts(self) -> None:
        """One sign-in for each role of the demo company, whose day may be another than this process's."""
        names = {f"{role}{DEMO_DOMAIN}": role for role in Role}
        there = set(User.objects.filter(email__in=names, is_active=True).values_list("email", flat=True))
        password = kept_secret("demo_password", length=9) if there else ""
        for name, role in names.items():
            if name in there:
                self.stdout.write(f"    {role.label!s:<30} {name:<42} {password}")


def _need_free_port(host: str, port: int) -> None:
    """Say in a sentence why nothing can listen there, before anything is started."""
    reasons = {
        errno.EADDRINUSE: f"Port {port} is taken: choose another, as in `make run PORT=8001`.",
        errno.EACCES: f"Port {port} is open to root only: choose one from 1024 on, as in `make run PORT=8001`.",
        errno.EADDRNOTAVAIL: f"This machine has no address {host}: `make run HOST=0.0.0.0` listens on all it has.",
    }
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            number = error.errno if isinstance(error, OSError) else None
            raise CommandError(
                reasons.get(number or 0, f"Nothing can listen on {host}, port {port}: {error}.")
            ) from error


def _log(name: str) -> Path:
    return data_folder() / "log" / f"{name}.log"


_WAITS = ("--pool", "threads", "--concurrency", "6")
"""A thread for each of what has a run of its own: mail and chat of notifications, other mail, SMS, webhooks; one to spare."""


def _programs(host: str, port: int) -> list[Program]:
    metrics = memory_folder("metrics")
    reached = network.bracketed([*network.addresses(host), network.local_address(host)][0])
    environment = {
        "PUBLIC_URL": f"http://{reached}:{port}",
        **os.environ,
        "HOST": network.bracketed(host),
        "PORT": str(port),
    }
    celery = [sys.executable, "-m", "celery", "--app", "distribution"]
    worker = [*celery, "worker", "--loglevel", "info", "--without-mingle", "--without-gossip"]
    commands = {
        "web": [sys.executable, "-m", "gunicorn", "--config", "python:distribution.gunicorn_settings"],
        "worker": [*worker, "--queues", "default", "--concurrency", "2", "--hostname", "celery@%h"],
        "jobs": [*worker, "--queues", "long", "--concurrency", "1", "--hostname", "jobs@%h"],
        "outgoing": [*worker, "--queues", "outgoing", *_WAITS, "--hostname", "outgoing@%h"],
        "beat": [*celery, "beat", "--loglevel", "info", "--pidfile", ""],
    }
    programs = []
    for name, command in commands.items():
        log = _log(name)
        private_folder("log")
        if log.exists():
            log.replace(log.with_suffix(".old.log"))
        multiprocess = {"PROMETHEUS_MULTIPROC_DIR": str(metrics)} if name == "web" else {}
        programs.append(Program(name, command, {**environment, **multiprocess}, log))
    return programs


def _responds(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(network.local_address(host), port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()
