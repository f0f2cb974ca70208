"""`manage.py verify`: recompute over the whole database what always holds, and fail on a difference."""

import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from core.invariants import Invariant
from core.project import project_apps

MODULES = ("selectors.invariants", "pages.selectors.invariants")
SHOWN = 5


def all_invariants() -> Iterator[Invariant]:
    """What each app promises in its `invariants`."""
    for app in project_apps():
        for module in MODULES:
            if _is_there(f"{app}.{module}"):
                yield from import_module(f"{app}.{module}").INVARIANTS


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # a package above it is missing
        return False


class Command(BaseCommand):
    help = "Recompute what always holds over the whole database; exits with 1 on a difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rows", type=int, default=SHOWN, help="how many offending rows of a check are shown")

    def handle(self, *_args: Any, **options: Any) -> None:
        checks = list(all_invariants())
        with transaction.atomic():
            self._read_one_moment()
            failed = sum(not self._verify(check, options["rows"]) for check in checks)
        if failed:
            raise CommandError(f"{failed} of {len(checks)} checks found a difference.")
        self.stdout.write(self.style.SUCCESS(f"{len(checks)} checks, no difference."))

    def _read_one_moment(self) -> None:
        """All checks see the same moment, also while others write."""
        if len(connection.savepoint_ids) == 0 and connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    def _verify(self, check: Invariant, shown: int) -> bool:
        began = time.monotonic()
        offending = check.find(shown)
        verdict = "differs" if offending else "holds"
        style = self.style.ERROR if offending else self.style.SUCCESS
        self.stdout.write(f"{style(verdict):<8} {check.name:<48} {check.statement}  ({time.monotonic() - began:.1f} s)")
        for row in offending:
            self.stdout.write("         " + ", ".join(f"{name}={value}" for name, value in row.items()))
        return not offending
