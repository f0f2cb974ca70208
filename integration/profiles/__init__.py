"""Profiles that come with the program."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def shipped_profiles() -> dict[str, Path]:
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}


def profile_path(given: Path) -> Path:
    """A path as it is, or the profile of that name that comes with the program."""
    return given if given.exists() else shipped_profiles().get(given.stem, given)
