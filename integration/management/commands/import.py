"""`manage.py import PROFILE.toml FOLDER [--dry-run] [--corrected wrong-rows.csv]`: see docs/howto/import.md."""

import logging
import sys
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError
from django.utils.translation import gettext as _

from core.errors import DomainError

SHOWN = 20
_NOT_SET_UP = {"42P01", "42703"}
"""SQLSTATE: a table or a column is not there."""


class Command(BaseCommand):
    help = "Import a company's files by a profile. Either everything is taken or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fields", action="store_true", help="list every entity, field and function, and stop")
        parser.add_argument(
            "profile", type=Path, nargs="?", help="the profile (TOML), or the name of one that comes with the program"
        )
        parser.add_argument("folder", type=Path, nargs="?", help="the folder with the files that the profile names")
        parser.add_argument("--dry-run", action="store_true", help="check everything and write nothing")
        parser.add_argument(
            "--corrected",
            type=Path,
            action="append",
            default=[],
            help="a report of wrong rows with the rows corrected; repeat it for a second one",
        )
        parser.add_argument(
            "--leave-out",
            action="append",
            default=[],
            metavar="FILE:ROW",
            help="go on without this row; repeat it for more",
        )
        parser.add_argument(
            "--wrong-rows", type=Path, default=Path("wrong-rows.csv"), help="where to report wrong rows"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["fields"]:
            from integration.engine.reference import reference_text

            self.stdout.write(reference_text())
            return
        if options["folder"] is None:
            raise CommandError(_("Give the profile and the folder: manage.py import PROFILE.toml FOLDER"))
        if not options["folder"].is_dir():
            raise CommandError(_("The folder %(path)s does not exist.") % {"path": options["folder"]})
        if options["verbosity"] < 2:  # noqa: PLR2004 - Django's own scale: 2 is verbose
            logging.getLogger("integration.engine").setLevel(logging.WARNING)
        try:
            self._report(self._import(options), options)
        except DomainError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("Interrupted. Nothing was written.")) from error
        except ProgrammingError as error:
            if getattr(error.__cause__, "pgcode", "") not in _NOT_SET_UP:
                raise
            raise CommandError(
                _("The database does not match this version. Run `manage.py migrate` first. (%(detail)s)")
                % {"detail": str(error).splitlines()[0]}
            ) from error

    def _import(self, options: dict[str, Any]) -> Any:
        from integration.engine.frames import load_corrections
        from integration.engine.interrupts import interruptible
        from integration.engine.profile import load_profile
        from integration.engine.run import import_folder
        from integration.profiles import profile_path

        with interruptible():
            return import_folder(
                profile=load_profile(profile_path(options["profile"])),
                folder=options["folder"],
                actor_id=None,
                dry_run=options["dry_run"],
                corrected={
                    **dict(chain.from_iterable(load_corrections(path).items() for path in options["corrected"])),
                    **dict.fromkeys(map(_row_of, options["leave_out"])),
                },
                progress=self._progress,
            )

    def _progress(self, done: int, total: int, stage: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done}/{total} {stage:<20}", ending="" if done < total else "\n")

    def _report(self, outcome: Any, options: dict[str, Any]) -> None:
        from integration.engine.outcome import merge_rows, write_wrong_rows

        for file in outcome.files:
            where = f"{file.name} [{file.sheet}]" if file.sheet and f"[{file.sheet}]" not in file.name else file.name
            self.stdout.write(
                _("%(file)s: %(rows)s rows read, %(left_out)s left out, %(wrong)s wrong, %(taken)s taken")
                % {
                    "file": where,
                    "rows": file.rows,
                    "left_out": file.left_out,
                    "wrong": file.wrong,
                    "taken": file.taken if outcome.written else 0,
                }
            )
        self.stdout.write(f"{'':<18}{_('created'):>10}{_('changed'):>10}{_('unchanged'):>11}")
        for name, count in outcome.counts.items():
            self.stdout.write(f"{name:<18}{count.created:>10}{count.changed:>10}{count.unchanged:>11}")
        self.stdout.write(_("%(seconds).1f seconds") % {"seconds": outcome.seconds})
        for note in outcome.notes:
            self.stderr.write(note)
        if outcome.is_clean:
            done = _("Nothing was written (dry run).") if options["dry_run"] else _("Import complete.")
            self.stdout.write(self.style.SUCCESS(done))
            return
        for row in merge_rows(outcome.wrong)[:SHOWN]:
            where = f"{row.file}:{row.row}" if row.row else row.file
            self.stderr.write(f"{where} {row.column}: {row.reason}" if row.column else f"{where}: {row.reason}")
        path = options["wrong_rows"]
        with path.open("w", encoding="utf-8", newline="") as stream:
            write_wrong_rows(stream, outcome.wrong)
        raise CommandError(
            _(
                "%(wrong)s rows with errors, %(waiting)s more that depend on them. Nothing was written. They are "
                "listed in %(path)s."
            )
            % {"wrong": outcome.wrong_count, "waiting": outcome.waiting, "path": path}
        )


def _row_of(given: str) -> tuple[str, int]:
    """`orders.csv:17` as file and row."""
    file, _colon, row = given.rpartition(":")
    if not file or not row.isdigit():
        raise CommandError(_("--leave-out takes FILE:ROW, such as orders.csv:17"))
    return file, int(row)
