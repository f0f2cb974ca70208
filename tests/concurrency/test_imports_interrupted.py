"""An import that is killed or interrupted while it holds the lock of imports: the next one runs, nothing of it is left."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.concurrency.site import ROOT, Site, running
from tests.concurrency.test_jobs_crash import is_running, wait_for

pytestmark = [
    pytest.mark.processes, pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("imports interrupted"),
]  # fmt: skip
PROFILE = "[[import]]\nentity='brand'\nrows=[{code='NEXT', name='A brand'}]\n"
ENDS_WITHIN = 60
"""Seconds by the clock, on a machine that has other things to do."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("import") / "data", ["short", "jobs", "beat"]) as site:
        site.ask("stage")
        yield site


def next_import(site: Site, folder: Path) -> str:
    (folder / "next.toml").write_text(PROFILE)
    return site.manage("import", str(folder / "next.toml"), str(folder))


def test_the_lock_of_a_killed_worker_is_free_at_once(site: Site, tmp_path: Path) -> None:
    """An import that ran out of memory kept every later one away until somebody restarted the database."""
    with site.holding("catalogue_brand"):
        numbers = site.ask("queue")
        wait_for(site, numbers[:1], is_running, seconds=120)
        time.sleep(1)
        site.kill("jobs")
        time.sleep(3)  # the server looks each second whether whoever asks still lives
    known = set(site.ask("brands"))
    began = time.monotonic()
    assert "Import complete." in next_import(site, tmp_path)
    assert time.monotonic() - began < ENDS_WITHIN
    assert set(site.ask("brands")) == known | {"NEXT"}, "nothing of the first one"
    assert not [code for code in known if code.startswith("B")], "it had not come to its end"


def test_ctrl_c_ends_an_import_with_one_sentence(site: Site, tmp_path: Path) -> None:
    """Whoever saw that it was the wrong folder had to wait for its end, or to kill it, and then nobody could import."""
    (tmp_path / "first.toml").write_text(PROFILE.replace("NEXT", "FIRST"))
    with site.holding("catalogue_brand"):
        command = [sys.executable, "manage.py", "import", str(tmp_path / "first.toml"), str(tmp_path)]
        first = subprocess.Popen(
            command,
            cwd=ROOT,
            env=site.environment | {"PGAPPNAME": "first"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        until = time.monotonic() + 60
        while not site.ask("waiting", "first"):
            assert time.monotonic() < until, "it never came to the table"
        first.send_signal(signal.SIGINT)
        text, _none = first.communicate(timeout=ENDS_WITHIN)
        assert first.returncode == 1
        assert text.strip().splitlines()[-1] == "CommandError: Interrupted. Nothing was written."
        assert "Traceback" not in text
    assert "Import complete." in next_import(site, tmp_path)
    assert "FIRST" not in site.ask("brands")
