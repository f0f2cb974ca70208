"""A folder of exports is often a link to where the other system writes."""

from pathlib import Path

import pytest

from integration.engine.profile import parse_profile
from integration.engine.run import import_folder
from tests.integration.conftest import HEAD
from tests.integration.test_wrong_rows import GOOD, SHOPS


@pytest.mark.django_db
def test_a_linked_folder_is_read_like_any_other(tmp_path: Path) -> None:
    """Whoever mounts the exports under another name could not import them."""
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "shops.csv").write_text(GOOD)
    (tmp_path / "here").symlink_to(tmp_path / "there")
    outcome = import_folder(profile=parse_profile(HEAD + SHOPS), folder=tmp_path / "here", actor_id=None)
    assert outcome.counts["distributor"].created == 2
