"""Files that somebody chose, kept until they are imported: a form that comes back does not lose them."""

import shutil
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput
from integration.engine.uploads import plain_name

_FOLDER = "jobs/imports/drafts"
_KEPT = timedelta(days=7)


def keep_files(files: Sequence[File[Any]], actor: Actor) -> str:
    """Keep chosen files for their person; returns the key under which they are found again. Raises InvalidInput."""
    names = [plain_name(file.name or "") for file in files]
    if len(set(names)) != len(names):
        raise InvalidInput(_("Two files have the same name."), field="files")
    _forget_old(actor)
    key = uuid.uuid4().hex
    for file, name in zip(files, names, strict=True):
        file.seek(0)
        default_storage.save(f"{_home(actor)}/{key}/{name}", file)
    return key


def kept_names(key: str, actor: Actor) -> list[str]:
    """The names of the files of a draft; none where it is not this person's, or forgotten."""
    folder = _folder(key, actor)
    if not folder or not default_storage.exists(folder):
        return []
    return sorted(default_storage.listdir(folder)[1])


@contextmanager
def kept_files(key: str, actor: Actor) -> Iterator[list[File[Any]]]:
    """The files of a draft, open for reading."""
    names = kept_names(key, actor)
    files = [default_storage.open(f"{_folder(key, actor)}/{name}", "rb") for name in names]
    try:
        for file, name in zip(files, names, strict=True):
            file.name = name
        yield files
    finally:
        for file in files:
            file.close()


@contextmanager
def kept_path(key: str, actor: Actor) -> Iterator[Path]:
    """The first file of a draft as a file on the disk, whatever the storage is."""
    with kept_files(key, actor) as files, tempfile.TemporaryDirectory(prefix="draft-") as folder:
        path = Path(folder) / plain_name(files[0].name or "")
        with path.open("wb") as target:
            shutil.copyfileobj(files[0], target)
        yield path


def _home(actor: Actor) -> str:
    return f"{_FOLDER}/{actor.pk}"


def _folder(key: str, actor: Actor) -> str:
    return f"{_home(actor)}/{key}" if key.isalnum() else ""


def _forget_old(actor: Actor) -> None:
    home = _home(actor)
    if not default_storage.exists(home):
        return
    for key in default_storage.listdir(home)[0]:
        paths = [f"{home}/{key}/{name}" for name in default_storage.listdir(f"{home}/{key}")[1]]
        if all(default_storage.get_created_time(path) < timezone.now() - _KEPT for path in paths):
            for path in paths:
                default_storage.delete(path)
