"""`manage.py verify`: recompute over the whole database what always holds, and fail on a difference."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from core.invariants import Invariant
from core.registry import registry

SHOWN = 5


class Command(BaseCommand):
    help = "Recompute what always holds over the whole database; exits with 1 on a difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rows", type=int, default=SHOWN, help="how many offending rows of an invariant are shown")

    def handle(self, *_args: Any, **options: Any) -> None:
        invariants = list(registry.invariants)
        with transaction.atomic():
            self._read_one_moment()
            failed = [one.name for one in invariants if not self._verify(one, options["rows"])]
        if failed:
            raise CommandError(f"{len(failed)} of {len(invariants)} invariants found a difference: {', '.join(failed)}")
        self.stdout.write(self.style.SUCCESS(f"{len(invariants)} invariants, no difference."))

    def _read_one_moment(self) -> None:
        """All queries see the same moment, also while others write."""
        if len(connection.savepoint_ids) == 0 and connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    def _verify(self, invariant: Invariant, shown: int) -> bool:
        began = time.monotonic()
        offending = invariant.find(shown)
        verdict = "differs" if offending else "holds"
        style = self.style.ERROR if offending else self.style.SUCCESS
        self.stdout.write(
            f"{style(verdict):<8} {invariant.name:<48} {invariant.statement}  ({time.monotonic() - began:.1f} s)"
        )
        for row in offending:
            self.stdout.write("         " + ", ".join(f"{name}={value}" for name, value in row.items()))
        return not offending
