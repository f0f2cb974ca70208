"""The settings an operator relies on: loud when something is missing, strict where others can reach it."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from distribution.settings import environment
from tests.platform.processes import manage

PRODUCTION = {
    "DATABASE_URL": "postgres://tributary:password@database.example/tributary",
    "REDIS_URL": "redis://redis.example:6379/0",
    "SECRET_KEY": "a key of more than fifty characters, all of them chosen here 1234567890",
    "ALLOWED_HOSTS": "tributary.brand.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
}


@pytest.mark.processes
def test_production_settings_pass_djangos_own_deployment_check(tmp_path: Path) -> None:
    """Cookies, redirects and headers that a security review would ask for."""
    done = manage("check", "--deploy", "--fail-level", "WARNING", data=tmp_path, **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues (2 silenced)" in done.stdout


@pytest.mark.processes
@pytest.mark.parametrize("subdomains", [False, True])
def test_a_domain_that_is_not_ours_alone_is_not_bound_to_https(tmp_path: Path, *, subdomains: bool) -> None:
    """Every other site of the company under the same name would be closed for a year, and no browser forgets it."""
    asked = {"HSTS_SUBDOMAINS": "true"} if subdomains else {}
    program = (
        "from django.conf import settings as s;"
        "print(s.SECURE_HSTS_SECONDS > 0, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD)"
    )
    done = manage("shell", "--no-imports", "--command", program, data=tmp_path, **PRODUCTION, **asked)
    assert done.stdout.split() == ["True", str(subdomains), str(subdomains)], done.stderr


@pytest.mark.processes
def test_no_key_no_start(tmp_path: Path) -> None:
    """A default key in production would let anybody sign a session."""
    without = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    done = manage("check", data=tmp_path, **without)
    assert done.returncode != 0
    assert "Set SECRET_KEY, or SECRET_KEY_FILE" in done.stderr


def test_a_secret_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Orchestrators hand secrets over as files."""
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("SOME_KEY_FILE", str(tmp_path / "key"))
    assert environment.secret("SOME_KEY", embedded=False) == "from the file"
    monkeypatch.setenv("SOME_KEY_FILE", str(tmp_path / "missing"))
    with pytest.raises(ImproperlyConfigured, match=r"SOME_KEY_FILE names .*missing"):
        environment.secret("SOME_KEY", embedded=False)


def test_the_embedded_key_is_made_once_and_kept_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new key at each start would sign everybody out."""
    monkeypatch.setenv("TRIBUTARY_DATA_DIR", str(tmp_path))
    first = environment.secret("SOME_KEY", embedded=True)
    assert environment.secret("SOME_KEY", embedded=True) == first
    assert len(first) > 50
    kept = tmp_path / "secrets" / "some_key"
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0
    assert list(kept.parent.iterdir()) == [kept]
