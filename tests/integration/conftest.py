"""A folder with files, a profile, and an import of both."""

from collections.abc import Callable
from pathlib import Path

import pytest

from integration.engine.outcome import Outcome
from integration.engine.profile import parse_profile
from integration.engine.run import import_folder

Run = Callable[..., Outcome]

HEAD = """
[profile]
name = "test"
currency = "EUR"
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run(profile, files={name: text or bytes}, **options)` writes the files and imports them."""

    def work(profile: str, files: dict[str, str | bytes] | None = None, **options: object) -> Outcome:
        for name, content in (files or {}).items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / name).write_bytes(data)
        text = profile if "[profile]" in profile else HEAD + profile
        return import_folder(profile=parse_profile(text), folder=tmp_path, actor_id=None, **options)

    return work


def wrong(outcome: Outcome) -> list[tuple[str, int, str, str]]:
    return [(row.file, row.row, row.column, row.reason) for row in outcome.wrong]
