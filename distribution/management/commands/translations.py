"""Compile the translations without GNU gettext, and check that none is missing."""

import shutil
import string
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

LEFT_OUT = ["node_modules", ".venv", "staticfiles", ".data", ".git", "tests", "bench", ".*_cache"]


class Command(BaseCommand):
    """`manage.py translations --compile | --check`; new texts are gathered by `--gather` (needs GNU gettext)."""

    help = "Compile, check or gather the translations."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        action = parser.add_mutually_exclusive_group(required=True)
        action.add_argument("--compile", action="store_true")
        action.add_argument("--check", action="store_true")
        action.add_argument("--gather", action="store_true")

    def handle(self, **options: Any) -> None:
        catalogues = [
            path for folder in settings.LOCALE_PATHS for path in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))
        ]
        if options["compile"]:
            for path in catalogues:
                polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
        elif options["gather"]:
            _gather()
        else:
            faults = [fault for path in catalogues for fault in [*_faults(path), *self._not_gathered(path)]]
            if faults:
                raise CommandError("\n".join(faults))
            self.stdout.write(f"{len(catalogues)} catalogue(s) complete")

    def _not_gathered(self, path: Path) -> list[str]:
        """The texts of the sources that the catalogue does not have, gathered in a copy of the project."""
        if shutil.which("xgettext") is None:
            self.stderr.write("GNU gettext is not here: texts that were never gathered are not looked for.")
            return []
        known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path))}
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place) / "project"
            shutil.copytree(
                settings.BASE_DIR, copy, ignore=shutil.ignore_patterns(*LEFT_OUT), ignore_dangling_symlinks=True
            )
            with chdir(copy):
                _gather()
            gathered = polib.pofile(str(copy / path.relative_to(settings.BASE_DIR)))
        now = {(entry.msgctxt, entry.msgid) for entry in gathered if not entry.obsolete}
        return [f"{path}: not gathered: {text!r}" for _context, text in sorted(now - known, key=str)]


def _gather() -> None:
    languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    locales = ["zh_Hans" if code == "zh-hans" else code for code in languages]
    with redirect_stdout(StringIO()):
        call_command(
            "makemessages",
            locale=locales,
            ignore_patterns=[f"{folder}/*" for folder in LEFT_OUT],
            no_location=True,
            no_obsolete=True,
            verbosity=0,
        )


def _faults(path: Path) -> Iterator[str]:
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            continue
        texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
        if entry.fuzzy or not all(texts):
            yield f"{path}: not translated: {entry.msgid!r}"
        elif any(_placeholders(text) - _placeholders(entry.msgid + entry.msgid_plural) for text in texts):
            yield f"{path}: other placeholders: {entry.msgid!r}"


def _placeholders(text: str) -> set[str]:
    """The names a text expects to be filled in, in either of Python's ways."""
    named = {part.split(")", 1)[0] for part in text.split("%(")[1:]}
    try:
        braced = {name for _before, name, _format, _conversion in string.Formatter().parse(text) if name}
    except ValueError:
        braced = set()
    return named | braced
