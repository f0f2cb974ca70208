"""The production set-up: what an operator starts must hold together, and must hold no secret."""

import http.client
import http.cookiejar
import json
import re
import shutil
import subprocess
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml

from distribution.launcher import postgres, redis
from distribution.launcher.folders import PROJECT
from tests.platform.processes import free_port, manage, start, wait_until

PASSWORD = "a-long-enough-password"


@pytest.fixture
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
    return loaded


def test_every_part_is_there_and_watched(compose: dict[str, Any]) -> None:
    """A part without a health check dies unseen."""
    services = compose["services"]
    assert set(services) == {"db", "redis", "migrate", "web", "worker", "jobs", "outgoing", "beat"}
    for name, service in services.items():
        assert service["healthcheck"].get("test") or name == "migrate"
        assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")


def test_nothing_serves_before_the_migrations_ran_once(compose: dict[str, Any]) -> None:
    """New code on old tables answers with errors."""
    for name in ("web", "worker", "jobs", "outgoing", "beat"):
        conditions = {other: how["condition"] for other, how in compose["services"][name]["depends_on"].items()}
        assert conditions == {
            "db": "service_healthy",
            "redis": "service_healthy",
            "migrate": "service_completed_successfully",
        }
    assert "migrate" in compose["services"]["migrate"]["command"]


def test_one_beat_many_of_the_others(compose: dict[str, Any]) -> None:
    """Two schedulers would start every job twice; one web server would be a single point of failure."""
    replicas = {name: service.get("deploy", {}).get("replicas", 1) for name, service in compose["services"].items()}
    assert replicas["web"] > 1
    assert replicas["worker"] > 1
    assert replicas["beat"] == 1


def test_secrets_come_from_files_only(compose: dict[str, Any]) -> None:
    """Whoever reads the repository or `docker inspect` must learn no password."""
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|TOKEN|DATABASE_URL", name):
                assert name.endswith("_FILE")
                assert value.startswith("/run/secrets/")
        assert set(service.get("secrets", [])) <= set(compose["secrets"])
    assert all(set(secret) == {"file"} for secret in compose["secrets"].values())
    assert "/secrets/" in (PROJECT / ".gitignore").read_text().splitlines()
    assert "secrets" in (PROJECT / ".dockerignore").read_text().splitlines()


def test_the_program_runs_without_rights(compose: dict[str, Any]) -> None:
    """A hole in the program must not become a hole in the machine."""
    stages = re.split(r"^FROM ", (PROJECT / "Dockerfile").read_text(), flags=re.MULTILINE)
    assert re.search(r"^USER app$", stages[-1], flags=re.MULTILINE)
    for name in ("migrate", "web", "worker", "jobs", "outgoing", "beat"):
        service = compose["services"][name]
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
    assert all("127.0.0.1:" in port for service in compose["services"].values() for port in service.get("ports", []))


def test_every_setting_reaches_every_container(compose: dict[str, Any]) -> None:
    """Those that compose did not name were set, and had no effect."""
    for name in ("migrate", "web", "worker", "jobs", "outgoing", "beat"):
        assert compose["services"][name]["env_file"] == [{"path": ".env", "required": False}]


def test_no_part_can_take_the_memory_of_the_others(compose: dict[str, Any]) -> None:
    """One workbook would end the database."""
    for name, service in compose["services"].items():
        assert service["mem_limit"], name
        assert all("size=" in place for place in service.get("tmpfs", [])), name
    assert compose["services"]["jobs"]["environment"]["TMPDIR"].startswith("/data/")


def test_every_setting_is_in_the_example() -> None:
    """An operator cannot set what is documented nowhere."""
    sources = "".join(path.read_text() for path in (PROJECT / "distribution/settings").glob("*.py"))
    names = set(re.findall(r"""env\.\w+\(\s*"([A-Z_]+)"|secret\("([A-Z_]+)\"""", sources))
    example = (PROJECT / ".env.example").read_text()
    assert [name for pair in sorted(names) for name in pair if name and name not in example] == []


@pytest.fixture
def own_servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A PostgreSQL and a Redis that are not the program's own, named by URLs as an operator does."""
    folder = Path(tempfile.mkdtemp(prefix="tributary-own-"))
    monkeypatch.setenv("TRIBUTARY_DATA_DIR", str(folder))
    yield {
        "DATABASE_URL": f"postgres://{postgres.NAME}@/{postgres.NAME}?host={postgres.ensure()}",
        "REDIS_URL": f"unix://{redis.ensure()}?db=0",
        "SECRET_KEY": "of this test " * 5,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "false",
    }
    postgres.stop()
    redis.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _ready(port: int) -> dict[str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz?full")
        reply: dict[str, str] = json.loads(connection.getresponse().read())
    except OSError:
        return {"status": "no answer"}
    finally:
        connection.close()
    return reply


def _sign_in(ports: tuple[int, int], email: str) -> None:
    """Read the form from one replica, send it to the other, and be known to the first again."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    here, there = (f"http://127.0.0.1:{port}" for port in ports)
    page = browser.open(f"{here}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    form = {"csrfmiddlewaretoken": token[1], "login": email, "password": PASSWORD, "next": "/healthz"}
    reply = browser.open(f"{there}/accounts/login/", urllib.parse.urlencode(form).encode())
    assert reply.url == f"{there}/healthz"
    assert browser.open(f"{here}/metrics").status == http.client.OK  # open to an administrator only


@pytest.mark.processes
@pytest.mark.slow
@pytest.mark.timeout(400)
def test_two_web_processes_and_two_workers_on_servers_of_ones_own(own_servers: dict[str, str], tmp_path: Path) -> None:
    """The topology of docker-compose.yml: one part of each kind may die and people notice nothing."""
    assert manage("migrate", "--no-input", data=tmp_path, **own_servers).returncode == 0
    assert (
        manage("collectstatic", "--no-input", data=tmp_path, STATIC_ROOT=str(tmp_path / "s"), **own_servers).returncode
        == 0
    )
    administrator = {"DJANGO_SUPERUSER_PASSWORD": PASSWORD, **own_servers}
    made = manage(
        "createsuperuser", "--no-input", "--email=a@brand.example", "--full_name=A", data=tmp_path, **administrator
    )
    assert made.returncode == 0, made.stderr
    ports = free_port(), free_port()
    shared = {**own_servers, "STATIC_ROOT": str(tmp_path / "s"), "WEB_WORKERS": "1"}
    celery = ["-m", "celery", "--app", "distribution"]
    with ExitStack() as stack:

        def run(name: str, *arguments: str, **extra: str) -> subprocess.Popen[bytes]:
            process = start(*arguments, data=tmp_path, log=tmp_path / f"{name}.log", **shared, **extra)
            stack.callback(process.wait, 60)
            stack.callback(process.terminate)
            return process

        webs = [
            run(f"web-{port}", "-m", "gunicorn", "--config", "python:distribution.gunicorn_settings", PORT=str(port))
            for port in ports
        ]
        workers = [
            run(f"worker-{n}", *celery, "worker", "--concurrency", "1", "--hostname", f"w{n}@%h") for n in range(2)
        ]
        run("beat", *celery, "beat", "--pidfile", "")
        for port in ports:
            wait_until(lambda port=port: _ready(port)["status"] == "ok", what=f"readiness on {port}")
        _sign_in(ports, "a@brand.example")

        workers[0].kill()
        webs[0].kill()
        assert (
            manage(
                "shell",
                "-c",
                "from django.core.cache import cache; cache.delete('beat-heartbeat')",
                data=tmp_path,
                **shared,
            ).returncode
            == 0
        )
        wait_until(lambda: _ready(ports[1])["status"] == "ok", what="work by the parts that are left")
    assert not (tmp_path / "postgres").exists()
    assert not (tmp_path / "redis").exists()
