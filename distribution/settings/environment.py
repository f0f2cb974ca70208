"""How a setting gets its value: from the environment, from an optional `.env`, or from a secret's file."""

import os
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from distribution.launcher.folders import PROJECT, data_folder

env = environ.Env()
env.read_env(PROJECT / ".env")


def web_workers() -> int:
    """How many processes answer requests: as many as cores, which measured best for pages that wait for a database."""
    return int(env.int("WEB_WORKERS", default=0) or len(os.sched_getaffinity(0)))


def optional_secret(name: str) -> str:
    """The value of `NAME`, or the content of the file that `NAME_FILE` names, or nothing."""
    path = env.str(f"{name}_FILE", default="")
    if not path:
        return str(env.str(name, default=""))
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error.strerror}") from error


def secret(name: str, *, embedded: bool) -> str:
    """A required secret: given, or in embedded mode generated once and kept in the data folder."""
    value = optional_secret(name)
    if value:
        return value
    if not embedded:
        raise ImproperlyConfigured(f"Set {name}, or {name}_FILE to a file that holds it.")
    return kept_secret(name.lower())


def kept_secret(name: str, *, length: int = 64) -> str:
    """A secret of this data folder. The first of several processes that miss it writes it, whole or not at all."""
    path = data_folder() / "secrets" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(length))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first: its secret holds
        finally:
            draft.unlink()
    return path.read_text()
