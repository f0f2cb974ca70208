"""`manage.py backup FILE`: database and uploaded files in one archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from distribution.backup import BackupError, make_backup


class Command(BaseCommand):
    help = "Write the database and the uploaded files to one archive, while the program runs."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_options: Any) -> None:
        try:
            size = make_backup(file.absolute(), now=timezone.now())
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Backed up to {file} ({size / 1_000_000:.1f} MB).")
