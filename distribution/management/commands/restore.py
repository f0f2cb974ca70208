"""`manage.py restore FILE`: database and uploaded files as they were, then verified."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from distribution.backup import BackupError, restore_backup


class Command(BaseCommand):
    help = (
        "Put back what `backup` wrote, bring it up to this release, and verify it. Stop web, workers and beat before."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="Delete what the database holds now.")

    def handle(self, *, file: Path, replace: bool, **_options: Any) -> None:
        try:
            restore_backup(file.absolute(), replace=replace)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        call_command("migrate", interactive=False, verbosity=0)
        call_command("verify", stdout=self.stdout)
        self.stdout.write(f"Restored from {file}, and verified.")
