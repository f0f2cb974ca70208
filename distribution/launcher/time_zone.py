"""The zone whose days are the company's, where no setting says it: chosen at the first start and kept with the data.

A laptop that travels must not move the company's days.
"""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

from distribution.launcher.folders import data_folder

FALLBACK = "UTC"
_ZONES = "zoneinfo/"


def kept_zone() -> str:
    """The zone of this data folder, empty before the first start."""
    try:
        return _file().read_text().strip()
    except OSError:
        return ""


def keep_zone(name: str) -> None:
    """Let the days of this data folder be those of the zone, for good. One that is kept already stays."""
    ZoneInfo(name)
    if not kept_zone():
        _file().write_text(f"{name}\n")


def machine_zone() -> str:
    """The zone that this machine is set to, UTC where it does not say."""
    for name in (
        os.environ.get("TZ", "").lstrip(":"),
        _linked(Path("/etc/localtime")),
        _written(Path("/etc/timezone")),
    ):
        if name and _exists(name):
            return name
    return FALLBACK


def _file() -> Path:
    return data_folder() / "time_zone"


def _linked(path: Path) -> str:
    target = str(path.resolve())
    return target.partition(_ZONES)[2] if _ZONES in target else ""


def _written(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # not in the list of zones, or not a name at all
        return False
    return True
