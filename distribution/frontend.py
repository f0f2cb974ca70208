"""The files of npm packages that the pages use, and no others of those packages."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, get_finders
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage
from django.core.management import call_command

from distribution.launcher.folders import locked

NODE_MODULES = settings.BASE_DIR / "node_modules"
# The name under `{% static %}` and the file it stands for in node_modules.
FILES = {
    "npm/tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "npm/tabler/tabler.min.css.map": "@tabler/core/dist/css/tabler.min.css.map",
    "npm/tabler/tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "npm/tabler/tabler.min.js.map": "@tabler/core/dist/js/tabler.min.js.map",
    "npm/tabler/tabler-theme.min.js": "@tabler/core/dist/js/tabler-theme.min.js",
    "npm/tabler/tabler-theme.min.js.map": "@tabler/core/dist/js/tabler-theme.min.js.map",
    "npm/htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "npm/echarts/echarts.min.js": "echarts/dist/echarts.min.js",
}


class NodeModules(FileSystemStorage):
    """The files named above, each under its own short name."""

    def __init__(self) -> None:
        super().__init__(location=NODE_MODULES)

    def path(self, name: str) -> str:
        return super().path(FILES.get(name, name))


class FrontendFinder(BaseFinder):
    """Finds the files named above for `{% static %}` and `collectstatic`."""

    storage = NodeModules()

    def check(self, **_options: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:  # noqa: FBT001, FBT002  Django's signature
        found = [self.storage.path(path)] if path in FILES and self.storage.exists(path) else []
        return found if find_all or not found else found[0]

    def list(self, _ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        for name in FILES:
            yield name, self.storage


def collect_if_changed() -> bool:
    """Collect the static files unless no source changed since the last time; returns whether it did."""
    folder = Path(settings.STATIC_ROOT)
    stamp = folder / ".sources"
    sources = _sources()
    with locked(folder):  # two that clear it at once take each other's files away
        if stamp.exists() and stamp.read_text() == sources:
            return False
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(sources)
    return True


def _sources() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name}\0{storage.size(name)}\0{storage.get_modified_time(name)}\n".encode())
    return digest.hexdigest()
