"""What somebody meets who types `make run` on a machine of their own."""

import os
import socket
import stat
import subprocess
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from distribution.launcher import network, time_zone
from distribution.launcher.folders import PROJECT
from distribution.management.commands.run import _need_free_port

EVERYWHERE = "0.0.0.0"  # noqa: S104  named, not bound to
LAUNCHER = PROJECT / "distribution" / "launcher"
TOOLS = ("sh", "dirname", "awk", "df")


def _program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _python(folder: Path, name: str, version: str) -> None:
    """An interpreter that judges the asked versions as one of this version would."""
    _program(folder, name, f'case "$2" in *version_info*) [ "{int(version.split(".")[1])}" -ge 11 -a '
             f'"{int(version.split(".")[1])}" -le 13 ];; esac')  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder that is the whole PATH: a machine with nothing but a shell."""
    for name in TOOLS:
        found = next(Path(folder, name) for folder in os.environ["PATH"].split(":") if Path(folder, name).exists())
        (tmp_path / name).symlink_to(found)
    return tmp_path


def _run(script: str, machine: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(LAUNCHER / script), *arguments],
        env={"PATH": str(machine)},
        cwd=machine,
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        ({"python3.11": "3.11"}, "python3.11"),
        ({"python3.11": "3.11", "python3.12": "3.12"}, "python3.12"),
        ({"python3.11": "3.11", "python3.13": "3.13", "python3.14": "3.14"}, "python3.13"),
        ({"python3": "3.12"}, "python3"),
        ({"python3": "3.14"}, ""),
        ({"python3": "3.9"}, ""),
        ({}, ""),
    ],
)
def test_the_newest_python_that_fits_is_taken(machine: Path, there: dict[str, str], wanted: str) -> None:
    """A machine without `python3.11` would answer "No such file", though its 3.13 would do."""
    for name, version in there.items():
        _python(machine, name, version)
    assert _run("find_python.sh", machine).stdout.strip() == wanted


def test_a_shim_that_stands_for_nothing_is_passed_over(machine: Path) -> None:
    """A version manager lays a `python3.13` on the PATH that only says which versions it lacks."""
    _program(machine, "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    _python(machine, "python3.11", "3.11")
    assert _run("find_python.sh", machine).stdout.strip() == "python3.11"


def test_make_takes_the_python_that_was_found(machine: Path) -> None:
    """The script would be right and the Makefile still ask for 3.11."""
    _python(machine, "python3.12", "3.12")
    reply = subprocess.run(
        ["/usr/bin/make", "--dry-run", "--always-make", "run", "HOST=0.0.0.0", "PORT=8123"],
        cwd=PROJECT,
        env={"PATH": f"{machine}:/usr/bin:/bin", "HOST": "a-name-of-tcsh"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    ).stdout
    assert 'python="python3.12"' in reply
    assert "run --host 0.0.0.0 --port 8123" in reply


def test_each_missing_thing_is_said_in_a_sentence(machine: Path) -> None:
    """An error of a build in the middle of a page of output tells nobody that a compiler is missing."""
    reply = _run("check_machine.sh", machine)
    assert reply.returncode == 1
    lines = reply.stderr.splitlines()
    assert [line.split(" is missing")[0] for line in lines] == ["make", "Python 3.11, 3.12 or 3.13", "A C compiler"]
    for name in ("make", "cc"):
        _program(machine, name, "exit 0")
    _python(machine, "python3.13", "3.13")
    assert _run("check_machine.sh", machine).returncode == 0
    _program(machine, "python3.13", 'case "$2" in *ensurepip*) exit 1;; esac')
    assert "cannot make virtual environments" in _run("check_machine.sh", machine).stderr
    _program(machine, "python3.9", "exit 1")
    assert "python3.9 is not a Python from 3.11 to 3.13" in _run("check_machine.sh", machine, "python3.9").stderr


def test_a_full_disk_is_said_before_it_is_filled(machine: Path) -> None:
    """pip would fail after a minute with a message of its own, and leave half a folder."""
    for name in ("make", "cc"):
        _program(machine, name, "exit 0")
    _python(machine, "python3.13", "3.13")
    (machine / "df").unlink()
    _program(machine, "df", "echo 'Filesystem 1M Used Available Use% On'; echo '/dev/x 9000 8800 200 98% /'")
    assert "The disk has 200 MB left here" in _run("check_machine.sh", machine).stderr


def test_a_port_that_cannot_be_had_says_why() -> None:
    """ "Address already in use" after a minute of set-up, or a lie where it is the address that is wrong."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="is taken: choose another"):
            _need_free_port("127.0.0.1", taken.getsockname()[1])
    with pytest.raises(CommandError, match=r"This machine has no address 192\.0\.2\.7"):
        _need_free_port("192.0.2.7", 8000)
    with pytest.raises(CommandError, match="Nothing can listen on"):
        _need_free_port("127.0.0.1", 70000)


def test_an_open_server_answers_under_every_address_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--host 0.0.0.0` answered 400 to everybody but this machine."""
    monkeypatch.setattr(network, "addresses", lambda _host: ["192.168.1.20", "10.0.0.4"])
    given = network.open_settings(EVERYWHERE, 8000, {"ALLOWED_HOSTS": "shop.example"})
    assert given["ALLOWED_HOSTS"].split(",")[:6] == [
        "shop.example", "127.0.0.1", "localhost", "[::1]", "192.168.1.20", "10.0.0.4",
    ]  # fmt: skip
    assert given["CSRF_TRUSTED_ORIGINS"] == "http://192.168.1.20:8000,http://10.0.0.4:8000"
    assert network.open_settings("127.0.0.1", 8000, {}) == {}


def test_the_addresses_of_an_open_server_are_never_this_machines_own_only() -> None:
    """The QR code would lead a phone to itself."""
    assert network.addresses("127.0.0.1") == []
    assert network.addresses("192.168.1.20") == ["192.168.1.20"]
    assert not [entry for entry in network.addresses(EVERYWHERE) if entry.startswith("127.")]


def test_the_address_is_drawn_for_a_phone() -> None:
    """Thirty characters with dots and a port would be typed on glass."""
    drawn = network.qr_code("http://192.168.1.20:8000").splitlines()
    assert len({len(line) for line in drawn if line}) == 1
    assert set("".join(drawn)) <= set(" ▀▄█")


def test_the_days_of_a_company_stay_where_they_began(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop on a journey would book the orders of the evening on another day."""
    monkeypatch.setenv("TRIBUTARY_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TZ", "Asia/Singapore")
    assert (time_zone.kept_zone(), time_zone.machine_zone()) == ("", "Asia/Singapore")
    time_zone.keep_zone("Asia/Shanghai")
    time_zone.keep_zone("Europe/Berlin")
    assert time_zone.kept_zone() == "Asia/Shanghai"
    monkeypatch.setenv("TZ", "no/zone")
    assert time_zone.machine_zone() != "no/zone"
